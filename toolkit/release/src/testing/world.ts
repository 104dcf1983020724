import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { type Functions, live } from "./functions.ts";

type CiRun = { readonly status: string; readonly conclusion: string | null };
/** `unaliased` deploys an application without aliases; `crash` leaves half a deploy and its lock, `hang` too until it is interrupted; `taken`: somebody else has the lock first. */
export type Outcome = "ok" | "unaliased" | "fails" | "crash" | "hang" | "taken" | "offline";

/** What the stand-ins find, and leave. */
export type World = {
  functions: Functions;
  parameters: Record<string, string>;
  locks: Record<string, { created: string; command: string; runID: string }>;
  /** By commit: the runs of CI, at each look. */
  ci: Record<string, CiRun[][]>;
  /** The status of a workflow's run. */
  runs: Record<string, string>;
  /** The state of a pull request. */
  pulls: Record<string, string>;
  /** Alarms that ring all the time, and those that a version raises. */
  ringing: { name: string; since: string }[];
  raises: Record<string, string[]>;
  looks: number;
  smokeFails: string[];
  uninstallable: string[];
  /** What comes of sst: by `deploy <version>` for prod or `remove <stage>`, each time. */
  outcomes: Record<string, Outcome[]>;
  /** Calls that begin like this find no network, or are refused, so many times. */
  outages: { call: string; times: number; says?: string }[];
  stageList: string;
  removed: string[];
};

export const PASSED: CiRun = { status: "completed", conclusion: "success" };

/**
 * A repository with tags v1.0.0 to v1.2.0 on main and v9.0.0 beside it, and programs for a PATH of its own. CI has passed each,
 * and prod serves v1.1.0, which was released.
 */
export function createWorld() {
  const folder = mkdtempSync(join(tmpdir(), "lucky-release-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  const { repository: template, commits } = makeRepository();
  const repository = join(folder, "repository");
  cpSync(template, repository, { recursive: true });

  const file = join(folder, "world.json");
  const path = installStandIns(folder, file);
  const read = () => JSON.parse(readFileSync(file, "utf8")) as World;
  const change = (parts: Partial<World>) => writeFileSync(file, JSON.stringify({ ...read(), ...parts }));
  writeFileSync(file, JSON.stringify(emptyWorld(commits)));
  return {
    repository,
    commits,
    git: (...words: string[]) => git(repository, words),
    read,
    change,
    calls: () =>
      existsSync(join(folder, "calls")) ? readFileSync(join(folder, "calls"), "utf8").trim().split("\n") : [],
    environment: {
      ...gitEnvironment,
      PATH: `${path}:${process.env.PATH}`,
      TMPDIR: folder,
      GITHUB_REPOSITORY: "acme/shop",
      GITHUB_RUN_ID: "20",
      GITHUB_RUN_ATTEMPT: "1",
      PIPELINE_PAUSE_SECONDS: "0",
    },
  };
}

let made: { readonly repository: string; readonly commits: Readonly<Record<string, string>> } | undefined;

/** The repository that each world has a copy of: made once, which is most of the work. */
function makeRepository() {
  if (made) return made;
  const repository = mkdtempSync(join(tmpdir(), "lucky-repository-"));
  process.once("exit", () => rmSync(repository, { recursive: true, force: true }));
  git(repository, ["init", "--quiet", "--initial-branch=main"]);
  writeFileSync(join(repository, "package.json"), '{"name":"shop"}');
  const commit = (tag: string) => {
    writeFileSync(join(repository, "VERSION"), tag);
    git(repository, ["add", "."]);
    git(repository, ["commit", "--quiet", "--message", tag]);
    git(repository, ["tag", tag]);
    return [tag, git(repository, ["rev-parse", "HEAD"])] as const;
  };
  const onMain = ["v1.0.0", "v1.1.0", "v1.2.0"].map(commit);
  git(repository, ["update-ref", "refs/remotes/origin/main", "HEAD"]);
  const beside = commit("v9.0.0");
  git(repository, ["branch", "v2.0.0"]);
  made = { repository, commits: Object.fromEntries([...onMain, beside]) };
  return made;
}

const git = (cwd: string, words: readonly string[]) =>
  execFileSync("git", words, { cwd, env: gitEnvironment }).toString().trim();

export const record = (tag: string, commit = "") => JSON.stringify({ tag, commit });

const gitEnvironment = {
  PATH: process.env.PATH,
  HOME: "/nonexistent",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@example.com",
};

const emptyWorld = (commits: Readonly<Record<string, string>>): World => ({
  functions: live("v1.1.0"),
  parameters: { "/shop/prod/deployed": record("v1.1.0", commits["v1.1.0"]) },
  locks: {},
  ci: Object.fromEntries(Object.values(commits).map((commit) => [commit, [[PASSED]]])),
  runs: {},
  pulls: {},
  ringing: [],
  raises: {},
  looks: 0,
  smokeFails: [],
  uninstallable: [],
  outcomes: {},
  outages: [],
  stageList: "",
  removed: [],
});

function installStandIns(folder: string, file: string): string {
  const path = join(folder, "bin");
  mkdirSync(path);
  const script = fileURLToPath(new URL("stand-in.ts", import.meta.url));
  for (const program of ["aws", "gh", "pnpm"]) {
    writeFileSync(
      join(path, program),
      `#!/bin/sh\nexec "${process.execPath}" "${script}" "${file}" ${program} "$@"\n`,
    );
    chmodSync(join(path, program), 0o755);
  }
  return path;
}
