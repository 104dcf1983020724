import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runScript, startScript } from "../testing.ts";

const event = (name: string) => fileURLToPath(new URL(`../../gateway/events/${name}.json`, import.meta.url));
const explain = async (...words: string[]) => {
  const { stdout, stderr, exitCode } = await runScript("explain.ts", words);
  return { lines: stdout.trim().split("\n"), stderr, exitCode };
};

describe("explain tells what the gateway makes of", () => {
  test.each([
    ["http", "an HTTP API or a function URL"],
    ["rest", "a REST API"],
    ["alb", "a load balancer"],
  ])("an event that runs: %s", async (name, source) => {
    const { lines, exitCode } = await explain(event(name));
    expect(exitCode).toBe(0);
    expect(lines[0]).toContain(`event     ${source}`);
    expect(lines[1]).toContain("lucky-numbers: POST /lucky_numbers");
    expect(lines.slice(-3)).toEqual([
      "✓ route     is the contract's",
      "✓ body      can be read",
      "✓ contract  is kept: the function runs",
    ]);
  });

  test("a plain curl -d: the type, the decoded body, the 415", async () => {
    const { lines, exitCode } = await explain(event("http-curl-form"));
    expect(exitCode).toBe(1);
    expect(lines).toContain("  type      application/x-www-form-urlencoded");
    expect(lines).toContain('  body      32 bytes from base64: {"name":"SilentByte","count":10}');
    expect(lines.at(-1)).toMatch(/^✗ body {6}415 unsupported-media-type: Send it like this: curl/);
  });

  test("an event by hand, for a function that is named, with every wrong field", async () => {
    const child = startScript(
      "explain.ts",
      ["-", "--function", "lucky-numbers"],
      '{"body":"{\\"name\\":1}"}',
    );
    let output = "";
    for await (const chunk of child.stdout) output += chunk;
    expect(output).toContain("an event by hand");
    expect(output).toContain("✗ contract  422 invalid-request");
    expect(output).toContain("\n    body #/name: Give a string.\n    body #/count: This field is required.");
  });

  test("an event of another path", async () => {
    const { lines, exitCode } = await explain(event("function-url-get"), "--function", "lucky-numbers");
    expect({ exitCode, last: lines.at(-1) }).toEqual({
      exitCode: 1,
      last: "✗ route     404 not-found: Call POST /lucky_numbers.",
    });
  });

  test("an event that is not HTTP", async () => {
    const { lines, exitCode } = await explain(event("other/sqs"), "--function", "lucky-numbers");
    expect(exitCode).toBe(1);
    expect(lines).toEqual([expect.stringContaining("What came is an event from aws:sqs.")]);
  });
});

test.each([
  ["no file", [], "Name one file"],
  ["a file that is none", ["nowhere.json"], "no such file"],
  ["an event of no route", [event("http-get")], "No contract has the event's route."],
  ["an unknown function", [event("http"), "--function", "x"], 'There is no function "x"'],
])("explain called wrongly exits with 2 and says so: %s", async (_, words, message) => {
  const { stderr, exitCode } = await explain(...words);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
