import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { linkTree } from "@lucky/offline/link-tree";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
/** On the disk of the workspace, so that the 30,000 files of SST's platform are linked and not copied. */
const PLACE = join(ROOT, ".offline/");
const PULUMI = fileURLToPath(new URL("pulumi.ts", import.meta.url));

/** A copy of the workspace with a home of its own, in which the real `sst` runs against stand-ins. */
export type Project = {
  /** The folder of the copy. */
  readonly root: string;
  /** Runs an sst command to its end. */
  sst(words: readonly string[], environment?: NodeJS.ProcessEnv): Promise<Ended>;
  /** Starts one that does not end by itself. */
  start(
    words: readonly string[],
    environment?: NodeJS.ProcessEnv,
  ): ChildProcessByStdio<null, Readable, Readable>;
  remove(): void;
};

/** Ends what `start` has started, as Ctrl-C does: by a signal to all its processes. */
export async function stop(child: ChildProcess, signal: NodeJS.Signals = "SIGINT"): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = once(child, "exit"); // what it has started may hold its output open
  process.kill(-child.pid, signal);
  await ended;
}

export type Ended = { readonly exitCode: number | null; readonly output: string };

/** `awsUrl`: where the stand-in for AWS is. Needs SST's platform, see platform.ts. */
export function createProject(awsUrl: string): Project {
  mkdirSync(PLACE, { recursive: true });
  const folder = mkdtempSync(PLACE);
  const root = join(folder, "workspace");
  const home = join(folder, "home");
  copyWorkspace(root);
  installPulumi(home);

  const start = (words: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
    spawn(sstCommand, words, {
      cwd: root,
      env: { ...settings(home), AWS_ENDPOINT_URL: awsUrl, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true, // so that it has a process group of its own
    });
  return {
    root,
    start,
    async sst(words, environment) {
      const child = start(words, environment);
      const [stdout, stderr] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, "close"),
      ]);
      return { exitCode: child.exitCode, output: stdout + stderr };
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }),
  };
}

const sstCommand = join(ROOT, "node_modules/.bin/sst");

/** What sst is told, and nothing of this machine's accounts. */
function settings(home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: home,
    XDG_CONFIG_HOME: home,
    CI: "true",
    NO_COLOR: "1",
    SST_TELEMETRY_DISABLED: "1",
    SST_NO_BUN: "1",
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "offline",
    AWS_SECRET_ACCESS_KEY: "offline",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

/** The sources without their tests and what was built of them; what is installed is linked. */
function copyWorkspace(root: string): void {
  mkdirSync(root, { recursive: true });
  for (const name of ["packages", "functions", "infra", "toolkit"]) {
    cpSync(join(ROOT, name), join(root, name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) =>
        ![".offline", ".turbo", "dist"].includes(basename(path)) && !path.endsWith(".test.ts"),
    });
  }
  for (const name of [
    "package.json",
    "pnpm-workspace.yaml",
    "pnpm-lock.yaml",
    "tsconfig.base.json",
    "tsconfig.json",
    "sst.config.ts",
  ]) {
    cpSync(join(ROOT, name), join(root, name));
  }
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  linkTree(join(ROOT, ".sst/platform"), join(root, ".sst/platform"));
  cpSync(join(ROOT, ".sst/provider-lock.json"), join(root, ".sst/provider-lock.json"));
}

/** Where SST would download the Pulumi engine to. */
function installPulumi(home: string): void {
  const folder = join(home, "sst/bin");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "pulumi");
  writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${PULUMI}" "$@"\n`);
  chmodSync(file, 0o755);
}
