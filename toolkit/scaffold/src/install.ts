import { type Ended, run } from "@lucky/command/child-process";
import { pnpm } from "@lucky/command/pnpm";

/**
 * Links what the workspace's packages need, and brings the lockfile up to date, with the pnpm that runs this: without
 * the registry where the store has everything, as it mostly has. Throws an error that has pnpm's own words.
 */
export async function install(root: string, stop: AbortSignal): Promise<void> {
  // In CI pnpm would take the lockfile as it is, without what is new.
  const words = ["install", "--no-frozen-lockfile"];
  const offline = await runPnpm(root, [...words, "--offline"], stop);
  const { stdout, stderr, exitCode } = offline.exitCode === 0 ? offline : await runPnpm(root, words, stop);
  if (exitCode !== 0) throw new Error(`pnpm install failed:\n${stdout}${stderr}`);
}

function runPnpm(root: string, words: readonly string[], stop: AbortSignal): Promise<Ended> {
  const command = pnpm(words);
  return run(command.file, command.words, { cwd: root, stop });
}
