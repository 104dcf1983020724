import type { Contract } from "./contract.ts";

/** A command that calls the endpoint with its own example and works when pasted into a shell. */
export function curl({ method, body, example }: Contract, url: string): string {
  const words = ["curl"];
  if (method !== (body === undefined ? "GET" : "POST")) words.push("-X", method);
  if (body !== undefined) {
    const data = typeof example === "string" && body.media !== undefined ? example : JSON.stringify(example);
    words.push("-H", `content-type: ${body.media?.type ?? "application/json"}`, "-d", data);
  }
  return [...words, url].map(quote).join(" ");
}

function quote(word: string): string {
  return /^[\w./:@%+,=~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
