import type { Contract } from "./contract.ts";
import { quoteWord } from "./shell.ts";

/** A command that calls the endpoint at that address with its own examples, and works when pasted into a shell. */
export function curl(
  { method, body, example, examples: { headers, cookies } = {} }: Contract,
  url: string,
): string {
  // As exampleHeaders has them; a function of its own would cost each function's bundle 54 bytes.
  const fields = {
    ...(body && !body.media && { "content-type": "application/json" }),
    ...headers,
    ...(cookies && {
      cookie: Object.entries(cookies)
        .map((pair) => pair.join("="))
        .join("; "),
    }),
  };
  const words = [
    "curl",
    ...(method === (body ? "POST" : "GET") ? [] : ["-X", method]),
    ...Object.entries(fields).flatMap((field) => ["-H", field.join(": ")]),
    ...(body && !body.media ? ["-d", JSON.stringify(example)] : []),
  ];
  const command = words.map(quoteWord).join(" ");
  return `${body?.media?.sendWith(command, example) ?? command} ${quoteWord(url)}`;
}
