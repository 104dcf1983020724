import { spawn } from "node:child_process";
import { endOf } from "./child-process.ts";

/**
 * Links what the workspace's packages need, and brings the lockfile up to date, with the pnpm that runs this. It asks
 * the registry for nothing that the store has. Throws an error that has pnpm's own words.
 */
export async function install(root: string, stop: AbortSignal): Promise<void> {
  const pnpm = process.env.npm_execpath ?? "pnpm";
  const isScript = /\.[cm]?js$/.test(pnpm);
  // In CI pnpm would take the lockfile as it is, without what is new.
  const words = ["install", "--no-frozen-lockfile", "--prefer-offline"];
  const child = spawn(isScript ? process.execPath : pnpm, isScript ? [pnpm, ...words] : words, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { stdout, stderr, exitCode } = await endOf(child, stop);
  if (exitCode !== 0) throw new Error(`pnpm install failed:\n${stdout}${stderr}`);
}
