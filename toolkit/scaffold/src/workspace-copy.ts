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

/** A clone of a copy, as somebody else would make it. It can be pulled from and merged with. */
export function cloneCopy(copy: Copy): Copy {
  const root = mkdtempSync(`${copy.root}-`);
  copy.git("clone", "--quiet", "--origin", "upstream", copy.root, root);
  return openCopy(root);
}

/** A copy of those files in a new folder of that place, whose last letters are random. */
export function copyFiles(from: string, files: readonly string[], place: string): Copy {
  mkdirSync(dirname(`${place}x`), { recursive: true });
  const root = mkdtempSync(place);
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    copyFileSync(join(from, file), join(root, file));
  }
  execFileSync("git", ["init", "--quiet", "--initial-branch=main"], { cwd: root });
  const copy = openCopy(root);
  copy.commit("copy");
  return copy;
}

function openCopy(root: string): Copy {
  const path = (file: string) => join(root, file);
  const git = (...words: readonly string[]) => execFileSync("git", words, { cwd: root, encoding: "utf8" });
  git("config", "user.name", "test");
  git("config", "user.email", "test@example.com");
  git("config", "commit.gpgsign", "false");
  return {
    root,
    path,
    git,
    commit(message) {
      git("add", "--all");
      git("commit", "--quiet", "--message", message);
    },
    read: (file) => readFileSync(path(file), "utf8"),
    write: (file, content) => writeFileSync(path(file), content),
    status: () => git("status", "--porcelain"),
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 10 }),
  };
}
