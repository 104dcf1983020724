import { join } from "node:path";
import { type Ended, run } from "@lucky/command/child-process";

/** The source of that file as the workspace's `pnpm check` wants it, its imports in order. */
export async function format(root: string, file: string, source: string): Promise<string> {
  const { stdout, stderr, exitCode } = await biome(root, [`--stdin-file-path=${file}`], { input: source });
  if (exitCode !== 0) throw new Error(`biome cannot format ${file}:\n${stderr}`);
  return stdout;
}

/** Likewise of files that are there, in their places. */
export async function formatFiles(root: string, files: readonly string[], stop: AbortSignal): Promise<void> {
  const words = ["--files-ignore-unknown=true", "--no-errors-on-unmatched", ...files];
  const { stderr, exitCode } = await biome(root, words, { stop });
  if (exitCode !== 0) throw new Error(`biome cannot format what is renamed:\n${stderr}`);
}

function biome(
  root: string,
  words: readonly string[],
  options: { readonly input?: string; readonly stop?: AbortSignal },
): Promise<Ended> {
  const program = join(root, "node_modules/@biomejs/biome/bin/biome");
  const check = [program, "check", "--write", "--linter-enabled=false", ...words];
  return run(process.execPath, check, { cwd: root, ...options });
}
