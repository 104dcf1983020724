import { randomInt } from "node:crypto";

/** As the ids that AWS makes up: random, of small letters and digits, a letter first. */
export function lowerCase(length: number): string {
  return (
    randomOf("abcdefghijklmnopqrstuvwxyz", 1) + randomOf("abcdefghijklmnopqrstuvwxyz0123456789", length - 1)
  );
}

export function upperCase(length: number): string {
  return randomOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", length);
}

function randomOf(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}
