import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { bundleBootstrap, bundleFunction } from "./bundle.ts";
import { type Environment, type InvocationResult, startEnvironment } from "./environment.ts";
import type { EnvironmentOptions } from "./environment-options.ts";

const folder = mkdtempSync(join(tmpdir(), "lucky-environment-"));
let runtimeClient: string;
const started: Environment[] = [];

beforeAll(async () => {
  runtimeClient = await bundleBootstrap(folder);
});
afterAll(() => {
  for (const environment of started) environment.stop();
  rmSync(folder, { recursive: true });
});

/** An environment whose function is this TypeScript. */
async function run(source: string, timeoutSeconds = 10): Promise<Environment> {
  const taskRoot = mkdtempSync(join(folder, "function-"));
  writeFileSync(join(taskRoot, "handler.ts"), source);
  await bundleFunction(join(taskRoot, "handler.ts"), taskRoot);
  const options: EnvironmentOptions = {
    functionName: "test",
    taskRoot,
    runtimeClient,
    timeoutSeconds,
    memoryMegabytes: 128,
    logFormat: "json",
  };
  const environment = await startEnvironment(options);
  started.push(environment);
  return environment;
}

const ownLines = ({ logs }: InvocationResult) =>
  logs.filter(({ from }) => from === "function").map(({ text }) => text);

describe("an invocation tells", () => {
  test("what the function logged, in order, and only what it logged then", async () => {
    const environment = await run(`
      console.log("at init");
      export const handler = async (event) => { for (const word of event) console.info(word); process.stderr.write("raw\\n"); };`);
    const first = await environment.invoke('["a","b"]');
    const messages = (outcome: InvocationResult) =>
      ownLines(outcome).map((line) => (line === "raw" ? line : JSON.parse(line).message));
    expect(messages(first).filter((message) => message !== "raw")).toEqual(["at init", "a", "b"]);
    expect(ownLines(first)).toContain("raw");
    expect(messages(await environment.invoke('["c"]')).sort()).toEqual(["c", "raw"]);
  });

  test("what the function logged before it died", async () => {
    const environment = await run(
      'export const handler = async () => { console.log("last"); process.exit(1); };',
    );
    const outcome = await environment.invoke("{}");
    expect(ownLines(outcome).map((line) => JSON.parse(line).message)).toEqual(["last"]);
  });

  test("its time, with that of the init once, its memory, and which environment it had", async () => {
    const environment = await run("export const handler = async () => {};");
    const cold = await environment.invoke("{}");
    const warm = await environment.invoke("{}");
    expect(cold.report).toMatchObject({
      memorySizeMb: 128,
      status: "success",
      initDurationMs: expect.any(Number),
    });
    expect(warm.report).not.toHaveProperty("initDurationMs");
    expect(warm.report.maxMemoryUsedMb).toBeGreaterThan(20);
    expect(warm.environment).toBe(cold.environment);
    expect(warm.report.requestId).not.toBe(cold.report.requestId);
  });

  test("a deadline that counts from the event, not from the init", async () => {
    const environment = await run(
      "await0(); function await0() { const end = Date.now() + 300; while (Date.now() < end); }\n" +
        "export const handler = async (_, context) => context.getRemainingTimeInMillis();",
      1,
    );
    expect(Number((await environment.invoke("{}")).payload)).toBeGreaterThan(800);
  });
});

