import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { chmod, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for bundles. Throws an error that says what to do where there is no place for it. */
export function makeBundleFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), "lucky-lambda-"));
  } catch (cause) {
    const message = `There is no place for bundles in ${tmpdir()}: set TMPDIR to a folder that can be written to.`;
    throw new Error(message, { cause });
  }
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
