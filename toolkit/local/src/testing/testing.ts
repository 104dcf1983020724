import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Ended, endOf, endProcess, untilPrinted } from "@lucky/command/child-process";
import { fixture, visits } from "@lucky/fixture";
import { writeApplication } from "@lucky/fixture/write-application";

type ScriptOptions = {
  /** Beside the variables of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** The folder of the application, the fixture unless told otherwise. */
  readonly cwd?: string;
};

/** Starts one of this package's commands as a process of its own, with that on its standard input. */
export function startScript(
  file: string,
  words: readonly string[],
  input = "",
  { env, cwd = fixture }: ScriptOptions = {},
): ChildProcessWithoutNullStreams {
  const path = fileURLToPath(new URL(`../commands/${file}`, import.meta.url));
  const child = spawn(process.execPath, [path, ...words], { cwd, env: { ...process.env, ...env } });
  child.stdin.end(input);
  return child;
}

/** Runs one of this package's commands to its end. */
export function runScript(file: string, words: readonly string[], options?: ScriptOptions): Promise<Ended> {
  return endOf(startScript(file, words, "", options));
}

export type RunningServer = {
  readonly child: ChildProcessWithoutNullStreams;
  /** What it printed when it was ready. */
  readonly welcome: string;
  /** Its address, such as `http://localhost:3000`; an application's page is at its root. */
  readonly url: string;
};

/** What stands in the welcome of `pnpm start`. */
const WELCOME = ["Ctrl-C stops it", "http://localhost:", "\n\n"];

/**
 * Starts the server, on a free port unless told otherwise. Rejects with what it printed where it ends instead.
 *
 *     const server = await startServer(["--as", "rest"], { cwd: root });
 *     await fetch(`${server.url}/openapi.json`).finally(() => stopServer(server));
 */
export async function startServer(
  words: readonly string[] = [],
  options?: ScriptOptions,
): Promise<RunningServer> {
  const child = startScript("start.ts", ["--port", "0", ...words], "", options);
  const welcome = await untilWelcome(child, [], words.includes("--json") ? child.stderr : child.stdout);
  return { child, ...welcome };
}

/** What a server that has just been started prints when it is ready, with those texts, and its address. */
export async function untilWelcome(
  child: ChildProcess,
  texts: readonly string[] = [],
  stream = child.stdout,
): Promise<{ readonly welcome: string; readonly url: string }> {
  const welcome = await untilPrinted(child, [...WELCOME, ...texts], stream);
  return { welcome, url: /http:\/\/localhost:\d+/.exec(welcome)?.[0] ?? "" };
}

/** Ends a server, unless it has ended, and waits until it has. */
export async function stopServer({ child }: Pick<RunningServer, "child">): Promise<void> {
  await endProcess(child);
}

/** What is installed for the fixture. */
const MODULES = join(dirname(visits), "node_modules");

/**
 * A copy of the fixture whose functions use tables, secrets and settings. It is removed at the end that is given:
 * `copyVisits(onTestFinished)`, or `copyVisits(afterAll)`.
 */
export function copyVisits(atEnd: (remove: () => void) => unknown): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "lucky-visits-")));
  atEnd(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));
  cpSync(visits, root, { recursive: true });
  for (const name of ["@lucky/gateway", "@lucky/resources", "zod"]) {
    const link = join(root, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(join(MODULES, name)), link);
  }
  return root;
}

/**
 * Makes an application of one function, `one`, of this handler and, besides, of these files, and gives its folder, which
 * the caller removes. Some packages of this one's are installed there.
 */
export function writeFunction(
  handler: string,
  files: Readonly<Record<string, string>> = {},
  packages: readonly string[] = [],
): string {
  const root = writeApplication({
    "packages/contracts/src/index.ts":
      'export const api = { one: { method: "GET", path: "/one", summary: "", reply: { 204: null } } };',
    "functions/one/package.json": "{}",
    "functions/one/event.json": "{}",
    "functions/one/src/handler.ts": handler,
    ...files,
  });
  for (const name of packages) {
    const link = join(root, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url))), link);
  }
  return root;
}
