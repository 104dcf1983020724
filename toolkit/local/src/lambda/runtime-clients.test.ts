import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { errorOf, handler, ownLines, useRuntimeClient } from "../testing/runtime-clients.ts";

// What a function sees and what comes of it, whichever client it runs under.

const run = useRuntimeClient();

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
    const [outcome] = await run("exports.handler = (event) => event.nth;", { extension: "cjs" });
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
    [
      "one with a control character",
      "throw Object.assign(new Error('a\\x7fb'), { name: 'N\\x7f' });",
      "N%7F",
      "a%7Fb",
      true,
    ],
    [
      "one without a stack",
      "throw Object.assign(new Error('no'), { stack: undefined });",
      "Error",
      "no",
      false,
    ],
    [
      "one that cannot be read",
      "throw Object.assign(new Error('no'), { stack: 7 });",
      "handled",
      expect.stringContaining("there was a problem while retrieving"),
      false,
    ],
    ["one of 20 KB", "throw new Error('x'.repeat(20_000));", "Error", "x".repeat(20_000), true],
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
      undefined,
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
  const WITHOUT_REASON = "Runtime exited without providing a reason";
  test.each([
    ["an exit", handler("process.exit(3);"), "Runtime.ExitError", `${EXITED}: exit status 3`],
    ["a clean exit", handler("process.exit(0);"), "Runtime.ExitError", WITHOUT_REASON],
    [
      "a promise that never settles, with nothing else to wait for",
      handler("await new Promise(() => {});"),
      "Runtime.ExitError",
      WITHOUT_REASON,
    ],
    [
      "a signal",
      handler("process.kill(process.pid, 'SIGTERM'); await new Promise(() => setInterval(() => {}, 50));"),
      "Runtime.ExitError",
      `${EXITED}: signal: terminated`,
    ],
    [
      "a rejection that nobody handles, of a handler that has returned",
      handler("Promise.reject(new Error('no')); return 1;"),
      "Runtime.ExitError",
      `${EXITED}: exit status 1`,
    ],
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
    expect(outcome && errorOf(outcome)).toEqual({
      isFunctionError: true,
      errorType,
      errorMessage: `RequestId: ${outcome?.report.requestId} Error: ${message}`,
      traced: undefined,
    });
    expect(more).toEqual([]);
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
    expect(keys).toEqual([
      "awsRequestId",
      "clientContext",
      "functionName",
      "functionVersion",
      "getRemainingTimeInMillis",
      "identity",
      "invokedFunctionArn",
      "logGroupName",
      "logStreamName",
      "memoryLimitInMB",
      "tenantId",
      "xRayTraceId",
    ]);
  });
});

describe("a trace of AWS X-Ray", () => {
  test("is of one invocation, and not sampled", async () => {
    const atInit = "const atInit = process.env._X_AMZN_TRACE_ID ?? null;";
    const outcomes = await run(
      `${atInit} ${handler("return [atInit, process.env._X_AMZN_TRACE_ID, context.xRayTraceId];")}`,
    );
    const [first, second] = outcomes.map(({ payload }) => JSON.parse(payload));
    expect(first).toEqual([
      null,
      expect.stringMatching(/^Root=1-[\da-f]{8}-[\da-f]{24};Parent=[\da-f]{16};Sampled=0;Lineage=/),
      first[1],
    ]);
    expect(second[1]).not.toBe(first[1]);
  });
});

