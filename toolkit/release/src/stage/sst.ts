import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { pnpm } from "@lucky/command/pnpm";
import { onSignal } from "@lucky/command/signals";

/** Runs an sst command on a stage, in a checkout whose packages are installed, and says whether it succeeded. */
export const sst = (
  folder: string,
  command: "deploy" | "remove" | "unlock",
  stage: string,
  run: string,
  variables: NodeJS.ProcessEnv = {},
) => runPnpm(folder, ["exec", "sst", command, "--stage", stage], { ...variables, SST_RUN_ID: run });

/**
 * Runs pnpm with its output shown, and says whether it succeeded. A signal is passed on to all that it has started, and
 * waited for: sst then saves what it has done, and leaves no lock.
 */
export async function runPnpm(
  folder: string,
  words: readonly string[],
  variables: NodeJS.ProcessEnv = {},
): Promise<boolean> {
  const command = pnpm(words);
  const child = spawn(command.file, command.words, {
    cwd: folder,
    env: { ...process.env, ...variables },
    stdio: ["ignore", "inherit", "inherit"],
    detached: true, // so that it has a process group of its own
  });
  onSignal(() => interrupt(child));
  const [code] = await once(child, "close");
  onSignal(() => process.exit(1));
  return code === 0;
}

function interrupt(child: ChildProcess): void {
  onSignal(() => {}); // sst takes a second one for "stop now", and leaves its lock
  child.once("close", () => process.exit(1));
  if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
}
