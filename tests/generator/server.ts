import { once } from "node:events";
import { untilWelcome } from "@lucky/local/testing";
import type { Copy } from "@lucky/scaffold/testing";
import { startPnpm } from "./pnpm.ts";

/** Uses `pnpm start` of a copy, once it has printed its welcome with those words, and stops it. */
export async function withServer(
  copy: Copy,
  words: readonly string[],
  use: (url: string, welcome: string) => Promise<void>,
  environment: NodeJS.ProcessEnv = {},
): Promise<void> {
  const server = startPnpm(copy, ["start", "--port", "0"], environment);
  const ended = once(server, "exit");
  try {
    const { url, welcome } = await untilWelcome(server, words);
    await use(url, welcome);
  } finally {
    if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid, "SIGINT");
    await ended;
  }
}

/** The body of what is at an address. */
export async function get(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response.text();
}
