import { type Ended, run } from "./child-process.ts";
import { pnpm } from "./pnpm.ts";

/**
 * Runs `pnpm install` with those options in a folder: without the registry where the store has everything, as it mostly has,
 * or else with it. Gives the end of the last run; rejects if pnpm cannot be started, or if `stop` aborted.
 *
 *     const { exitCode } = await installOfflineFirst(root, ["--frozen-lockfile"], stop);
 */
export async function installOfflineFirst(
  folder: string,
  options: readonly string[],
  stop: AbortSignal,
): Promise<Ended> {
  const offline = await runInstall(folder, [...options, "--offline"], stop);
  return offline.exitCode === 0 ? offline : runInstall(folder, options, stop);
}

function runInstall(cwd: string, options: readonly string[], stop: AbortSignal): Promise<Ended> {
  const command = pnpm(["install", ...options]);
  return run(command.file, command.words, { cwd, stop });
}
