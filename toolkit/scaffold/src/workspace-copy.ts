import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findRoot } from "@lucky/application/application";
import { listFiles } from "./git.ts";

/** A copy of a workspace, with everything in it committed. */
export type Copy = {
  readonly root: string;
  path(file: string): string;
  read(file: string): string;
  write(file: string, content: string): void;
  git(...words: readonly string[]): string;
  /** Commits whatever differs. */
  commit(message: string): void;
  /** What git sees as changed; empty where nothing is. */
  status(): string;
  remove(): void;
};

/** For tests of a whole workspace: a copy of the one that the current folder is in, as it is now. */
export function copyWorkspace(): Copy {
  const from = findRoot();
  // Git-ignored, and on the disk of the workspace, so that what is large can be linked.
  return copyFiles(from, listFiles(from), join(from, ".offline/"));
}

/** A copy of those files in a new folder of that place, whose last letters are random. */
export function copyFiles(from: string, files: readonly string[], place: string): Copy {
  mkdirSync(dirname(`${place}x`), { recursive: true });
  const root = mkdtempSync(place);
  const path = (file: string) => join(root, file);
  const git = (...words: readonly string[]) => execFileSync("git", words, { cwd: root, encoding: "utf8" });
  const author = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
  const commit = (message: string) => {
    git("add", "--all");
    git(...author, "commit", "--quiet", "--message", message);
  };

  for (const file of files) {
    mkdirSync(dirname(path(file)), { recursive: true });
    copyFileSync(join(from, file), path(file));
  }
  git("init", "--quiet", "--initial-branch=main");
  commit("copy");
  return {
    root,
    path,
    git,
    commit,
    read: (file) => readFileSync(path(file), "utf8"),
    write: (file, content) => writeFileSync(path(file), content),
    status: () => git("status", "--porcelain"),
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 10 }),
  };
}
