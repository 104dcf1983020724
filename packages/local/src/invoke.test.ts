import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runScript } from "./testing.ts";

const invoke = (...words: string[]) => runScript("invoke.ts", words);
const folder = mkdtempSync(join(tmpdir(), "lucky-invoke-"));
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
    const [line = "", report = ""] = stderr.split("\n");
    expect(JSON.parse(line)).toMatchObject({ level: "INFO", message: { message: "request", status: 200 } });
    expect(JSON.parse(report)).toMatchObject({
      type: "platform.report",
      record: { status: "success", metrics: { memorySizeMB: 1024, initDurationMs: expect.any(Number) } },
    });
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
    const line = JSON.parse(stderr.split("\n")[0] ?? "");
    expect(line).toMatchObject({ level: "ERROR", message: { errorType: "UnsupportedEventError" } });
  });

  test("its stack traces name the TypeScript sources", async () => {
    const { stdout } = await invoke("lucky-numbers", "--data", "7");
    expect(JSON.parse(stdout).trace.join("\n")).toMatch(/packages\/gateway\/src\/dialect\.ts:\d+/);
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
  expect(stdout).toMatch(/^Runs one event.*Usage: pnpm invoke.*--data.*--event.*--body.*Exit code/s);
});

function writeTemporary(text: string): string {
  const file = join(folder, `${text.length}.json`);
  writeFileSync(file, text);
  return file;
}
