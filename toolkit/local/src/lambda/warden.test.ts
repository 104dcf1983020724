import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeApplication } from "@lucky/fixture/write-application";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { type RunningServer, startServer, stopServer } from "../testing/testing.ts";
import { holdFolder, processesIn, sweepStaleFolders } from "./stale-folders.ts";

let temp: string;
beforeEach(() => {
  temp = mkdtempSync(join(tmpdir(), "lucky-warden-"));
  onTestFinished(() => rmSync(temp, { recursive: true }));
});

/** Loops for ever, and so cannot notice anything; says first who it is, and who it has started. */
const LOOP = `import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
export const handler = async () => {
  const { pid } = spawn("sleep", ["600"], { stdio: "ignore" });
  writeFileSync("STARTED", process.pid + " " + pid);
  for (;;);
};`;

/** A server whose bundles are in `temp`, of which a function loops; with that function's processes. */
async function startLooping(): Promise<{ server: RunningServer; pids: readonly number[] }> {
  const root = writeApplication({
    "packages/contracts/src/index.ts":
      'export const api = { loop: { method: "GET", path: "/loop", summary: "", reply: { 204: null } } };',
    "functions/loop/package.json": "{}",
  });
  mkdirSync(join(root, "functions/loop/src"), { recursive: true });
  const started = join(root, "started");
  writeFileSync(join(root, "functions/loop/src/handler.ts"), LOOP.replace("STARTED", started));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const server = await startServer([], { cwd: root, env: { TMPDIR: temp } });
  onTestFinished(() => stopServer(server));
  fetch(`${server.url}/loop`).catch(() => {});
  const pids = await vi.waitFor(() => {
    const found = readFileSync(started, "utf8").split(" ").map(Number);
    expect(found).toHaveLength(2);
    return found;
  }, PATIENCE);
  onTestFinished(() => {
    for (const pid of pids.filter(isRunning)) process.kill(pid, "SIGKILL");
  });
  return { server, pids };
}

const PATIENCE = { timeout: 60_000 };
const untilGone = (pids: readonly number[]) =>
  vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), PATIENCE);
const untilEmpty = () => vi.waitFor(() => expect(readdirSync(temp)).toEqual([]), PATIENCE);

/** The processes below one, which are the server's environments, its esbuild and its warden. */
const childrenOf = (parent: number | undefined): readonly number[] =>
  readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && statOf(pid)?.parent === parent);
const wardenOf = ({ child }: RunningServer) =>
  childrenOf(child.pid).find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("warden.mjs")) ??
  0;

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const closed = once(child, "exit");
  child.kill(signal);
  await closed;
}

describe("a server that is killed leaves", () => {
  test("no process that loops, nothing that it started, and no folder", async () => {
    const { server, pids } = await startLooping();
    const warden = wardenOf(server);
    await kill(server.child, "SIGKILL");
    await untilGone([...pids, warden]);
    await untilEmpty();
  });

  test("nothing either where a Ctrl-C and the end of its terminal came before", async () => {
    const { server, pids } = await startLooping();
    const warden = wardenOf(server);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.kill(warden, signal);
    server.child.kill("SIGINT"); // it waits for the request in flight
    await kill(server.child, "SIGKILL");
    await untilGone([...pids, warden]);
    await untilEmpty();
  });

  test("what the next start clears away where its warden was killed with it", async () => {
    const { server, pids } = await startLooping();
    process.kill(wardenOf(server), "SIGKILL");
    await kill(server.child, "SIGKILL");
    const [left = ""] = readdirSync(temp);
    expect(pids.filter(isRunning)).toEqual(pids);
    const next = await startServer([], { env: { TMPDIR: temp } });
    onTestFinished(() => stopServer(next));
    await untilGone(pids);
    await vi.waitFor(() => expect(existsSync(join(temp, left))).toBe(false), PATIENCE);
    expect(readdirSync(temp)).toHaveLength(1);
    expect((await fetch(`${next.url}/notes?tag=a`)).status).toBe(200);
  });
});

test.each(["SIGINT", "SIGTERM"] as const)("a server that ends on %s leaves no warden", async (signal) => {
  const server = await startServer([], { env: { TMPDIR: temp } });
  const warden = wardenOf(server);
  expect(isRunning(warden)).toBe(true);
  await kill(server.child, signal);
  await untilGone([warden]);
  expect(readdirSync(temp)).toEqual([]);
});

describe("a sweep", () => {
  const folder = () => mkdtempSync(join(temp, "lucky-lambda-"));
  /** What a process leaves that was killed while it held that folder. */
  async function killHolder(held: string): Promise<void> {
    const script = 'require("node:net").createServer().listen(process.argv[1], () => console.log("held"))';
    const child = spawn(process.execPath, ["-e", script, join(held, ".held")]);
    await once(child.stdout, "data");
    await kill(child, "SIGKILL");
  }

  test("removes what is held no more, also where it cannot be written to", async () => {
    const stale = folder();
    mkdirSync(join(stale, "f/1"), { recursive: true });
    writeFileSync(join(stale, "f/1/bundle.cjs"), "", { mode: 0o444 });
    await killHolder(stale);
    await sweepStaleFolders(temp);
    expect(readdirSync(temp)).toEqual([]);
  });

  test("leaves what is held, what nobody has held yet, and what is not called so", async () => {
    const held = folder();
    const { release } = await holdFolder(held);
    onTestFinished(release);
    folder();
    const other = mkdtempSync(join(temp, "lucky-other-"));
    await killHolder(other);
    writeFileSync(join(temp, "lucky-lambda-abcdef"), "");
    const before = readdirSync(temp);
    await sweepStaleFolders(temp);
    expect(readdirSync(temp)).toEqual(before);
  });

  test("leaves what another user has", async () => {
    const stale = folder();
    await killHolder(stale);
    vi.spyOn(process, "getuid").mockReturnValue(Number.MAX_SAFE_INTEGER);
    await sweepStaleFolders(temp);
    expect(existsSync(stale)).toBe(true);
  });

  test("of many at once is none's fault", async () => {
    for (let count = 0; count < 5; count++) await killHolder(folder());
    await Promise.all([sweepStaleFolders(temp), sweepStaleFolders(temp), sweepStaleFolders(temp)]);
    expect(readdirSync(temp)).toEqual([]);
  });

  test("finds the processes of a folder on Linux by a variable, elsewhere by their main file, on Windows none", async () => {
    const main = join(temp, "bootstrap.cjs");
    writeFileSync(main, "setInterval(() => {}, 1000); console.log(1);");
    const env = { LAMBDA_TASK_ROOT: `${temp}/f/1` };
    const child = spawn(process.execPath, [main], { env });
    onTestFinished(() => kill(child, "SIGKILL"));
    await once(child.stdout, "data");
    expect(await processesIn(temp, "linux")).toEqual([child.pid]);
    expect(await processesIn(temp, "darwin")).toEqual([child.pid]);
    expect(await processesIn(temp, "win32")).toEqual([]);
    expect(await processesIn(`${temp}x`, "linux")).toEqual([]);
  });
});

function statOf(pid: number): { state: string; parent: number } | undefined {
  try {
    const [state = "", parent] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

/** A process that has ended stays in the list, as Z, until its parent asks for it. */
function isRunning(pid: number): boolean {
  const state = statOf(pid)?.state;
  return state !== undefined && state !== "Z";
}
