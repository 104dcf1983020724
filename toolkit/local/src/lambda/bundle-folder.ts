import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { chmod, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const PREFIX = "lucky-lambda-";
/** How such a folder is called. */
export const BUNDLE_FOLDER = new RegExp(`^${PREFIX}\\w{6}$`);

/** A folder for bundles. Throws an error that says what to do where there is no place for it. */
export function makeBundleFolder(): string {
  const parent = resolve(tmpdir()); // a TMPDIR may be relative
  try {
    return mkdtempSync(join(parent, PREFIX));
  } catch (cause) {
    throw noPlace(parent, cause);
  }
}

/** Why a bundle could not be written: where that is for want of space, an error that says what to do. */
export function explainWriteError(error: unknown): unknown {
  const isFull = ["ENOSPC", "EDQUOT"].includes(String((error as NodeJS.ErrnoException)?.code)); // of Node's own errors
  return isFull ? noPlace(resolve(tmpdir()), error) : error;
}

function noPlace(parent: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message.replace(/,.*/s, "") : String(cause);
  const advice = `set ${process.platform === "win32" ? "TEMP" : "TMPDIR"} to a folder that is there and can be written to`;
  return new Error(`There is no place for bundles in ${parent} (${reason}): ${advice}.`, { cause });
}

/** As on Lambda, a function cannot write where its code is (but that root can, on this machine). */
export async function makeReadOnly(taskRoot: string): Promise<void> {
  const entries = await readdir(taskRoot, { recursive: true, withFileTypes: true }); // which follows no links
  for (const entry of entries) {
    if (entry.isSymbolicLink()) continue; // to a package of the person's
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o555 : 0o444);
  }
  await chmod(taskRoot, 0o555);
}

/** Task roots cannot be written to, so they must be opened before they can be emptied. */
export function removeBundleFolder(folder: string): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
