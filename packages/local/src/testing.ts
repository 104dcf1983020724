import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export type Script = {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
};

/** Starts one of this package's commands as a process of its own, with that on its standard input. */
export function startScript(file: string, words: readonly string[], input = "") {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [path, ...words]);
  child.stdin.end(input);
  return child;
}

/** Runs one of this package's commands to its end. */
export async function runScript(file: string, words: readonly string[]): Promise<Script> {
  const child = startScript(file, words);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { stdout, stderr, exitCode: child.exitCode };
}
