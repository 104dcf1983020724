import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { writeApplication } from "@lucky/fixture/write-application";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { freePorts } from "../testing/free-ports.ts";
import { runScript, startScript } from "../testing/testing.ts";

const invoke = (...words: string[]) => runScript("invoke.ts", words);
const folder = mkdtempSync(join(tmpdir(), "lucky-invoke-"));
const linesOf = (stderr: string) =>
  stderr
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const EVENT = '{"body": "{\\"name\\":\\"Ada\\", \\"count\\": 2}"}';

afterAll(() => rmSync(folder, { recursive: true }));

describe("invoke prints Lambda's result and nothing else", () => {
  test.each([
    ["for the function's own event.json", []],
    ["for --data", ["--data", EVENT]],
    ["for --body", ["--body", '{"name":"Ada","count":2}']],
    ["for --event", ["--event", writeTemporary(EVENT)]],
  ])("%s", async (_, words) => {
    const { stdout, stderr, exitCode } = await invoke("greet", ...words);
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
    expect(JSON.parse(body)).toEqual({ message: "Hello, ADA!", greetings: ["Hello, ADA!", "Hello, ADA!"] });
  });

  test("and exits with 1 when the function fails, its log on stderr", async () => {
    const { stdout, stderr, exitCode } = await invoke("greet", "--data", '{"Records":[]}');
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

  test("of which nothing is what the contract does not have, and a Date is text", async () => {
    const { body } = JSON.parse((await invoke("read-order")).stdout);
    expect(JSON.parse(body)).toEqual({
      id: "7",
      state: "open",
      placedAt: "2026-01-31T12:00:00.000Z",
      items: [{ sku: "pen", price: 3, shippedAt: null }],
    });
    const archived = JSON.parse((await invoke("read-order", "--path", "/orders/404")).stdout);
    expect(archived.statusCode).toBe(410);
    expect(JSON.parse(archived.body)).toEqual({
      type: "https://example.com/problems/order-archived",
      title: "The order is archived",
      status: 410,
      detail: "Ask the archive.",
      instance: expect.any(String),
      archivedAt: "2026-01-31T12:00:00.000Z",
      shelf: "B7",
    });
  });

  test("and its log as text where that is asked for", async () => {
    const { stderr } = await invoke("greet", "--log-format", "text");
    const id = "[\\da-f-]{36}";
    expect(stderr).toMatch(
      new RegExp(
        `^INIT_START Runtime Version: nodejs:24\\S*\\tRuntime Version ARN: \\S+\nSTART RequestId: ${id} Version: \\$LATEST\n` +
          `\\d{4}-\\S+Z\\t${id}\\tDEBUG\\t{\n  message: 'request',\n[^}]+}\nEND RequestId: ${id}\nREPORT RequestId: ${id}\\t` +
          "Duration: [\\d.]+ ms\\tBilled Duration: \\d+ ms\\tMemory Size: 1024 MB\\tMax Memory Used: \\d+ MB\\tInit Duration: [\\d.]+ ms\n$",
      ),
    );
  });

  test("with nothing in it, or in the log, that acts on a terminal", async () => {
    const key = "7\u009b2J";
    const words = ["--body", '{"text":"\u202ex"}', "--header", `idempotency-key: ${key}`];
    const { stdout, stderr } = await invoke("create-note", ...words);
    for (const character of ["\u009b", "\u202e"]) expect(stdout + stderr).not.toContain(character);
    expect(JSON.parse(stdout).headers.location).toBe(`/notes/${key}`);
    expect(linesOf(stderr)).toContainEqual(
      expect.objectContaining({ level: "INFO", message: { message: "note kept", id: key } }),
    );
  });

  test("its stack traces name the TypeScript sources", async () => {
    const { stdout } = await invoke("greet", "--data", "7");
    expect(JSON.parse(stdout).trace.join("\n")).toMatch(/toolkit\/gateway\/src\/http\/[\w/-]+\.ts:\d+/);
  });
});

describe("invoke makes the event of a request", () => {
  test.each(["http", "rest", "url", "alb"])("as %s does", async (as) => {
    const words = ["--as", as, "--body", '{"name":"x","count":3}', "--header", "accept: */*"];
    const { stdout, exitCode } = await invoke("greet", ...words);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ statusCode: 200, body: expect.stringContaining("Hello, X!") });
  });

  test("with any method, path, query, header and body", async () => {
    const asked = ["--as", "url", "--method", "get", "--path", "/nowhere", "--query", "a=1"];
    expect(JSON.parse((await invoke("greet", ...asked)).stdout)).toMatchObject({ statusCode: 404 });
    const sent = ["--body", "not json", "--header", "Content-Type: text/plain"];
    expect(JSON.parse((await invoke("greet", ...sent)).stdout)).toMatchObject({ statusCode: 415 });
  });

  test("and reads one from standard input", async () => {
    const child = startScript("invoke.ts", ["greet", "--event", "-"], EVENT);
    expect(JSON.parse(await text(child.stdout))).toMatchObject({ statusCode: 200 });
  });

  test("and repeats it, first cold, then warm", async () => {
    const { stderr } = await invoke("greet", "--repeat", "3");
    const reports = stderr.split("\n").filter((line) => line.includes("platform.report"));
    const inits = reports.map((line) => JSON.parse(line).record.metrics.initDurationMs);
    expect(inits).toEqual([expect.any(Number), undefined, undefined]);
  });
});

