import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Ended, endOf } from "@lucky/command/child-process";
import { fixture } from "@lucky/fixture";

type ScriptOptions = {
  /** Beside the variables of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** The folder of the application, the fixture unless told otherwise. */
  readonly cwd?: string;
};

/** Starts one of this package's commands as a process of its own, with that on its standard input. */
export function startScript(
  file: string,
  words: readonly string[],
  input = "",
  { env, cwd = fixture }: ScriptOptions = {},
): ChildProcessWithoutNullStreams {
  const path = fileURLToPath(new URL(`../commands/${file}`, import.meta.url));
  const child = spawn(process.execPath, [path, ...words], { cwd, env: { ...process.env, ...env } });
  child.stdin.end(input);
  return child;
}

/** Runs one of this package's commands to its end. */
export function runScript(file: string, words: readonly string[], options?: ScriptOptions): Promise<Ended> {
  return endOf(startScript(file, words, "", options));
}

export type RunningServer = {
  readonly child: ChildProcessWithoutNullStreams;
  /** What it printed when it was ready. */
  readonly welcome: string;
  /** Its address, as it tells it. */
  readonly url: string;
};

/** Starts the server on a free port. */
export async function startServer(
  words: readonly string[] = [],
  options?: ScriptOptions,
): Promise<RunningServer> {
  const child = startScript("start.ts", ["--port", "0", ...words], "", options);
  const stream = words.includes("--json") ? child.stderr : child.stdout;
  const welcome = await Promise.race([
    once(stream.setEncoding("utf8"), "data").then(([printed]) => String(printed)),
    once(child, "close").then(() => "the server ended"),
  ]);
  return { child, welcome, url: welcome.match(/http:\/\/localhost:\d+/)?.[0] ?? "" };
}

/** Ends a server, unless it has ended, and waits until it has. */
export async function stopServer({ child }: RunningServer): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  child.kill();
  await closed;
}
