import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, test } from "vitest";
import { freePort, runScript, startScript } from "../testing.ts";

const invoke = (...words: string[]) => runScript("invoke.ts", words);
const folder = mkdtempSync(join(tmpdir(), "lucky-invoke-"));
const linesOf = (stderr: string) =>
  stderr
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const ARTICLE_EVENT = '{"body": "{\\"name\\":\\"SilentByte\\", \\"count\\": 10}"}';

afterAll(() => rmSync(folder, { recursive: true }));

describe("invoke prints Lambda's result and nothing else", () => {
  test.each([
    ["for the function's own event.json", []],
    ["for --data", ["--data", ARTICLE_EVENT]],
    ["for --body", ["--body", '{"name":"SilentByte","count":10}']],
    ["for --event", ["--event", writeTemporary(ARTICLE_EVENT)]],
  ])("%s", async (_, words) => {
    const { stdout, stderr, exitCode } = await invoke("lucky-numbers", ...words);
    expect(exitCode).toBe(0);
    expect(linesOf(stderr)).toMatchObject([
      { type: "platform.initStart" },
      { type: "platform.start" },
      { level: "DEBUG", message: { message: "request", status: 200 } },
      {
        type: "platform.report",
        record: { status: "success", metrics: { memorySizeMB: 1024, initDurationMs: expect.any(Number) } },
      },
    ]);
    const { body, ...rest } = JSON.parse(stdout);
    expect(rest).toEqual({
      isBase64Encoded: false,
      statusCode: 200,
      headers: { "content-type": "application/json" },
    });
    const { message, numbers } = JSON.parse(body);
    expect(message).toBe("Hi, 'SILENTBYTE'. Your lucky numbers are:");
    expect(numbers).toHaveLength(10);
    for (const number of numbers) expect([...Array(41).keys()].map((index) => index + 1)).toContain(number);
  });

  test("and exits with 1 when the function fails, its log on stderr", async () => {
    const { stdout, stderr, exitCode } = await invoke("lucky-numbers", "--data", '{"Records":[]}');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      errorType: "UnsupportedEventError",
      trace: expect.any(Array),
    });
    expect(linesOf(stderr)).toMatchObject([
      { type: "platform.initStart" },
      { type: "platform.start" },
      { level: "ERROR", message: { errorType: "UnsupportedEventError" } },
      { type: "platform.report", record: { status: "error", errorType: "UnsupportedEventError" } },
    ]);
  });

  test("and its log as text where that is asked for", async () => {
    const { stderr } = await invoke("lucky-numbers", "--log-format", "text");
    const id = "[\\da-f-]{36}";
    expect(stderr).toMatch(
      new RegExp(
        `^INIT_START Runtime Version: nodejs:24\\S*\\tRuntime Version ARN: \\S+\nSTART RequestId: ${id} Version: \\$LATEST\n` +
          `\\d{4}-\\S+Z\\t${id}\\tDEBUG\\t{\n  message: 'request',\n[^}]+}\nEND RequestId: ${id}\nREPORT RequestId: ${id}\\t` +
          "Duration: [\\d.]+ ms\\tBilled Duration: \\d+ ms\\tMemory Size: 1024 MB\\tMax Memory Used: \\d+ MB\\tInit Duration: [\\d.]+ ms\n$",
      ),
    );
  });

  test("its stack traces name the TypeScript sources", async () => {
    const { stdout } = await invoke("lucky-numbers", "--data", "7");
    expect(JSON.parse(stdout).trace.join("\n")).toMatch(/packages\/gateway\/src\/dialect\.ts:\d+/);
  });
});

describe("invoke makes the event of a request", () => {
  test.each(["http", "rest", "url", "alb"])("as %s does", async (as) => {
    const words = ["--as", as, "--body", '{"name":"x","count":3}', "--header", "accept: */*"];
    const { stdout, exitCode } = await invoke("lucky-numbers", ...words);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ statusCode: 200, body: expect.stringContaining("Hi, 'X'") });
  });

  test("with any method, path, query, header and body", async () => {
    const asked = ["--as", "url", "--method", "get", "--path", "/nowhere", "--query", "a=1"];
    expect(JSON.parse((await invoke("lucky-numbers", ...asked)).stdout)).toMatchObject({ statusCode: 404 });
    const sent = ["--body", "not json", "--header", "Content-Type: text/plain"];
    expect(JSON.parse((await invoke("lucky-numbers", ...sent)).stdout)).toMatchObject({ statusCode: 415 });
  });

  test("and reads one from standard input", async () => {
    const child = startScript("invoke.ts", ["lucky-numbers", "--event", "-"], ARTICLE_EVENT);
    expect(JSON.parse(await text(child.stdout))).toMatchObject({ statusCode: 200 });
  });

  test("and repeats it, first cold, then warm", async () => {
    const { stderr } = await invoke("lucky-numbers", "--repeat", "3");
    const reports = stderr.split("\n").filter((line) => line.includes("platform.report"));
    const inits = reports.map((line) => JSON.parse(line).record.metrics.initDurationMs);
    expect(inits).toEqual([expect.any(Number), undefined, undefined]);
  });
});

