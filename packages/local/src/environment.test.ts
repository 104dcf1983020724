import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleBootstrap, bundleFunction } from "./bundle.ts";
import { type Environment, startEnvironment } from "./environment.ts";

const folder = mkdtempSync(join(tmpdir(), "lucky-environment-"));
let bootstrap: string;
const started: Environment[] = [];

beforeAll(async () => {
  bootstrap = await bundleBootstrap(folder);
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
  const options = { functionName: "test", taskRoot, bootstrap, timeoutSeconds, memoryMegabytes: 128 };
  const environment = await startEnvironment(options);
  started.push(environment);
  return environment;
}

describe("an execution environment", () => {
  test("stays for the next event, with what the function keeps", async () => {
    const environment = await run(
      "let calls = 0; export const handler = async (event) => ({ event, calls: ++calls });",
    );
    expect(await environment.invoke('"a"')).toEqual({
      payload: '{"event":"a","calls":1}',
      isFunctionError: false,
    });
    expect(await environment.invoke('"b"')).toEqual({
      payload: '{"event":"b","calls":2}',
      isFunctionError: false,
    });
  });

  test("gives the function Lambda's variables and context, and nothing of this machine", async () => {
    const environment = await run(`export const handler = async (_, context) => ({
      variables: Object.keys(process.env).sort(), time: context.getRemainingTimeInMillis(), context });`);
    const { variables, time, context } = JSON.parse((await environment.invoke("{}")).payload);
    expect(variables).toContain("AWS_LAMBDA_FUNCTION_NAME");
    expect(variables).not.toContain("HOME");
    expect(time).toBeLessThanOrEqual(10_000);
    expect(context).toMatchObject({ functionName: "test", memoryLimitInMB: "128" });
    expect(context.awsRequestId).toMatch(/^[\da-f-]{36}$/);
  });

  test.each([
    ["a thrown Error", "throw new TypeError('no')", { errorType: "TypeError", errorMessage: "no" }],
    ["a thrown string", "throw 'no'", { errorType: "string", errorMessage: "no", trace: [] }],
    [
      "a rejected promise",
      "return Promise.reject(new Error('no'))",
      { errorType: "Error", errorMessage: "no" },
    ],
    ["a result without JSON", "return 1n", { errorType: "Runtime.JSONStringifyError" }],
  ])("reports %s in Lambda's shape and lives on", async (_, statement, error) => {
    const environment = await run(
      `export const handler = async (event) => { if (event) return event; console.error = () => {}; ${statement}; };`,
    );
    const outcome = await environment.invoke("null");
    expect(outcome.isFunctionError).toBe(true);
    expect(JSON.parse(outcome.payload)).toMatchObject(error);
    expect(await environment.invoke("1")).toEqual({ payload: "1", isFunctionError: false });
  });

  test.each([
    ["exits", "process.exit(3)", "Runtime.ExitError", "exit status 3"],
    ["is killed", "process.kill(process.pid, 'SIGKILL')", "Runtime.ExitError", "signal: SIGKILL"],
    ["never answers", "for (;;);", "Sandbox.Timedout", "Task timed out after 1.00 seconds"],
  ])("ends with a function that %s", async (_, statement, errorType, errorMessage) => {
    const environment = await run(`export const handler = async () => { ${statement} };`, 1);
    const outcome = await environment.invoke("{}");
    expect(outcome.isFunctionError).toBe(true);
    expect(JSON.parse(outcome.payload)).toMatchObject({
      errorType,
      errorMessage: expect.stringContaining(errorMessage),
    });
    expect(environment.isAlive()).toBe(false);
  });

  test.each([
    ["throws", "console.error = () => {}; throw new RangeError('at import')", "RangeError", "at import"],
    [
      "exports no handler",
      "console.error = () => {}; export {}",
      "Runtime.HandlerNotFound",
      "bundle.handler is",
    ],
  ])("reports a function whose module %s", async (_, source, errorType, errorMessage) => {
    const outcome = await (await run(source)).invoke("{}");
    expect(outcome.isFunctionError).toBe(true);
    expect(JSON.parse(outcome.payload)).toMatchObject({
      errorType,
      errorMessage: expect.stringContaining(errorMessage),
    });
  });
});
