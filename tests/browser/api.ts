import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const START = fileURLToPath(new URL("../../toolkit/local/src/commands/start.ts", import.meta.url));

/** `pnpm start` in a process of its own. */
export type RunningApi = {
  /** Such as `http://localhost:3000`; the page is at its root. */
  readonly origin: string;
  stop(): Promise<void>;
};

/** Starts it on a port, 0 for any free one; `words` are more of its options. */
export async function startApi(port = 0, words: readonly string[] = []): Promise<RunningApi> {
  const child = spawn(process.execPath, [START, "--port", String(port), ...words], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = once(child, "close");
  const welcome = await Promise.race([
    once(child.stdout.setEncoding("utf8"), "data").then(([text]) => String(text)),
    ended.then(() => "it has ended"),
  ]);
  const [origin] = /http:\/\/localhost:\d+/.exec(welcome) ?? [];
  if (origin === undefined) throw new Error(`the API has not started: ${welcome}`);
  return {
    origin,
    async stop() {
      child.kill();
      await ended;
    },
  };
}
