import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** What a process printed, and its exit code: null if a signal ended it. */
export type Ended = { readonly stdout: string; readonly stderr: string; readonly exitCode: number | null };

type RunOptions = Pick<SpawnOptions, "cwd" | "env"> & {
  /** For its standard input, which is empty otherwise. */
  readonly input?: string;
  /** Ends the process when it aborts. */
  readonly stop?: AbortSignal;
};

/**
 * Runs a program to its end. Rejects if it cannot be started, or if `stop` aborted; whatever its exit code is.
 *
 *     const { stdout, exitCode } = await run("git", ["status", "--porcelain"], { cwd: root });
 */
export async function run(
  file: string,
  words: readonly string[],
  { input = "", stop, ...options }: RunOptions = {},
): Promise<Ended> {
  const child = spawn(file, words, { ...options, stdio: "pipe" });
  child.stdin.on("error", () => {}); // it may end before it has read everything
  child.stdin.end(input);
  return endOf(child, stop);
}

/**
 * Waits until a process that has just been started has ended, and gives what it printed. Ends it, and rejects, when
 * `stop` aborts.
 */
export async function endOf(child: ChildProcess, stop?: AbortSignal): Promise<Ended> {
  const kill = () => child.kill();
  stop?.addEventListener("abort", kill);
  if (stop?.aborted) kill();
  const read = async (stream: ChildProcess["stdout"]) => (stream === null ? "" : text(stream));
  try {
    const [stdout, stderr] = await Promise.all([
      read(child.stdout),
      read(child.stderr),
      once(child, "close"),
    ]);
    if (stop?.aborted) throw new Error("Stopped.");
    return { stdout, stderr, exitCode: child.exitCode };
  } finally {
    stop?.removeEventListener("abort", kill);
  }
}

/**
 * Waits until a process that has just been started has printed all of those texts, and gives what it has printed by then.
 * Rejects with that where it ends before.
 *
 *     const welcome = await untilPrinted(server, ["http://localhost:"]);
 */
export function untilPrinted(
  child: ChildProcess,
  texts: readonly string[],
  stream = child.stdout,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    const read = (chunk: string) => {
      printed += chunk;
      if (!texts.every((each) => printed.includes(each))) return;
      stream?.off("data", read);
      resolve(printed);
    };
    stream?.setEncoding("utf8").on("data", read);
    child.once("error", reject);
    child.once("close", () => reject(new Error(`The process ended. It has printed: ${printed}`)));
  });
}

/** Ends a process, unless it has ended, and waits until it has. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  child.kill();
  await closed;
}
