import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "@lucky/command/child-process";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const start = (folder: string, ...words: string[]) =>
  run(process.execPath, [join(folder, "benchmarks/run.ts"), ...words]);

/** The sources alone, as in a clone where nothing is installed. */
const clone = mkdtempSync(join(tmpdir(), "lucky-clone-"));
beforeAll(() => {
  const filter = (path: string) => !path.includes("node_modules");
  for (const name of ["benchmarks", "toolkit/command"]) {
    cpSync(join(root, name), join(clone, name), { recursive: true, filter });
  }
});
afterAll(() => rmSync(clone, { recursive: true }));

test.each(["bench", "conformance", "install", "install-document", "install-dynamodb"])(
  "%s prints its help, and installs nothing for that",
  async (name) => {
    const { stdout, exitCode } = await start(clone, name, "--help");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Usage: ");
    expect(existsSync(join(clone, "benchmarks/node_modules"))).toBe(false);
  },
);

test.each([
  ["bench", "--fast"],
  ["conformance", "everything"],
  ["install", "--fast"],
  ["install-document", "--fast"],
  ["install-dynamodb", "--fast"],
  ["race", "everybody"],
])("%s %s is a wrong call, and installs nothing", async (...words) => {
  const { stdout, stderr, exitCode } = await start(clone, ...words);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr).toContain("See --help.");
  expect(existsSync(join(clone, "benchmarks/node_modules"))).toBe(false);
});

test("conformance prints the scoreboard", async () => {
  const { stdout, exitCode } = await start(root, "conformance");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^FACTS OF HTTP AND AWS +Lucky Lambda +middy/);
});
