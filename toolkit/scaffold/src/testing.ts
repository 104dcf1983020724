import { execFileSync, spawn } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Ended, endOf } from "@lucky/command/child-process";
import { LOCK_FILE } from "./lock.ts";
import { listFiles } from "./tracked-files.ts";
import { root as ROOT } from "./workspace.ts";

/** Git-ignored, and on the disk of the workspace, so that what is large can be linked. */
const PLACE = join(ROOT, ".offline/");

/** A copy of the workspace as it is now, with everything in it committed. */
export type Copy = {
  readonly root: string;
  path(file: string): string;
  read(file: string): string;
  write(file: string, content: string): void;
  /** Starts one of this package's commands. */
  start(file: string, words: readonly string[], environment?: NodeJS.ProcessEnv): ReturnType<typeof spawn>;
  /** Runs one to its end, with nothing on its standard input. */
  run(file: string, words: readonly string[], environment?: NodeJS.ProcessEnv): Promise<Ended>;
  git(...words: readonly string[]): string;
  /** What git sees as changed; empty where nothing is. */
  status(): string;
  remove(): void;
};

export function copyWorkspace(): Copy {
  mkdirSync(PLACE, { recursive: true });
  const root = mkdtempSync(PLACE);
  const path = (file: string) => join(root, file);
  const git = (...words: readonly string[]) => execFileSync("git", words, { cwd: root, encoding: "utf8" });

  for (const file of listFiles(ROOT)) {
    mkdirSync(dirname(path(file)), { recursive: true });
    copyFileSync(join(ROOT, file), path(file));
  }
  git("init", "--quiet");
  git("add", "--all");
  const author = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
  git(...author, "commit", "--quiet", "--message", "copy");

  const start: Copy["start"] = (file, words, environment) =>
    spawn(process.execPath, [path(`packages/scaffold/src/${file}`), ...words], {
      cwd: root,
      env: { ...process.env, CI: "true", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
  return {
    root,
    path,
    git,
    start,
    read: (file) => readFileSync(path(file), "utf8"),
    write: (file, content) => writeFileSync(path(file), content),
    run: async (file, words, environment) => endOf(start(file, words, environment)),
    status: () => git("status", "--porcelain"),
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 10 }),
  };
}

/** Has the copy use what is installed here: enough to run its commands, without an install. */
export function linkInstalled({ path }: Copy): void {
  mkdirSync(path("node_modules"));
  for (const name of readdirSync(join(ROOT, "node_modules"))) {
    if (name !== basename(LOCK_FILE))
      symlinkSync(join(ROOT, "node_modules", name), path(join("node_modules", name)));
  }
  // Their links are relative, so they lead to the copy's own packages.
  for (const modules of globSync("{packages/*,functions/*,infra}/node_modules", { cwd: ROOT })) {
    cpSync(join(ROOT, modules), path(modules), { recursive: true, verbatimSymlinks: true });
  }
}
