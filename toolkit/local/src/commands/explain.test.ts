import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "@lucky/command/child-process";
import { fixture } from "@lucky/fixture";
import { eventsFolder, recorded } from "@lucky/gateway/recorded";
import { describe, expect, test } from "vitest";
import { bundleFunction } from "../lambda/bundle.ts";

const script = fileURLToPath(new URL("explain.ts", import.meta.url));
const file = (name: string) => fileURLToPath(new URL(`${name}.json`, eventsFolder));
const explain = async (words: readonly string[], event?: unknown) => {
  const input = event === undefined ? "" : JSON.stringify(event);
  const { stdout, stderr, exitCode } = await run(process.execPath, [script, ...words], {
    cwd: fixture,
    input,
  });
  return { lines: stdout.trimEnd().split("\n"), stderr, exitCode };
};

const body = '{"name":"Ada","count":2}';
const greeting = {
  http: recorded("http", { routeKey: "POST /greetings", rawPath: "/greetings", body }),
  rest: recorded("rest", { resource: "/greetings", path: "/greetings", body }),
  alb: recorded("alb", { path: "/greetings", body }),
};

describe("explain shows how the gateway reads", () => {
  test.each([
    ["http", "an HTTP API or a function URL (payload 2.0): requestContext has http"],
    ["rest", "a REST API (payload 1.0): httpMethod is text, and requestContext has no elb"],
    ["alb", "a load balancer: httpMethod is text, and requestContext has elb"],
  ] as const)("an event that runs: %s", async (name, source) => {
    const { lines, exitCode, stderr } = await explain(["-"], greeting[name]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(lines).toEqual([
      `  event     ${source}`,
      "  function  greet: POST /greetings",
      "  method    POST",
      expect.stringMatching(/^ {2}url {7}https?:\/\/[^/]+\/(?:prod\/)?\w+$/),
      `  path      /greetings, ${name === "alb" ? "and no route" : "for the route POST /greetings"}`,
      "  type      application/json",
      `  body      ${body.length} bytes: ${body}`,
      "✓ route     is the contract's",
      "✓ body      can be read",
      "✓ contract  is kept: the function runs, if its own checks let it",
    ]);
  });

  test("a plain curl -d: the type, the decoded body, the 415", async () => {
    const route = { routeKey: "POST /greetings", rawPath: "/greetings" };
    const { lines, exitCode } = await explain(["-"], recorded("http-curl-form", route));
    expect(exitCode).toBe(1);
    expect(lines).toContain("  type      application/x-www-form-urlencoded");
    expect(lines).toContain('  body      32 bytes from base64: {"name":"SilentByte","count":10}');
    expect(lines.at(-1)).toMatch(/^✗ body {6}415 unsupported-media-type: Send it like this: curl/);
  });

  test("an event by hand, for a function that is named, with every wrong field", async () => {
    const { lines, exitCode } = await explain(["-", "--function", "greet"], { body: '{"name":1}' });
    expect(exitCode).toBe(1);
    expect(lines[0]).toBe("  event     an event by hand: a body, and nothing that a gateway adds");
    expect(lines.slice(-4)).toEqual([
      "✓ body      can be read",
      "✗ contract  422 invalid-request: Correct what errors names, then send it again.",
      expect.stringMatching(/^ {4}body #\/name: ./),
      "    body #/count: Give a whole number.",
    ]);
  });

  test("an OPTIONS that the gateway answers by itself", async () => {
    const event = recorded("alb-get", { httpMethod: "OPTIONS", path: "/notes/7" });
    const { lines, exitCode } = await explain(["-"], event);
    expect(exitCode).toBe(0);
    expect(lines[1]).toBe("  function  read-note: GET /notes/{id}");
    expect(lines.slice(-2)).toEqual([
      "✓ route     is the contract's",
      "✓ options   204, without the function, allow: GET, HEAD, OPTIONS",
    ]);
  });

  test("an event of another path", async () => {
    const { lines, exitCode } = await explain([file("function-url-get"), "--function", "greet"]);
    expect({ exitCode, last: lines.at(-1) }).toEqual({
      exitCode: 1,
      last: "✗ route     404 not-found: Call POST /greetings.",
    });
  });

  test("an event that is not HTTP, whatever function it is for", async () => {
    const { lines, exitCode } = await explain([file("other/sqs")]);
    expect(exitCode).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^✗ event .* What came is an event from aws:sqs\./)]);
    expect(await explain([file("other/sqs"), "--function", "greet"])).toMatchObject({ lines, exitCode });
  });

  test("an event whose text would move the cursor", async () => {
    const { lines } = await explain(["-"], {
      ...greeting.alb,
      headers: { "content-type": "a\u001b[2Jb\nc" },
    });
    expect(lines).toContain("  type      a\\u001b[2Jb\\u000ac");
  });
});

const names = [
  "greet",
  "create-note",
  "list-notes",
  "read-note",
  "read-order",
  "replace-note",
  "read-file",
  "describe-file",
];

test.each<[string, string[], string, unknown?]>([
  ["no file", [], "Name one file"],
  ["a file that is none", ["nowhere.json"], "no such file"],
  [
    "an event of no route",
    [file("http-get")],
    "No contract has the event's route, GET /my/path. Choose: --function",
  ],
  ["one that names it", [file("rest")], `The functions are: ${names.join(", ")}, `],
  [
    "an event by hand",
    [file("bare")],
    "The event has no route. Choose: --function <name>. The functions are: greet",
  ],
  ["an unknown function", [file("http"), "--function", "x"], 'There is no function "x"'],
])("explain called wrongly exits with 2 and says so: %s", async (_, words, message) => {
  const { stderr, exitCode } = await explain(words);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});

test("nothing that explain adds is in a function's bundle", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lucky-explain-"));
  try {
    const { inputs: sources } = await bundleFunction(join(fixture, "functions/greet/src/handler.ts"), folder);
    const bundle = readFileSync(join(folder, "bundle.cjs"), "utf8");
    expect(sources.filter((source) => /[\\/]toolkit[\\/](?!gateway|fixture)/.test(source))).toEqual([]);
    expect(sources.filter((source) => source.endsWith("steps.ts"))).toHaveLength(1);
    const explained = await Promise.all([
      ...Object.values(greeting).map((event) => explain(["-"], event)),
      explain([file("bare"), "--function", "greet"]),
      explain(["-"], { ...greeting.alb, httpMethod: "OPTIONS" }),
    ]);
    for (const { lines } of explained) {
      const sentences = lines.map((line) => line.slice(12)).filter((text) => /[a-z]+ [a-z]+/.test(text));
      expect(sentences.length).toBeGreaterThan(1);
      for (const sentence of sentences) expect(bundle).not.toContain(sentence.slice(0, 20));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
