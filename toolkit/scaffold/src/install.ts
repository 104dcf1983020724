import { installOfflineFirst } from "@lucky/command/install";

/**
 * Links what the workspace's packages need, and brings the lockfile up to date, with the pnpm that runs this. Throws an error
 * that has pnpm's own words.
 */
export async function install(root: string, stop: AbortSignal): Promise<void> {
  // In CI pnpm would take the lockfile as it is, without what is new.
  const { stdout, stderr, exitCode } = await installOfflineFirst(root, ["--no-frozen-lockfile"], stop);
  if (exitCode !== 0) throw new Error(`pnpm install failed:\n${stdout}${stderr}`);
}
