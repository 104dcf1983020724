import { describe, expect, test } from "vitest";
import { errorOf, handler, useRuntimeClient } from "../testing/runtime-clients.ts";
import type { InvocationResult } from "./environment.ts";

// What comes of a function before its first event, whichever client it runs under.

const run = useRuntimeClient();

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
      "ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24.",
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
    [
      "its module awaits what never comes, with nothing else to wait for",
      `await new Promise(() => {}); ${handler("")}`,
      "Runtime.ExitError",
      "Runtime exited without providing a reason",
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
    const [outcome] = await run("", { extension: "txt" });
    expect(outcome && errorOf(outcome)).toMatchObject({
      errorType: "Runtime.ImportModuleError",
      errorMessage: expect.stringMatching(/^Error: Cannot find module 'bundle'/),
    });
  });

  test("its module requires what is not there", async () => {
    const [outcome] = await run('require("missing"); exports.handler = async () => {};', {
      extension: "cjs",
    });
    expect(outcome && errorOf(outcome)).toMatchObject({
      errorType: "Runtime.ImportModuleError",
      errorMessage: expect.stringMatching(
        /^Error: Cannot find module 'missing'\nRequire stack:\n- .*bundle.cjs/,
      ),
    });
  });

  test("its module is no JavaScript, and the trace is of that", async () => {
    const [outcome] = await run("export const handler = ;");
    const { trace } = JSON.parse(outcome?.payload ?? "");
    expect(trace[0]).toBe("SyntaxError: Unexpected token ';'");
  });
});

describe("an init that takes longer than it may", () => {
  /** A module that never gets ready, unless it has been run so often before; then it does after 0.2 seconds. */
  const slow = (tries: number) => `
    import { appendFileSync, readFileSync } from "node:fs";
    const log = new URL("tries", import.meta.url);
    appendFileSync(log, "x");
    console.log("at init");
    const milliseconds = readFileSync(log).length <= ${tries} ? Infinity : 200;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
    ${handler("console.log('in the handler'); return [event.nth, context.getRemainingTimeInMillis()];")}`;
  const kinds = ({ logs }: InvocationResult) =>
    logs.map(({ text }) => {
      const { type, record, message } = JSON.parse(text);
      return type ? [type, record.phase, record.status].filter(Boolean).join(" ") : message;
    });

  test("is tried again, in the time of the invocation", async () => {
    const [first, second] = await run(slow(1), { initTimeoutMs: 2000, timeoutSeconds: 10 });
    expect(first && kinds(first)).toEqual([
      "platform.initStart init",
      "at init",
      "platform.initReport init timeout",
      "at init",
      "platform.start",
      "in the handler",
      "platform.report success",
    ]);
    const [nth, left] = JSON.parse(first?.payload ?? "");
    expect(nth).toBe(1);
    expect(left).toBeLessThanOrEqual(9800); // the second init's time is the invocation's
    expect(first?.report).not.toHaveProperty("initDurationMs");
    expect(JSON.parse(second?.payload ?? "")[0]).toBe(2);
    expect(second?.environment).toBe(first?.environment);
  });

  test("twice, ends with the invocation's time", async () => {
    const [outcome, ...more] = await run(slow(2), { initTimeoutMs: 2000, timeoutSeconds: 2 });
    expect(outcome && kinds(outcome)).toEqual([
      "platform.initStart init",
      "at init",
      "platform.initReport init timeout",
      "at init",
      "platform.initReport invoke timeout",
      "platform.start",
      "platform.report timeout",
    ]);
    expect(outcome && errorOf(outcome)).toEqual({
      isFunctionError: true,
      errorType: "Sandbox.Timedout",
      errorMessage: `RequestId: ${outcome?.report.requestId} Error: Task timed out after 2.00 seconds`,
      traced: undefined,
    });
    expect(more).toEqual([]);
  });
});
