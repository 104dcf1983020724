import { findCommit, git } from "./git.ts";

const MAIN = ["origin/HEAD", "origin/main", "main"];

/**
 * The commit that callers have, where none is given: the last tag such as v1.2.0, which is what is deployed; without one, where
 * this branch left main.
 */
export async function findBase(root: string): Promise<string> {
  if ((await git(root, ["rev-parse", "--git-dir"])) === undefined)
    throw new Error(
      `${root} is no git repository. Compare two documents instead: pnpm changes before.json after.json`,
    );
  const tag = await git(root, ["describe", "--tags", "--abbrev=0", "--match", "v[0-9]*"]);
  if (tag !== undefined) return tag;
  for (const name of MAIN) {
    if ((await findCommit(root, name)) === undefined) continue;
    const base = await git(root, ["merge-base", "HEAD", name]);
    if (base !== undefined) return base;
  }
  throw new Error("There is no tag such as v1.2.0, and no branch main: name the commit to compare with.");
}
