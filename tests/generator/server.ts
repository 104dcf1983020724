import { once } from "node:events";
import type { Copy } from "@lucky/scaffold/testing";
import { startPnpm } from "./pnpm.ts";

/** Uses `pnpm start` of a copy, once it has printed its welcome with those words, and stops it. */
export async function withServer(
  copy: Copy,
  words: readonly string[],
  use: (url: string, welcome: string) => Promise<void>,
): Promise<void> {
  const server = startPnpm(copy, ["start", "--port", "0"]);
  try {
    const welcome = await untilPrinted(server.stdout, ["Ctrl-C stops it", "\n\n", ...words]);
    const [url = ""] = /http:\/\/localhost:\d+/.exec(welcome) ?? [];
    await use(url, welcome);
  } finally {
    if (server.pid !== undefined) process.kill(-server.pid, "SIGINT");
    await once(server, "exit");
  }
}

/** The body of what is at an address. */
export async function get(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response.text();
}

async function untilPrinted(stream: NodeJS.ReadableStream | null, words: readonly string[]): Promise<string> {
  let printed = "";
  for await (const chunk of stream ?? []) {
    printed += chunk;
    if (words.every((word) => printed.includes(word))) return printed;
  }
  throw new Error(`it ended with: ${printed}`);
}
