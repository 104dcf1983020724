import type { ChildProcess } from "node:child_process";
import { makeBundleFolder, removeBundleFolder } from "@lucky/local/bundle-folder";

// However this process ends, by itself or by Ctrl-C, it leaves no process and no folder behind.

const children = new Set<ChildProcess>();
const folders = new Set<string>();

process.once("exit", () => {
  for (const child of children) child.kill("SIGKILL");
  for (const folder of folders) removeBundleFolder(folder);
});

export function endWithThisProcess(child: ChildProcess): void {
  children.add(child);
  child.once("exit", () => children.delete(child));
}

/** A folder that is there until this process ends. */
export function makeTemporaryFolder(): string {
  const folder = makeBundleFolder();
  folders.add(folder);
  return folder;
}
