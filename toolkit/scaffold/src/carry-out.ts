import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { onSignal } from "@lucky/command/signals";
import { type Changes, makeChanges } from "./changes.ts";
import { install } from "./install.ts";

const LOCKFILE = "pnpm-lock.yaml";

type Steps = {
  /** Once the files are there. */
  readonly beforeInstall?: (stop: AbortSignal) => Promise<void>;
  readonly install: boolean;
};

/** Makes the changes and what follows from them, or nothing: whatever fails, or a signal stops, is taken back. */
export async function carryOut(root: string, changes: Changes, steps: Steps): Promise<void> {
  const lockfile = join(root, LOCKFILE);
  const locked = existsSync(lockfile) ? readFileSync(lockfile, "utf8") : undefined;
  const stopping = new AbortController();
  onSignal(function stop() {
    stopping.abort();
    onSignal(stop); // until everything is taken back
  });
  const undo = makeChanges(root, changes);
  try {
    await steps.beforeInstall?.(stopping.signal);
    if (steps.install) await install(root, stopping.signal);
  } catch (error) {
    undo();
    makeChanges(root, new Map([[LOCKFILE, locked]]));
    throw new Error(`${error instanceof Error ? error.message : error}\nEverything is as it was.`);
  }
}
