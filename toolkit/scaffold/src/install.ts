import { spawn } from "node:child_process";
import { type Ended, endOf } from "@lucky/command/child-process";

/**
 * Links what the workspace's packages need, and brings the lockfile up to date, with the pnpm that runs this: without
 * the registry where the store has everything, as it mostly has. Throws an error that has pnpm's own words.
 */
export async function install(root: string, stop: AbortSignal): Promise<void> {
  // In CI pnpm would take the lockfile as it is, without what is new.
  const words = ["install", "--no-frozen-lockfile"];
  const offline = await pnpm(root, [...words, "--offline"], stop);
  const { stdout, stderr, exitCode } = offline.exitCode === 0 ? offline : await pnpm(root, words, stop);
  if (exitCode !== 0) throw new Error(`pnpm install failed:\n${stdout}${stderr}`);
}

function pnpm(root: string, words: readonly string[], stop: AbortSignal): Promise<Ended> {
  const command = process.env.npm_execpath ?? "pnpm";
  const isScript = /\.[cm]?js$/.test(command);
  const child = spawn(isScript ? process.execPath : command, isScript ? [command, ...words] : words, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return endOf(child, stop);
}
