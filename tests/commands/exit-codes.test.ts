import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "@lucky/command/child-process";
import { expect, test } from "vitest";
import { root } from "../architecture/sources.ts";

// What `--help` says of the exit code, held to each way of failing. What only one command knows is beside its source.

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Readonly<Record<string, string>>;
}; // as npm has it
/** The commands with a help of their own; sst's is SST's. */
const commands = Object.entries(scripts).flatMap(([name, script]): [string, string][] => {
  const file = /^node (toolkit\/[\w/-]+\.ts)$/.exec(script)?.[1];
  return file === undefined || name === "sst" ? [] : [[name, join(root, file)]];
});
/** An option of each that takes a value, and words that lack something or are too many. */
const WRONG: Readonly<Record<string, readonly (readonly string[])[]>> = {
  policies: [["--account"], [], ["--account", "1", "--repository", "a/b"], ["x"]],
  start: [["--port"], ["--port", "x"], ["--as", "x"], ["--log-format", "x"], ["--stage", "a b"], ["x"]],
  invoke: [
    ["--data"],
    [],
    ["nowhere"],
    ["lucky-numbers", "x"],
    ["lucky-numbers", "--repeat", "0"],
    ["openapi", "--data", "{"],
  ],
  table: [
    ["--limit"],
    [],
    ["nowhere"],
    ["draws", "x"],
    ["draws", "get"],
    ["draws", "put", "{"],
    ["draws", "empty"],
  ],
  event: [["--body"], [], ["nowhere"], ["lucky-numbers", "x"], ["lucky-numbers", "--header", "x"]],
  explain: [["--function"], [], ["nowhere.json"], ["package.json", "--function", "nowhere"]],
  changes: [["a", "b", "c"], [""], ["--json", "--markdown"]],
  plan: [["--stage"], ["--stage", ""], ["--state", "nowhere.json"], ["x"]],
  new: [["--method"], [], ["a", "b"], ["a", "--method", "x"]],
  rename: [["--title"], [], ["a", "b"], ["A B"]],
};
const each = commands.map(([name, file]) => ({ name, file }));
const execute = (file: string, words: readonly string[], cwd = root) =>
  run(process.execPath, [file, ...words], { cwd });

test("each command is here", () => {
  expect(Object.keys(WRONG).sort()).toEqual(each.map(({ name }) => name).sort());
});

test.each(each)(
  "$name --help says what its exit codes are, and exits with 0, as --version does",
  async ({ file }) => {
    const { stdout, stderr, exitCode } = await execute(file, ["--help"]);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(stdout).toMatch(/^Exit code: 0\b[^.]*\b1\b[^.]*\b2\s+when\s+called\s+wrongly/m);
    expect((await execute(file, ["--version"])).exitCode).toBe(0);
  },
);

const wrong = each.flatMap(({ name, file }) =>
  [["--nowhere"], ...(WRONG[name] ?? [])].map((words) => ({ name, file, words, line: words.join(" ") })),
);
test.each(wrong)("$name $line: exits with 2, and says what is wrong", async ({ file, words }) => {
  const { stdout, stderr, exitCode } = await execute(file, words);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr).toMatch(/^\S.*\nSee --help\.\n$/s);
  expect(stderr).not.toContain("    at ");
});

test.each(each)("$name, outside a project, exits with 1 and a sentence", async ({ name, file }) => {
  const right: Readonly<Record<string, readonly string[]>> = {
    policies: ["--account", "123456789012", "--repository", "a/b"],
    invoke: ["a"],
    event: ["a"],
    explain: [join(root, "functions/openapi/event.json")],
    new: ["by-test"],
    rename: ["by-test"],
  };
  const { stdout, stderr, exitCode } = await execute(file, right[name] ?? [], "/");
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
  expect(stderr).toMatch(/^There is no \S+ in \S+ or above: run it in a project\.\n$/);
});
