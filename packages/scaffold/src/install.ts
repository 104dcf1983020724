import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { onSignal } from "@lucky/local/command";

/**
 * Links what the workspace's packages need, and brings the lockfile up to date, with the pnpm that runs this. It asks
 * the registry for nothing that the store has. Throws an error that has pnpm's own words; a signal stops it.
 */
export async function install(root: string): Promise<void> {
  const pnpm = process.env.npm_execpath ?? "pnpm";
  const isScript = /\.[cm]?js$/.test(pnpm);
  // In CI pnpm would take the lockfile as it is, without what is new.
  const words = ["install", "--no-frozen-lockfile", "--prefer-offline"];
  const child = spawn(isScript ? process.execPath : pnpm, isScript ? [pnpm, ...words] : words, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let isStopped = false;
  onSignal(() => {
    isStopped = true;
    child.kill();
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  onSignal(() => process.exit(1));
  if (isStopped) throw new Error("Stopped.");
  if (child.exitCode !== 0) throw new Error(`pnpm install failed:\n${stdout}${stderr}`);
}
