import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Changes, makeChanges } from "./changes.ts";
import { install } from "./install.ts";

const LOCKFILE = "pnpm-lock.yaml";

type Steps = {
  /** What is done once the files are there, before the install. */
  readonly then?: () => Promise<void>;
  readonly install: boolean;
};

/** Makes the changes and what follows from them, or nothing: whatever fails, or is stopped, is taken back. */
export async function carryOut(root: string, changes: Changes, steps: Steps): Promise<void> {
  const lockfile = join(root, LOCKFILE);
  const locked = existsSync(lockfile) ? readFileSync(lockfile, "utf8") : undefined;
  const undo = makeChanges(root, changes);
  try {
    await steps.then?.();
    if (steps.install) await install(root);
  } catch (error) {
    undo();
    makeChanges(root, new Map([[LOCKFILE, locked]]));
    throw new Error(`${error instanceof Error ? error.message : error}\nEverything is as it was.`);
  }
}