test("invoke --repeat exits with 1 where any run failed, though the last did not", async () => {
  const cwd = writeApplication({
    "packages/contracts/src/index.ts":
      'export const api = { a: { method: "GET", path: "/a", summary: "", reply: { 204: null } } };',
    "functions/a/package.json": '{ "lambda": { "memoryMegabytes": 128, "timeoutSeconds": 3 } }',
    "functions/a/src/handler.ts": `let runs = 0;
      export const handler = async () => { if (runs++ === 0) throw new Error("first"); return runs; };`,
  });
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const words = ["a", "--data", "{}", "--repeat", "2"];
  const { stdout, exitCode } = await runScript("invoke.ts", words, { cwd });
  expect({ isLastGood: stdout.endsWith("}\n2\n"), exitCode }, stdout).toEqual({
    isLastGood: true,
    exitCode: 1,
  });
});

test("invoke --inspect waits for a debugger", async () => {
  const port = await freePorts();
  const child = startScript("invoke.ts", ["greet", "--inspect", String(port)]);
  const result = text(child.stdout);
  const [notice] = await once(child.stderr.setEncoding("utf8"), "data");
  const debug = new WebSocket(String(notice).match(/ws:\S+/)?.[0] ?? "");
  await once(debug, "open");
  debug.send('{"id":1,"method":"Runtime.runIfWaitingForDebugger"}');
  expect(JSON.parse(await result)).toMatchObject({ statusCode: 200 });
  debug.close();
});

test("invoke --inspect says when its port is in use, and runs nothing", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo; // listening on TCP
  const ended = await invoke("greet", "--inspect", String(port));
  other.close();
  const stderr = `Port ${port} is in use, and --inspect needs it for debuggers. Choose another.\n`;
  expect(ended).toEqual({ stdout: "", stderr, exitCode: 1 });
});

