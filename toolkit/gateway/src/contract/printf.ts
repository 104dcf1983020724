/** A shell command that prints these bytes, which no word of a command could hold: every shell's own printf can. */
export function printf(octets: Uint8Array): string {
  return `printf '${Array.from(octets, (octet) => `\\${octet.toString(8).padStart(3, "0")}`).join("")}'`;
}
