import { describe, expect, test } from "vitest";
import { errorOf, ownLines, useRuntimeClient } from "../testing/runtime-clients.ts";

// What Lambda's Invoke gives back of a function that streams, which is all at once, whichever client it runs under.

const run = useRuntimeClient();

const streaming = (body: string) =>
  `export const handler = awslambda.streamifyResponse(async (event, stream, context) => { ${body} });`;

describe("a streaming handler gives", () => {
  test.each([
    [
      "what it has written",
      'stream.write("a"); stream.write("ä"); stream.end(String(event.nth));',
      ["aä1", "aä2"],
    ],
    ["nothing", "stream.end();", ["", ""]],
    [
      "objects as JSON",
      "stream.write({ a: 1 }); stream.write([2]); stream.end();",
      ['{"a":1}[2]', '{"a":1}[2]'],
    ],
    ["bytes", 'stream.write(new Uint8Array([65])); stream.end(Buffer.from("B"));', ["AB", "AB"]],
    [
      "what a pipeline brings",
      `const { pipeline } = await import("node:stream/promises"); const { Readable } = await import("node:stream");
      stream.setContentType("text/plain"); await pipeline(Readable.from(["a", "b"]), stream);`,
      ["ab", "ab"],
    ],
    [
      "what it writes after it has returned",
      'setTimeout(() => { stream.write("late"); stream.end(); }, 20);',
      ["late", "late"],
    ],
    [
      "status and headers, before the first write",
      `const http = awslambda.HttpResponseStream.from(stream, { statusCode: 201 }); http.write("a"); http.end("b");`,
      [`{"statusCode":201}${"\0".repeat(8)}ab`, `{"statusCode":201}${"\0".repeat(8)}ab`],
    ],
    [
      "no status and headers, where it writes nothing but its end",
      'awslambda.HttpResponseStream.from(stream, { statusCode: 201 }).end("a");',
      ["a", "a"],
    ],
  ])("%s", async (_, body, payloads) => {
    const outcomes = await run(streaming(body));
    expect(outcomes.map(({ payload }) => payload)).toEqual(payloads);
    expect(outcomes.map(({ isFunctionError }) => isFunctionError)).toEqual([false, false]);
  });

  test("no callback's error for its three parameters, and no return value", async () => {
    const [outcome] = await run(streaming('stream.end("x"); return 7;'));
    expect(outcome?.payload).toBe("x");
    expect(outcome && ownLines(outcome).map((line) => JSON.parse(line))).toMatchObject([
      { level: "WARN", message: "Streaming handlers ignore return values." },
    ]);
  });
});

describe("a streaming handler fails", () => {
  test.each([
    ["that throws", streaming('stream.write("a"); throw new RangeError("no");'), "RangeError", "no"],
    [
      "that ends with an object",
      streaming("stream.end({ a: 1 });"),
      "TypeError",
      expect.stringContaining("chunk"),
    ],
    ["that throws before it writes", streaming('throw new RangeError("no");'), "RangeError", "no"],
    [
      "that is not async",
      "export const handler = awslambda.streamifyResponse(() => {});",
      "Error",
      "Streaming does not support non-async handlers.",
    ],
    [
      "that sets the content type too late",
      streaming('stream.write("a"); stream.setContentType("text/plain");'),
      "Runtime.InvalidStreamingOperation",
      "Cannot set content-type, too late.",
    ],
  ])("%s, and lives on", async (_, source, errorType, errorMessage) => {
    const outcomes = await run(source);
    const expected = { isFunctionError: true, errorType, errorMessage, traced: true };
    expect(outcomes.map(errorOf)).toEqual([expected, expected]);
  });

  test("that throws after it has ended its stream, which is not for its caller", async () => {
    const outcomes = await run(streaming('stream.end("x"); throw new RangeError("no");'));
    for (const { payload, isFunctionError } of outcomes)
      expect([payload, isFunctionError]).toEqual(["x", false]);
    expect(outcomes).toHaveLength(2);
  });

  test.each([
    ["that destroys its stream", 'stream.write("x"); stream.destroy(new Error("no"));'],
    ["whose stream has an error", 'stream.emit("error", new Error("no"));'],
    [
      "whose pipeline breaks",
      `const { pipeline } = await import("node:stream/promises"); const { Readable } = await import("node:stream");
      await pipeline(Readable.from((async function* () { yield "a"; throw new Error("no"); })()), stream);`,
    ],
  ])("%s, and ends", async (_, body) => {
    const [outcome, ...more] = await run(streaming(body));
    expect(outcome && errorOf(outcome)).toMatchObject({
      errorType: "Runtime.ExitError",
      errorMessage: expect.stringContaining("exit status 1"),
    });
    expect(more).toEqual([]);
  });

  test("that never ends its stream, with its time", async () => {
    const [outcome, ...more] = await run(streaming('stream.write("a");'));
    expect(outcome && errorOf(outcome)).toMatchObject({ errorType: "Sandbox.Timedout" });
    expect(more).toEqual([]);
  });

  test("where only requests are marked as streams", async () => {
    const mark = 'Symbol.for("aws.lambda.runtime.handler.streaming")';
    const [outcome] = await run(`export const handler = async () => {}; handler[${mark}] = "request";`);
    expect(outcome && errorOf(outcome)).toMatchObject({
      errorType: "Runtime.MalformedStreamingHandler",
      errorMessage: "Only response streaming is supported.",
    });
  });
});
