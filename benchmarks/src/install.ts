import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Ended } from "../../toolkit/command/src/child-process.ts";
import { installOfflineFirst } from "../../toolkit/command/src/install.ts";

// Nothing of node_modules may be imported here: it is what is installed.

/** What decides what is installed; an edit of any of them installs again. */
const INPUTS = ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml"];

type Installation = {
  /** What it is, such as `the compared libraries`. */
  readonly what: string;
  onNotice(text: string): void;
  /** Ends pnpm when it aborts. */
  readonly stop: AbortSignal;
};

/**
 * Installs what the lockfile of a folder says, without the registry where the store has everything; does nothing where
 * that is installed. Throws an error that has pnpm's own words and says what to do.
 */
export async function install(folder: string, { what, onNotice, stop }: Installation): Promise<void> {
  const wanted = hashOf(folder);
  const stamp = join(folder, "node_modules/.installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  onNotice(`Installing ${what} in ${folder}, once.`);
  const { stdout, stderr, exitCode } = await installLocked(folder, stop);
  if (exitCode !== 0) {
    throw new Error(
      [
        `pnpm could not install ${what}. It says:`,
        `${stdout}${stderr}`.trim(),
        "Fix the cause and run this again. After an edit of package.json, update the lockfile first:",
        `  pnpm --dir ${folder} install`,
      ].join("\n"),
    );
  }
  writeFileSync(stamp, wanted);
}

async function installLocked(folder: string, stop: AbortSignal): Promise<Ended> {
  try {
    return await installOfflineFirst(folder, ["--frozen-lockfile"], stop);
  } catch (cause) {
    if (stop.aborted) throw cause;
    throw new Error("pnpm cannot be started: write `npx -y pnpm` in the place of `pnpm`, which brings it.", {
      cause,
    });
  }
}

function hashOf(folder: string): string {
  const hash = createHash("sha256");
  for (const name of INPUTS) hash.update(readFileSync(join(folder, name))).update("\0");
  return hash.digest("hex");
}
