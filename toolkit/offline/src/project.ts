import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { endOf } from "@lucky/command/child-process";
import { copyApplication } from "./copy-application.ts";
import { type EngineStep, readSteps } from "./steps.ts";
import { WORKSPACE } from "./workspace.ts";

/** On the disk of the workspace, so that the 30,000 files of SST's platform are linked and not copied. */
const PLACE = join(WORKSPACE, ".offline/");
const PULUMI = fileURLToPath(new URL("pulumi.ts", import.meta.url));
/** What `pnpm sst` runs. */
const SST = join(WORKSPACE, "toolkit/deploy/src/sst.ts");

/** A copy of an application with a home of its own, in which the real `sst` runs against stand-ins. */
export type Project = {
  /** The folder of the copy. */
  readonly root: string;
  /** Runs an sst command to its end; `input` is what it reads where it asks. */
  sst(words: readonly string[], environment?: NodeJS.ProcessEnv, input?: string): Promise<SstResult>;
  /** What a deploy of that stage would do, by `sst diff`; since the last deploy, or since a state that was saved in that file. */
  diff(stage: string, environment?: NodeJS.ProcessEnv, stateFile?: string): Promise<Diff>;
  /** Starts one that does not end by itself. */
  start(
    words: readonly string[],
    environment?: NodeJS.ProcessEnv,
  ): ChildProcessByStdio<null, Readable, Readable>;
  /** Ends what still runs in it, and deletes it. */
  remove(): void;
};

/** `output` is what sst printed. */
export type SstResult = { readonly exitCode: number | null; readonly output: string };

/** `steps` are as far as it has come. */
export type Diff = SstResult & { readonly steps: readonly EngineStep[] };

/**
 * `awsUrl`: where the stand-in for AWS is. `application`: the folder with sst.config.ts, the workspace's own unless given.
 * `common`: variables of every command. Needs SST's platform, see platform.ts.
 */
export function createProject(
  awsUrl: string,
  application: string = WORKSPACE,
  common: NodeJS.ProcessEnv = {},
): Project {
  mkdirSync(PLACE, { recursive: true });
  const folder = mkdtempSync(PLACE);
  const root = join(folder, "workspace");
  const home = join(folder, "home");
  copyApplication(application, root);
  installPulumi(home);

  const running = new Set<ChildProcess>();
  const optionsOf = (environment: NodeJS.ProcessEnv) => ({
    cwd: root,
    env: { ...settings(home), AWS_ENDPOINT_URL: awsUrl, ...common, ...environment },
    detached: true, // so that it has a process group of its own
  });
  const watch = <Child extends ChildProcess>(child: Child): Child => {
    running.add(child);
    child.once("exit", () => running.delete(child));
    return child;
  };
  const start: Project["start"] = (words, environment = {}) =>
    watch(
      spawn(process.execPath, [SST, ...words], {
        ...optionsOf(environment),
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
  const sst: Project["sst"] = async (words, environment = {}, input = "") => {
    const child = watch(
      spawn(process.execPath, [SST, ...words], { ...optionsOf(environment), stdio: "pipe" }),
    );
    child.stdin.on("error", () => {}); // it may end before it has read
    child.stdin.end(input);
    const { exitCode, stdout, stderr } = await endOf(child);
    return { exitCode, output: stdout + stderr };
  };
  return {
    root,
    start,
    sst,
    async diff(stage, environment, stateFile = "") {
      const file = join(mkdtempSync(join(folder, "diff-")), "steps");
      const files = { OFFLINE_STEPS: file, OFFLINE_STATE: stateFile };
      const result = await sst(["diff", "--stage", stage], { ...environment, ...files });
      return { ...result, steps: readSteps(file) };
    },
    remove() {
      for (const { pid } of running) if (pid !== undefined) process.kill(-pid, "SIGKILL");
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/** Ends what `start` has started, as Ctrl-C does: by a signal to all its processes. */
export async function stop(child: ChildProcess, signal: NodeJS.Signals = "SIGINT"): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = once(child, "exit"); // what it has started may hold its output open
  process.kill(-child.pid, signal);
  await ended;
}

/** What sst is given, and nothing of this machine's accounts. */
function settings(home: string): NodeJS.ProcessEnv {
  return {
    PATH: [join(WORKSPACE, "node_modules/.bin"), process.env.PATH].join(delimiter),
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

/** Where SST would download the Pulumi engine to. */
function installPulumi(home: string): void {
  const folder = join(home, "sst/bin");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "pulumi");
  writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${PULUMI}" "$@"\n`);
  chmodSync(file, 0o755);
}
