import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Ended, endOf } from "@lucky/command/child-process";
import { writeApplication } from "@lucky/fixture/write-application";

const COMMAND = fileURLToPath(new URL("../changes.ts", import.meta.url));

/** For tests: an application in a git repository of its own, with nothing installed, and a folder for temporary files. */
export type Repository = {
  readonly root: string;
  /** What the command leaves in the folder for temporary files. */
  leftovers(): readonly string[];
  write(file: string, text: string): void;
  git(...words: readonly string[]): string;
  /** Commits whatever differs. */
  commit(): void;
  start(words: readonly string[], cwd?: string): ReturnType<typeof spawn>;
  changes(...words: readonly string[]): Promise<Ended>;
  remove(): void;
};

export function makeRepository(files: Readonly<Record<string, string>>): Repository {
  const root = writeApplication({ "package.json": '{ "version": "0.0.0", "type": "module" }', ...files });
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), "lucky-changes-test-")));
  const git = (...words: readonly string[]) =>
    execFileSync(
      "git",
      ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", ...words],
      {
        cwd: root,
        encoding: "utf8",
      },
    );
  const commit = () => {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", "a");
  };
  git("init", "--quiet", "--initial-branch=main");
  commit();
  const start: Repository["start"] = (words, cwd = root) =>
    spawn(process.execPath, [COMMAND, ...words], {
      cwd,
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
  return {
    root,
    git,
    commit,
    start,
    leftovers: () => readdirSync(temporary),
    write(file, text) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    },
    changes: (...words) => endOf(start(words)),
    remove() {
      for (const folder of [root, temporary]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const CONTRACTS = "packages/contracts/src/index.ts";

/** The source of contracts with one route, GET /a, that replies with what that JSON Schema allows. */
export function contractsWith(schema: string, version = "1.0.0", head = ""): string {
  return `${head}
const jsonSchema = { input: () => (${schema}), output: () => (${schema}) };
const schema = { "~standard": { version: 1, vendor: "test", validate: (value) => ({ value }), jsonSchema } };
export const api = { a: { method: "GET", path: "/a", summary: "", reply: { 200: schema } } };
export const about = { title: "A", version: ${JSON.stringify(version)} };
`;
}