describe("event prints a complete event", () => {
  test.each([
    ["http", { version: "2.0", routeKey: "POST /greetings" }],
    ["rest", { resource: "/greetings", httpMethod: "POST" }],
    ["url", { routeKey: "$default" }],
    ["alb", { requestContext: { elb: expect.anything() } }],
  ])("of %s that invoke then runs", async (as, expected) => {
    const { stdout, exitCode } = await runScript("event.ts", ["greet", "--as", as]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject(expected);
    const { stdout: result } = await invoke("greet", "--event", writeTemporary(stdout));
    expect(JSON.parse(result)).toMatchObject({
      statusCode: 200,
      body: expect.stringContaining("Hello, ADA!"),
    });
  });

  test("with the contract's example for a body, or the one that is given", async () => {
    const bodyOf = async (...words: string[]) =>
      JSON.parse(JSON.parse((await runScript("event.ts", ["greet", ...words])).stdout).body);
    expect(await bodyOf()).toEqual({ name: "Ada", count: 2 });
    expect(await bodyOf("--body", '{"name":"Bo"}')).toEqual({ name: "Bo" });
  });

  test("with the contract's examples for each of its parts", async () => {
    const { stdout } = await runScript("event.ts", ["search-notes"]);
    const { stdout: result } = await invoke("search-notes", "--event", writeTemporary(stdout));
    expect(JSON.parse(result)).toMatchObject({
      statusCode: 200,
      body: expect.stringContaining('"session":"s!1"'),
    });
  });

  test("and what is given in the place of an example", async () => {
    const words = [
      "search-notes",
      "--path",
      "/users/Ada Lovelace/notes?q=x",
      "--header",
      "Authorization: Bearer y",
    ];
    const event = JSON.parse((await runScript("event.ts", words)).stdout);
    expect(event).toMatchObject({
      rawPath: "/users/Ada Lovelace/notes",
      rawQueryString: "q=x",
      cookies: ["session=s!1"],
      headers: { authorization: "Bearer y" },
    });
    const bytes = ["measure-image", "--body", "x", "--header", "content-type: image/gif"];
    expect(JSON.parse((await runScript("event.ts", bytes)).stdout)).toMatchObject({
      body: "eA==",
      headers: { "content-type": "image/gif" },
    });
  });

  test.each([
    ["that a function is missing", [], "Name a function. The functions are: greet, create-note, "],
    ["that one is enough", ["greet", "x", "y"], 'Name one function: unexpected argument "x", "y".'],
    [
      "that a path has no braces",
      ["read-note", "--path", "/notes/{id}"],
      "Give a path without braces that starts with a slash: --path, for /notes/{id}",
    ],
  ])("or says what is wrong with a call: %s", async (_, words, message) => {
    const { stdout, stderr, exitCode } = await runScript("event.ts", words);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toContain(message);
  });

  test("and explains itself", async () => {
    const { stdout, exitCode } = await runScript("event.ts", ["--help"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Usage: pnpm -s event.*The functions are: greet, create-note, .*--body/s);
  });
});

describe("invoke called wrongly exits with 2, prints no result and says", () => {
  test.each<[string, string[], string]>([
    [
      "which functions there are",
      ["gret"],
      'There is no function "gret". The functions are: greet, create-note, ',
    ],
    ["that a function is missing", [], "Name a function. The functions are: greet, create-note, "],
    [
      "that one is enough",
      ["greet", "x"],
      "Name one function: unexpected argument \"x\". Quote JSON in '…'.",
    ],
    ["where --data is broken", ["greet", "--data", '{"body"'], "--data is not JSON: it ends too soon"],
    ["where --body is broken", ["greet", "--body", "{x}"], "the mistake is at position 1 (line 1, column 2)"],
    ["where the file is broken", ["greet", "--event", writeTemporary("{")], "is not JSON"],
    ["which file is missing", ["greet", "--event", "nowhere.json"], "no such file or directory"],
    ["that one event is enough", ["greet", "--data", "1", "--body", "1"], "Give only one of"],
    ["which gateways there are", ["greet", "--as", "soap"], '--as takes http, rest, url, alb, not "soap"'],
    ["how a path looks", ["greet", "--path", "draws"], "starts with a slash"],
    ["how a header looks", ["greet", "--header", "x"], 'takes "name: value"'],
    ["how often it can repeat", ["greet", "--repeat", "0"], "--repeat takes a number from 1"],
    ["which option is unknown", ["greet", "--dta", "1"], "Unknown option '--dta'"],
  ])("%s", async (_, words, message) => {
    const { stdout, stderr, exitCode } = await invoke(...words);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toContain(message);
  });
});

test("invoke --help explains itself and exits with 0", async () => {
  const { stdout, exitCode } = await invoke("--help");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /^Runs an event.*Usage: pnpm invoke.*The functions are: greet, create-note, .*--data.*--event.*--body.*Exit code/s,
  );
});

function writeTemporary(text: string): string {
  const file = join(folder, `${text.length}.json`);
  writeFileSync(file, text);
  return file;
}
