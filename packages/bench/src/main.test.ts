import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { OURS } from "./subjects.ts";

async function bench(...words: string[]) {
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const child = spawn(process.execPath, [main, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { stdout, stderr, exitCode: child.exitCode };
}

describe.each([
  ["an unknown measure", ["--only", "cold,heat"], 'not "heat"'],
  ["an option that is none", ["--fast"], "--fast"],
  ["a word that is no option", ["cold"], "cold"],
  ["a handler that is not there", ["--beside", "nowhere.ts"], "There is no file nowhere.ts."],
  ["results of some measures", ["--write", "--only", "size"], "leave --only out"],
  ["results of somebody else's handler", ["--write", "--beside", "package.json"], "leave --beside out"],
])("called with %s", (_, words, message) => {
  test("it exits with 2 and says what to do", async () => {
    const { stdout, stderr, exitCode } = await bench(...words);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toContain(message);
  });
});

test("--help tells every option", async () => {
  const { stdout, exitCode } = await bench("--help");
  expect(exitCode).toBe(0);
  for (const option of ["--only", "--quick", "--beside", "--check", "--write", "--json"]) {
    expect(stdout).toContain(option);
  }
});

test.runIf(process.platform === "linux")("--json prints the result and nothing else", async () => {
  const { stdout, exitCode } = await bench("--only", "size", "--json");
  expect(exitCode).toBe(0);
  const { figures, summary, budgets } = JSON.parse(stdout);
  expect(Object.keys(figures)).toEqual(["size.minified", "size.gzipped"]);
  expect(figures["size.gzipped"][OURS][0]).toBeLessThan(figures["size.minified"][OURS][0]);
  expect(summary["size.minified"][OURS].median).toBe(figures["size.minified"][OURS][0]);
  expect(budgets.map(({ status }: { status: string }) => status)).toContain("unmeasured");
});