test("invoke --inspect waits for a debugger", async () => {
  const port = await freePort();
  const child = startScript("invoke.ts", ["lucky-numbers", "--inspect", String(port)]);
  const result = text(child.stdout);
  const [notice] = await once(child.stderr.setEncoding("utf8"), "data");
  const debug = new WebSocket(String(notice).match(/ws:\S+/)?.[0] ?? "");
  await once(debug, "open");
  debug.send('{"id":1,"method":"Runtime.runIfWaitingForDebugger"}');
  expect(JSON.parse(await result)).toMatchObject({ statusCode: 200 });
  debug.close();
});

describe("event prints a complete event", () => {
  test.each([
    ["http", { version: "2.0", routeKey: "POST /lucky_numbers" }],
    ["rest", { resource: "/lucky_numbers", httpMethod: "POST" }],
    ["url", { routeKey: "$default" }],
    ["alb", { requestContext: { elb: expect.anything() } }],
  ])("of %s that invoke then runs", async (as, expected) => {
    const { stdout, exitCode } = await runScript("event.ts", ["lucky-numbers", "--as", as]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject(expected);
    const { stdout: result } = await invoke("lucky-numbers", "--event", writeTemporary(stdout));
    expect(JSON.parse(result)).toMatchObject({
      statusCode: 200,
      body: expect.stringContaining("SILENTBYTE"),
    });
  });

  test("and says what is wrong with a call", async () => {
    expect(await runScript("event.ts", [])).toMatchObject({ exitCode: 2, stdout: "" });
    expect((await runScript("event.ts", ["--help"])).stdout).toContain("Usage: pnpm -s event");
  });
});

describe("invoke called wrongly exits with 2, prints no result and says", () => {
  test.each<[string, string[], string]>([
    [
      "which functions there are",
      ["lucky"],
      'There is no function "lucky". The functions are: lucky-numbers',
    ],
    ["that a function is missing", [], "Name a function. The functions are: lucky-numbers"],
    ["that one is enough", ["lucky-numbers", "x"], 'Name one function; what are "x"?'],
    [
      "where --data is broken",
      ["lucky-numbers", "--data", '{"body"'],
      "--data is not JSON: it ends too soon",
    ],
    [
      "where --body is broken",
      ["lucky-numbers", "--body", "{x}"],
      "the mistake is at position 1 (line 1, column 2)",
    ],
    ["where the file is broken", ["lucky-numbers", "--event", writeTemporary("{")], "is not JSON"],
    ["which file is missing", ["lucky-numbers", "--event", "nowhere.json"], "no such file or directory"],
    ["that one event is enough", ["lucky-numbers", "--data", "1", "--body", "1"], "Give only one of"],
    [
      "which gateways there are",
      ["lucky-numbers", "--as", "soap"],
      '--as takes http, rest, url, alb, not "soap"',
    ],
    ["how a path looks", ["lucky-numbers", "--path", "draws"], "starts with a slash"],
    ["how a header looks", ["lucky-numbers", "--header", "x"], 'takes "name: value"'],
    ["how often it can repeat", ["lucky-numbers", "--repeat", "0"], "--repeat takes a number from 1"],
    ["which option is unknown", ["lucky-numbers", "--dta", "1"], "Unknown option '--dta'"],
  ])("%s", async (_, words, message) => {
    const { stdout, stderr, exitCode } = await invoke(...words);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toContain(message);
  });
});

test("invoke --help explains itself and exits with 0", async () => {
  const { stdout, exitCode } = await invoke("--help");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Runs an event.*Usage: pnpm invoke.*--data.*--event.*--body.*Exit code/s);
});

function writeTemporary(text: string): string {
  const file = join(folder, `${text.length}.json`);
  writeFileSync(file, text);
  return file;
}
