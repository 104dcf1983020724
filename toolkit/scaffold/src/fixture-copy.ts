import { spawn } from "node:child_process";
import { mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Ended, endOf, run } from "@lucky/command/child-process";
import { filesIn } from "./files.ts";
import { type Copy, copyFiles } from "./workspace-copy.ts";

const FIXTURE = fileURLToPath(new URL("../fixture", import.meta.url));
const TOOLKIT = fileURLToPath(new URL("../..", import.meta.url));
const INSTALLED = join(TOOLKIT, "../node_modules");

/** It stands here, for biome would refuse a second one in this workspace. Its width is its own. */
const BIOME = `{
  "vcs": { "enabled": true, "clientKind": "git", "useIgnoreFile": true },
  "formatter": { "indentStyle": "space", "lineWidth": 90 }
}
`;

/** A small workspace of its own, in which this package's commands run. */
export type FixtureCopy = Copy & {
  /** Starts one of the commands. */
  start(file: string, words: readonly string[], environment?: NodeJS.ProcessEnv): ReturnType<typeof spawn>;
  /** Runs one to its end, with nothing on its standard input. */
  run(file: string, words: readonly string[], environment?: NodeJS.ProcessEnv): Promise<Ended>;
  /** What biome finds wrong with the workspace. */
  check(): Promise<Ended>;
};

export function copyFixture(): FixtureCopy {
  const copy = copyFiles(FIXTURE, filesIn(FIXTURE), join(tmpdir(), "lucky-scaffold-"));
  copy.write("biome.json", BIOME);
  copy.commit("format");
  linkPackages(copy);
  const start: FixtureCopy["start"] = (file, words, environment) =>
    spawn(process.execPath, [join(import.meta.dirname, file), ...words], {
      cwd: copy.root,
      env: { ...process.env, CI: "true", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
  return {
    ...copy,
    start,
    run: async (...words) => endOf(start(...words)),
    check: () => run(join(INSTALLED, ".bin/biome"), ["check", "--error-on-warnings"], { cwd: copy.root }),
  };
}

/** As an install would: what its packages import is there. */
function linkPackages({ path }: Copy): void {
  const links = {
    "@acme/contracts": path("packages/contracts"),
    "@acme/core": path("packages/core"),
    "@biomejs": join(INSTALLED, "@biomejs"),
    "@lucky/gateway": join(TOOLKIT, "gateway"),
    "@lucky/resources": join(TOOLKIT, "resources"),
    zod: realpathSync(join(TOOLKIT, "gateway/node_modules/zod")),
  };
  for (const [name, target] of Object.entries(links)) {
    const link = path(join("node_modules", name));
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(target, link);
  }
}