describe("globally, there", () => {
  const ADDED = "Object.keys(Object.getOwnPropertyDescriptors(globalThis))";

  test("is what Node has, and what AWS's client adds", async () => {
    const [outcome] = await run(
      `const names = ${ADDED}; ${handler("return { names, awslambda: Object.keys(awslambda).sort() };")}`,
    );
    const { names, awslambda } = JSON.parse(outcome?.payload ?? "");
    const nodes = spawnSync(
      process.execPath,
      ["--input-type=module", "--eval", `console.log(JSON.stringify(${ADDED}))`],
      { encoding: "utf8" },
    );
    const known = new Set(JSON.parse(nodes.stdout));
    expect(names.filter((name: string) => !known.has(name)).sort()).toEqual(["awslambda", "gc"]);
    expect(awslambda).toEqual(["HttpResponseStream", "InvokeStore", "streamifyResponse"]);
  });

  test("is no awslambda for a function that does not want it", async () => {
    const [outcome] = await run(handler("return typeof awslambda;"), {
      variables: { AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA: "1" },
    });
    expect(outcome?.payload).toBe('"undefined"');
  });

  test("is a store of the invocation", async () => {
    const [outcome] = await run(
      handler(`
        const { InvokeStore: store } = awslambda;
        store.set("mine", 7);
        let refusal;
        try { store.set(Symbol.for("_AWS_LAMBDA_REQUEST_ID"), "x"); } catch (error) { refusal = error.message; }
        return [store.getRequestId() === context.awsRequestId, store.getXRayTraceId() === context.xRayTraceId,
          store.getTenantId() === undefined, store.hasContext(), store.get("mine"), refusal];`),
    );
    const refusal = "Cannot modify protected Lambda context field: Symbol(_AWS_LAMBDA_REQUEST_ID)";
    expect(JSON.parse(outcome?.payload ?? "")).toEqual([true, true, true, true, 7, refusal]);
  });
});

describe("the log", () => {
  const LINES = handler(`
    console.log("one"); console.info({ a: 1 }); console.warn("two", 2, { b: [1] }); console.debug("%s-%d", "f", 3);
    console.error(new RangeError("no")); console.error("it", Object.assign(new TypeError("broke"), { extra: 1 })); console.error(new Error("first"), "more"); console.log("a\\nb"); console.trace("t"); console.fatal("f");
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
      { level: "ERROR", message: expect.stringMatching(/^Error: first\n(?:.|\n)* more$/) },
      { level: "INFO", message: "a\nb" },
      { level: "TRACE", message: "t" },
      { level: "FATAL", message: "f" },
      { level: "INFO", message: expect.stringMatching(/^<ref \*1>/) },
      { level: "INFO" },
      "raw",
    ]);
  });

  test("in text", async () => {
    const [outcome] = await run(LINES, { logFormat: "text" });
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
      expect.stringMatching(/^@\tid\tERROR\tError: first\n(?:.|\n)* more$/),
      "@\tid\tINFO\ta\nb",
      "@\tid\tTRACE\tt",
      "@\tid\tFATAL\tf",
      expect.stringMatching(/^@\tid\tINFO\t<ref \*1>/),
      "@\tid\tINFO\tundefined",
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
    const [outcome] = await run(handler("throw Object.assign(new RangeError('no'), { extra: 1 });"), {
      logFormat: "text",
    });
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

  /** What the log says in text of what this handler throws. */
  async function thrown(body: string) {
    const [outcome] = await run(handler(body), { logFormat: "text" });
    const [line = ""] = outcome ? ownLines(outcome) : [];
    return JSON.parse(line.slice(line.indexOf("{")));
  }

  test("has errors that what was thrown holds, in text", async () => {
    expect(
      await thrown(
        "throw Object.assign(new Error('no'), { inner: Object.assign(new RangeError('why'), { code: 'E' }) });",
      ),
    ).toMatchObject({
      errorMessage: "no",
      inner: { errorType: "RangeError", errorMessage: "why", code: "E", stack: expect.any(Array) },
    });
  });

  test("has what was thrown also where it holds itself, in text", async () => {
    const error = await thrown("const error = new RangeError('no'); error.self = error; throw error;");
    expect(error).toEqual({ errorType: "RangeError", errorMessage: "no", trace: expect.any(Array) });
  });

  test.each(["json", "text"] as const)("has nothing below the level, in %s", async (logFormat) => {
    const [outcome] = await run(
      handler(
        "for (const level of ['trace', 'debug', 'info', 'log', 'warn', 'error']) console[level](level);",
      ),
      { logFormat, variables: { AWS_LAMBDA_LOG_LEVEL: "warn" } },
    );
    const lines = outcome ? ownLines(outcome) : [];
    expect(lines).toEqual([expect.stringContaining("WARN"), expect.stringContaining("ERROR")]);
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
