import { UsageError } from "@lucky/command/usage-error";
import { read } from "../read.ts";
import type { Version } from "./version.ts";

/** Tags alone: no branch, commit or option reads like this. */
const TAG = /^v\d+\.\d+\.\d+(?:-[\dA-Za-z.-]+)?$/;
const MAIN = "refs/remotes/origin/main";

/** The version that a tag stands for. Throws an Error where it is no tag, or its commit is not on main. */
export async function findVersion(tag: string): Promise<Version> {
  if (!TAG.test(tag)) throw new UsageError(`"${tag}" is not a version's tag: give one such as v1.2.0.`);
  const commit = await read("git", ["rev-parse", "--verify", "--quiet", `refs/tags/${tag}^{commit}`]).catch(
    () => {
      throw new Error(`There is no tag ${tag}: push it first.`);
    },
  );
  const version = { tag, commit: commit.trim() };
  await read("git", ["merge-base", "--is-ancestor", version.commit, MAIN]).catch(() => {
    throw new Error(`${tag} is not on main: merge its commit, and tag what is there then.`);
  });
  return version;
}
