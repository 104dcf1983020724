import { rmSync } from "node:fs";
import { writeApplication } from "@lucky/fixture/write-application";
import { afterAll, describe, expect, test } from "vitest";
import { runScript } from "../testing/testing.ts";

const CONTRACTS = "packages/contracts/src/index.ts";
const contract = '{ method: "GET", path: "/a", summary: "", reply: { 204: null } }';
const BROKEN: readonly [mistake: string, contracts: Readonly<Record<string, string>>, sentence: RegExp][] = [
  [
    "there is none",
    {},
    /^There is no packages\/contracts\/src\/index\.ts in \S+ or above: run it in a project\.\n$/,
  ],
  [
    "its contracts are no TypeScript",
    { [CONTRACTS]: "export const api = {\n  a: ;" },
    /^packages\/contracts\/src\/index\.ts cannot be loaded: .* \(packages\/contracts\/src\/index\.ts:2\)\n$/,
  ],
  [
    "two contracts have one route",
    { [CONTRACTS]: `export const api = { a: ${contract}, b: ${contract} };` },
    /^The contracts a and b have the same route, GET \/a: change one\.\n$/,
  ],
  [
    "a contract has no function",
    { [CONTRACTS]: `export const api = { a: ${contract} };` },
    /^The contract a has no function: write functions\/a\/src\/handler\.ts, or take it out of \S+\.\n$/,
  ],
];
const COMMANDS: readonly [file: string, words: readonly string[]][] = [
  ["start.ts", ["--port", "0"]],
  ["invoke.ts", ["a"]],
  ["event.ts", ["a"]],
  ["explain.ts", ["event.json"]],
];

const roots = BROKEN.map(([, files]) => writeApplication({ "event.json": "{}", ...files }));
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true });
});
const cases = BROKEN.map(([mistake, , sentence], index) => ({ mistake, sentence, cwd: roots[index] ?? "" }));

describe.each(COMMANDS)("%s, where the application is broken", (file, words) => {
  test.each(cases)("says so in a sentence, and exits with 1: $mistake", async ({ sentence, cwd }) => {
    const { stdout, stderr, exitCode } = await runScript(file, words, { cwd });
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
    expect(stderr).toMatch(sentence);
  });

  test.each(cases)("has its help all the same, with the sentence: $mistake", async ({ sentence, cwd }) => {
    const { stdout, stderr, exitCode } = await runScript(file, ["--help"], { cwd });
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(stdout).toContain("Usage: pnpm ");
    expect(stdout).toMatch(new RegExp(sentence, "m"));
  });
});
