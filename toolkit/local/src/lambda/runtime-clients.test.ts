import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildAwsRuntimeClient } from "./aws-runtime-client.ts";
import { bundleBootstrap } from "./bundle.ts";
import { type InvocationResult, startEnvironment } from "./environment.ts";
import type { LogFormat } from "./platform-log.ts";

// What a function sees and what comes of it, whichever client it runs under: this package's own, or AWS's where
// RUNTIME_CLIENT is aws (`pnpm test:ric`).
const isAws = process.env.RUNTIME_CLIENT === "aws";

const folder = mkdtempSync(join(tmpdir(), "lucky-clients-"));
let runtimeClient: string;
beforeAll(async () => {
  runtimeClient = isAws
    ? await buildAwsRuntimeClient((notice) => process.stderr.write(`${notice}\n`))
    : await bundleBootstrap(folder);
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs two events in a function that is this JavaScript, as a module or not. */
async function run(
  source: string,
  logFormat: LogFormat = "json",
  extension = "mjs",
): Promise<readonly InvocationResult[]> {
  const taskRoot = mkdtempSync(join(folder, "function-"));
  writeFileSync(join(taskRoot, `bundle.${extension}`), source);
  const limits = { timeoutSeconds: 1, memoryMegabytes: 256 };
  const environment = await startEnvironment({
    functionName: "test",
    taskRoot,
    runtimeClient,
    isAwsClient: isAws,
    logFormat,
    ...limits,
  });
  try {
    const first = await environment.invoke('{"nth":1}');
    return environment.isAlive() ? [first, await environment.invoke('{"nth":2}')] : [first];
  } finally {
    environment.stop();
  }
}

const handler = (body: string) => `export const handler = async (event, context) => { ${body} };`;
/** An error in Lambda's shape, and what comes of the next event: "lives" or "dies". */
const errorOf = ({ payload, isFunctionError }: InvocationResult) => {
  const { errorType, errorMessage, trace } = JSON.parse(payload);
  return { isFunctionError, errorType, errorMessage, traced: trace.length > 0 };
};
const ownLines = ({ logs }: InvocationResult) =>
  logs.filter(({ from }) => from === "function").map(({ text }) => text);

describe("a result", () => {
  test.each([
    ["an object", 'return { a: "ä", n: event.nth };', ['{"a":"ä","n":1}', '{"a":"ä","n":2}']],
    ["undefined", "return undefined;", ["null", "null"]],
    ["null", "return null;", ["null", "null"]],
    ["text", 'return "x";', ['"x"', '"x"']],
    ["with what JSON leaves out", "return { f() {}, u: undefined, n: NaN };", ['{"n":null}', '{"n":null}']],
    ["of a promise", "return new Promise((resolve) => setTimeout(resolve, 10, event.nth));", ["1", "2"]],
    [
      "of 6 MB",
      'return "x".repeat(6_291_554);',
      [`"${"x".repeat(6_291_554)}"`, `"${"x".repeat(6_291_554)}"`],
    ],
  ])("that is %s comes back", async (_, body, payloads) => {
    const outcomes = await run(handler(body));
    expect(outcomes.map(({ payload }) => payload)).toEqual(payloads);
    expect(outcomes.map(({ isFunctionError }) => isFunctionError)).toEqual([false, false]);
  });

  test("of a function that is no async one comes back as well, also from CommonJS", async () => {
    const [outcome] = await run("exports.handler = (event) => event.nth;", "json", "cjs");
    expect(outcome?.payload).toBe("1");
  });

  test("of a module with top-level await comes back", async () => {
    const [outcome] = await run(
      `const x = await new Promise((resolve) => setTimeout(resolve, 20, 7)); ${handler("return x;")}`,
    );
    expect(outcome?.payload).toBe("7");
  });
});

describe("an error, after which the function lives on:", () => {
  test.each([
    ["a thrown Error", "throw new TypeError('no');", "TypeError", "no", true],
    ["a rejected promise", "return Promise.reject(new RangeError('no'));", "RangeError", "no", true],
    ["thrown text", "throw 'no';", "string", "no", false],
    ["a thrown number", "throw 7;", "number", "7", false],
    ["a thrown object", "throw { a: 1 };", "object", "[object Object]", false],
    ["a function for a result", "return () => {};", "TypeError", "Wrong arguments", true],
    ["thrown nothing", "throw undefined;", "undefined", "undefined", false],
    [
      "a circular result",
      "const result = {}; result.self = result; return result;",
      "Runtime.JSONStringifyError",
      "Unable to stringify response body",
      true,
    ],
    [
      "a result with a BigInt",
      "return 1n;",
      "Runtime.JSONStringifyError",
      "Unable to stringify response body",
      true,
    ],
    [
      "a result above 6 MB",
      'return "x".repeat(6_291_555);',
      "Function.ResponseSizeTooLarge",
      "Response payload size (6291557 bytes) exceeded maximum allowed payload size (6291556 bytes).",
      false,
    ],
  ])("%s", async (_, body, errorType, errorMessage, traced) => {
    const outcomes = await run(handler(body));
    const expected = { isFunctionError: true, errorType, errorMessage, traced };
    expect(outcomes.map(errorOf)).toEqual([expected, expected]);
  });

  test("one thrown at once", async () => {
    const outcomes = await run("export const handler = () => { throw new Error('no'); };");
    expect(outcomes.map(errorOf)).toMatchObject([{ errorType: "Error" }, { errorType: "Error" }]);
  });
});

describe("an error of which the function dies:", () => {
  const EXITED = "Runtime exited with error";
  test.each([
    ["an exit", handler("process.exit(3);"), "Runtime.ExitError", `${EXITED}: exit status 3`],
    ["a clean exit", handler("process.exit(0);"), "Runtime.ExitError", `${EXITED}: exit status 0`],
    [
      "a rejection that nobody handles",
      handler("Promise.reject(new Error('no')); await new Promise(() => setInterval(() => {}, 50));"),
      "Runtime.ExitError",
      `${EXITED}: exit status 1`,
    ],
    [
      "an error thrown in a timer",
      handler(
        "setTimeout(() => { throw new Error('no'); }); await new Promise(() => setInterval(() => {}, 50));",
      ),
      "Runtime.ExitError",
      `${EXITED}: exit status 1`,
    ],
    [
      "what cannot be told as text",
      handler("throw Object.create(null);"),
      "Runtime.ExitError",
      `${EXITED}: exit status 1`,
    ],
    ["a loop without end", handler("for (;;);"), "Sandbox.Timedout", "Task timed out after 1.00 seconds"],
    [
      "no answer",
      handler("await new Promise(() => setInterval(() => {}, 50));"),
      "Sandbox.Timedout",
      "Task timed out after 1.00 seconds",
    ],
  ])("%s", async (_, source, errorType, message) => {
    const [outcome, ...more] = await run(source);
    expect(outcome && errorOf(outcome)).toMatchObject({
      isFunctionError: true,
      errorType,
      errorMessage: expect.stringContaining(message),
    });
    expect(more).toEqual([]);
  });
});

describe("a function that cannot be started:", () => {
  test.each([
    ["its module throws", `throw new RangeError("at import"); ${handler("")}`, "RangeError", "at import"],
    ["its module throws text", `throw "at import"; ${handler("")}`, "string", "at import"],
    [
      "it exports no handler",
      "export const other = 1;",
      "Runtime.HandlerNotFound",
      "bundle.handler is undefined or not exported",
    ],
    [
      "its handler is no function",
      "export const handler = 7;",
      "Runtime.HandlerNotFound",
      "bundle.handler is not a function",
    ],
    [
      "its handler takes a callback",
      "export const handler = (event, context, callback) => callback(null, 1);",
      "Runtime.CallbackHandlerDeprecated",
      "callback",
    ],
    [
      "its module is no JavaScript",
      "export const handler = ;",
      "Runtime.UserCodeSyntaxError",
      "SyntaxError: Unexpected token ';'",
    ],
    [
      "its module imports what is not there",
      `import "./missing.mjs"; ${handler("")}`,
      "Error",
      "Cannot find module",
    ],
    ["its module exits", `process.exit(4); ${handler("")}`, "Runtime.ExitError", "exit status 4"],
  ])("%s", async (_, source, errorType, message) => {
    const [outcome] = await run(source);
    expect(outcome && errorOf(outcome)).toMatchObject({
      isFunctionError: true,
      errorType,
      errorMessage: expect.stringContaining(message),
    });
  });

  test("its file is not there", async () => {
    const [outcome] = await run("", "json", "txt");
    expect(outcome && errorOf(outcome)).toMatchObject({
      errorType: "Runtime.ImportModuleError",
      errorMessage: expect.stringMatching(/^Error: Cannot find module 'bundle'/),
    });
  });
});

describe("the context", () => {
  test("has what Lambda tells", async () => {
    const [outcome] = await run(
      handler(
        "return { ...context, left: context.getRemainingTimeInMillis(), keys: Object.keys(context).sort() };",
      ),
    );
    const { keys, left, ...context } = JSON.parse(outcome?.payload ?? "");
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(1000);
    expect(context).toMatchObject({
      awsRequestId: outcome?.report.requestId,
      functionName: "test",
      functionVersion: "$LATEST",
      invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:test",
      logGroupName: "/aws/lambda/test",
      memoryLimitInMB: "256",
    });
    expect(keys).not.toContain("callbackWaitsForEmptyEventLoop");
  });
});

describe("the log", () => {
  const LINES = handler(`
    console.log("one"); console.info({ a: 1 }); console.warn("two", 2, { b: [1] }); console.debug("%s-%d", "f", 3);
    console.error(new RangeError("no")); console.error("it", new TypeError("broke")); console.log("a\\nb"); console.trace("t"); console.fatal("f");
    const self = {}; self.self = self; console.log(self); console.log(); process.stdout.write("raw\\n");`);

  test("in JSON", async () => {
    const [outcome] = await run(LINES);
    const requestId = outcome?.report.requestId;
    const lines = (outcome ? ownLines(outcome) : []).map((line) => {
      if (line === "raw") return line;
      const { timestamp, ...rest } = JSON.parse(line);
      expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
      expect(rest.requestId).toBe(requestId);
      delete rest.requestId;
      return rest;
    });
    const stackTrace = expect.arrayContaining([expect.stringContaining("at ")]);
    expect(lines).toEqual([
      { level: "INFO", message: "one" },
      { level: "INFO", message: { a: 1 } },
      { level: "WARN", message: "two 2 { b: [ 1 ] }" },
      { level: "DEBUG", message: "f-3" },
      { level: "ERROR", message: { errorType: "RangeError", errorMessage: "no", stackTrace } },
      {
        level: "ERROR",
        message: expect.stringMatching(/^it TypeError: broke\n/),
        errorType: "TypeError",
        errorMessage: "broke",
        stackTrace,
      },
      { level: "INFO", message: "a\nb" },
      { level: "TRACE", message: "t" },
      { level: "FATAL", message: "f" },
      { level: "INFO", message: expect.stringMatching(/^<ref \*1>/) },
      { level: "INFO" },
      "raw",
    ]);
  });

  test("in text", async () => {
    const [outcome] = await run(LINES, "text");
    const requestId = outcome?.report.requestId;
    const lines = (outcome ? ownLines(outcome) : []).map((line) =>
      line.replace(/^\d{4}-\S+Z\t/, "@\t").replace(`\t${requestId}\t`, "\tid\t"),
    );
    expect(lines).toEqual([
      "@\tid\tINFO\tone",
      "@\tid\tINFO\t{ a: 1 }",
      "@\tid\tWARN\ttwo 2 { b: [ 1 ] }",
      "@\tid\tDEBUG\tf-3",
      expect.stringMatching(/^@\tid\tERROR\tRangeError: no\n {4}at /),
      expect.stringMatching(/^@\tid\tERROR\tit TypeError: broke\n {4}at /),
      "@\tid\tINFO\ta\nb",
      "@\tid\tTRACE\tt",
      "@\tid\tFATAL\tf",
      expect.stringMatching(/^@\tid\tINFO\t<ref \*1>/),
      expect.stringMatching(/^@\tid\tINFO\t/),
      "raw",
    ]);
  });

  test("has what was thrown, in JSON", async () => {
    const [outcome] = await run(handler("throw Object.assign(new RangeError('no'), { extra: 1 });"));
    const lines = (outcome ? ownLines(outcome) : []).map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      {
        level: "ERROR",
        message: { errorType: "RangeError", errorMessage: "no", extra: 1, stackTrace: expect.any(Array) },
      },
    ]);
  });

  test("has what was thrown, in text", async () => {
    const [outcome] = await run(handler("throw Object.assign(new RangeError('no'), { extra: 1 });"), "text");
    const [line = "", ...more] = outcome ? ownLines(outcome) : [];
    expect(more).toEqual([]);
    const [, , level, what, nothing, json] = line.replace("\t", "\t").split("\t");
    expect([level, what, nothing]).toEqual(["ERROR", "Invoke Error ", expect.any(String)]);
    expect(JSON.parse(json ?? nothing ?? "")).toEqual({
      errorType: "RangeError",
      errorMessage: "no",
      extra: 1,
      stack: expect.arrayContaining(["RangeError: no"]),
    });
  });

  test("has what a module threw", async () => {
    const [outcome] = await run(`throw new RangeError("at import"); ${handler("")}`);
    const lines = (outcome ? ownLines(outcome) : []).flatMap((line) =>
      line.startsWith("{") ? [JSON.parse(line)] : [],
    );
    expect(lines).toMatchObject([
      { level: "ERROR", message: { errorType: "RangeError", errorMessage: "at import" } },
    ]);
  });
});
