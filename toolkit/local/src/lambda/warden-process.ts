import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { removeBundleFolder } from "./bundle-folder.ts";
import { killTree } from "./kill-tree.ts";
import { sweepStaleFolders } from "./stale-folders.ts";

// Waits for the end of the process that started it, and clears up what that has left: see warden.ts. First it does so for
// those that were killed together with their own warden.

const [, , folder = ""] = process.argv;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});
const sweeping = sweepStaleFolders(dirname(folder)).catch(() => {});

const pids = new Set<number>();
for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1));
  if (line.startsWith("+")) pids.add(pid);
  else pids.delete(pid);
}
for (const pid of pids) killTree(pid);
removeBundleFolder(folder);
await sweeping;
