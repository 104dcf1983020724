import type { Contract } from "./contract.ts";

/** A command that calls the endpoint with its own example and works when pasted into a shell. */
export function curl({ method, body, example }: Contract, url: string): string {
  if (body === undefined) return ["curl", ...(method === "GET" ? [] : ["-X", method]), quote(url)].join(" ");
  const verb = method === "POST" ? [] : ["-X", method];
  const parts = ["curl", ...verb, "-H", "content-type: application/json", "-d", JSON.stringify(example), url];
  return parts.map(quote).join(" ");
}

function quote(word: string): string {
  return /^[\w./:@%+,=~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
