import { spawn } from "node:child_process";
import { join } from "node:path";
import { endOf } from "@lucky/command/child-process";
import { root } from "./workspace.ts";

const BIOME = join(root, "node_modules/@biomejs/biome/bin/biome");

/** The source of that file as `pnpm check` wants it, its imports in order. */
export async function format(file: string, source: string): Promise<string> {
  const child = biome([`--stdin-file-path=${file}`]);
  child.stdin.end(source);
  const { stdout, stderr, exitCode } = await endOf(child);
  if (exitCode !== 0) throw new Error(`biome cannot format ${file}:\n${stderr}`);
  return stdout;
}

/** Likewise of files that are there, in their places. */
export async function formatFiles(files: readonly string[], stop: AbortSignal): Promise<void> {
  const child = biome(["--files-ignore-unknown=true", "--no-errors-on-unmatched", ...files]);
  child.stdin.end();
  const { stderr, exitCode } = await endOf(child, stop);
  if (exitCode !== 0) throw new Error(`biome cannot format what is renamed:\n${stderr}`);
}

function biome(words: readonly string[]) {
  return spawn(process.execPath, [BIOME, "check", "--write", "--linter-enabled=false", ...words], {
    cwd: root,
  });
}
