import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { git } from "./git.ts";

export type Checkout = { readonly root: string; remove(): void };

/**
 * The files of a commit in a temporary folder, which is removed with the process at the latest, also where a signal ends it. The
 * repository knows nothing of it: no worktree that could be left behind, and its index stays as it is.
 */
export async function checkOut(root: string, commit: string): Promise<Checkout> {
  const top = (await git(root, ["rev-parse", "--show-toplevel"])) ?? root;
  const prefix = (await git(root, ["rev-parse", "--show-prefix"])) ?? "";
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "lucky-changes-")));
  const remove = () => {
    process.off("exit", remove);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  process.on("exit", remove);
  const files = join(folder, "files");
  mkdirSync(files);
  const index = { GIT_INDEX_FILE: join(folder, "index") };
  const isRead = await git(top, ["read-tree", commit], index);
  const isWritten = await git(top, ["checkout-index", "--all", "--quiet", `--prefix=${files}/`], index);
  if (isRead === undefined || isWritten === undefined) {
    remove();
    throw new Error(`git could not write the files of ${commit} into a temporary folder.`);
  }
  return { root: join(files, prefix), remove };
}
