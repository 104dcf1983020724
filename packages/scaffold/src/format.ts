import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { root } from "./workspace.ts";

const BIOME = join(root, "node_modules/@biomejs/biome/bin/biome");

/** The source of that file as `pnpm check` wants it, its imports in order. */
export async function format(file: string, source: string): Promise<string> {
  const child = biome(["check", "--write", `--stdin-file-path=${file}`]);
  child.stdin.end(source);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  if (child.exitCode !== 0) throw new Error(`biome cannot format ${file}:\n${stderr}`);
  return stdout;
}

/** Likewise of files that are there, in their places. */
export async function formatFiles(files: readonly string[]): Promise<void> {
  const child = biome([
    "check",
    "--write",
    "--files-ignore-unknown=true",
    "--no-errors-on-unmatched",
    ...files,
  ]);
  child.stdin.end();
  const [, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  if (child.exitCode !== 0) throw new Error(`biome finds mistakes:\n${stderr}`);
}

function biome(words: readonly string[]) {
  return spawn(process.execPath, [BIOME, ...words], { cwd: root });
}
