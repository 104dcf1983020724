import { execFileSync } from "node:child_process";
import { lstatSync } from "node:fs";
import { join } from "node:path";

/** What git has or would take, of files that are there. */
export function listFiles(root: string): readonly string[] {
  return splitNames(git(root, ["ls-files", "--cached", "--others", "--exclude-standard", "-z"])).filter(
    (file) => lstatSync(join(root, file), { throwIfNoEntry: false })?.isFile(),
  );
}

/** What differs from the last commit, at those paths or anywhere, as `git status` has it; empty where nothing does. */
export function listUncommitted(root: string, paths: readonly string[] = []): string {
  return git(root, ["status", "--porcelain", "--", ...paths]).trimEnd();
}

/** The files at those paths that have changed since the commit that gave package.json its name. */
export function listChangedSinceNamed(root: string, paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return []; // git takes none for all
  const named = git(root, ["log", "-1", "--format=%H", '-G^ *"name":', "--", "package.json"]).trim();
  if (named === "") return [];
  return splitNames(git(root, ["diff", "--name-only", "-z", named, "HEAD", "--", ...paths]));
}

function git(root: string, words: readonly string[]): string {
  try {
    return execFileSync("git", words, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new Error("There is no git on this machine, which knows what is committed. Install it.", {
        cause: error,
      });
    }
    throw error;
  }
}

function splitNames(names: string): readonly string[] {
  return names.split("\0").filter((name) => name !== "");
}