describe("an execution environment", () => {
  test("stays for the next event, with what the function keeps", async () => {
    const environment = await run(
      "let calls = 0; export const handler = async (event) => ({ event, calls: ++calls });",
    );
    expect(await environment.invoke('"a"')).toMatchObject({
      payload: '{"event":"a","calls":1}',
      isFunctionError: false,
    });
    expect(await environment.invoke('"b"')).toMatchObject({
      payload: '{"event":"b","calls":2}',
      isFunctionError: false,
    });
  });

  test("gives the function Lambda's variables and context, and nothing of this machine", async () => {
    const environment = await run(`export const handler = async (_, context) => ({
      variables: Object.keys(process.env).sort(), home: process.env.HOME,
      traced: Object.fromEntries(Object.entries(process.env).filter(([name]) => /XRAY|^NODE_PATH/.test(name))),
      time: context.getRemainingTimeInMillis(), context });`);
    const { variables, home, traced, time, context } = JSON.parse((await environment.invoke("{}")).payload);
    expect(variables).toContain("AWS_LAMBDA_FUNCTION_NAME");
    expect(home).not.toBe(process.env.HOME);
    expect(variables).not.toContain("VITEST");
    expect(traced).toEqual({
      AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
      AWS_XRAY_DAEMON_ADDRESS: "127.0.0.1:2000",
      NODE_PATH: "/opt/nodejs/node24/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules",
    });
    expect(time).toBeLessThanOrEqual(10_000);
    expect(context).toMatchObject({ functionName: "test", memoryLimitInMB: "128" });
    expect(context.awsRequestId).toMatch(/^[\da-f-]{36}$/);
  });

  test.each([
    ["exits", "process.exit(3)", "Runtime.ExitError", "exit status 3"],
    ["is killed", "process.kill(process.pid, 'SIGKILL')", "Runtime.ExitError", "signal: killed"],
    ["never answers", "for (;;);", "Sandbox.Timedout", "Task timed out after 1.00 seconds"],
  ])("ends with a function that %s", async (_, statement, errorType, errorMessage) => {
    const environment = await run(`export const handler = async () => { ${statement} };`, 1);
    const outcome = await environment.invoke("{}");
    expect(outcome.isFunctionError).toBe(true);
    expect(JSON.parse(outcome.payload)).toMatchObject({
      errorType,
      errorMessage: expect.stringContaining(errorMessage),
    });
    expect(outcome.report.status).toBe(errorType === "Sandbox.Timedout" ? "timeout" : "error");
    expect(environment.isAlive()).toBe(false);
  });

  test("ends with a function that takes more memory than it has", async () => {
    const environment = await run(
      `const hoard = [];
      export const handler = async () => {
        for (;;) { hoard.push(Buffer.alloc(8_000_000, 1)); await new Promise((resolve) => setTimeout(resolve, 10)); }
      };`,
    );
    const { payload, report } = await environment.invoke("{}");
    expect(JSON.parse(payload)).toMatchObject({ errorType: "Runtime.OutOfMemory" });
    expect(report.status).toBe("error");
    expect(environment.isAlive()).toBe(false);
  });

  test("has Node's limits as Lambda sets them", async () => {
    const environment = await run(`
      import { maxHeaderSize } from "node:http";
      import { getHeapStatistics } from "node:v8";
      export const handler = async () => [maxHeaderSize, getHeapStatistics().heap_size_limit / 2 ** 20];`);
    const [headers, heap] = JSON.parse((await environment.invoke("{}")).payload);
    expect(headers).toBe(81920);
    expect(heap).toBeLessThan(150); // of 128 MB: 116 for what is old, and three times 6 for what is new
  });

  test("says when it has started the function, and not when that has ended", async () => {
    const environment = await run(`
      export const handler = async () => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100); return Date.now(); };`);
    const { payload, logs } = await environment.invoke("{}");
    const start = logs.map(({ text }) => JSON.parse(text)).find(({ type }) => type === "platform.start");
    expect(Date.parse(start.time)).toBeLessThanOrEqual(Number(payload) - 100);
  });

  test("that cannot be started says so", async () => {
    const environment = await startEnvironment({
      functionName: "test",
      taskRoot: join(folder, "nowhere"),
      runtimeClient,
      timeoutSeconds: 1,
      memoryMegabytes: 128,
      logFormat: "json",
    });
    expect(JSON.parse((await environment.invoke("{}")).payload)).toMatchObject({
      errorType: "Runtime.ExitError",
    });
  });

  test("is not what a Ctrl-C is for, and ends with all that the function has started", async () => {
    const environment = await run(`
      import { spawn } from "node:child_process";
      export const handler = async () => [process.pid, spawn("sleep", ["60"], { stdio: "inherit" }).pid];`);
    const [pid, child] = JSON.parse((await environment.invoke("{}")).payload);
    const groupOf = (id: number) =>
      spawnSync("ps", ["-o", "pgid=", "-p", String(id)], { encoding: "utf8" }).stdout.trim();
    expect(groupOf(pid)).toBe(String(pid));
    await environment.stop();
    await vi.waitFor(() =>
      expect(spawnSync("ps", ["-o", "stat=", "-p", child], { encoding: "utf8" }).stdout).toMatch(/^Z|^$/),
    );
  });

  test("tells a line without its end with the invocation that wrote it", async () => {
    const environment = await run(
      'export const handler = async (event) => { if (event === 1) process.stdout.write("half"); else console.log("whole"); };',
    );
    expect(ownLines(await environment.invoke("1"))).toEqual(["half"]);
    expect(ownLines(await environment.invoke("2"))).toEqual([expect.stringContaining('"whole"')]);
  });

  test("that has ended says so at once", async () => {
    const environment = await run("export const handler = async () => 1;");
    await environment.stop();
    expect(JSON.parse((await environment.invoke("{}")).payload)).toMatchObject({
      errorType: "Runtime.ExitError",
    });
  });
});
