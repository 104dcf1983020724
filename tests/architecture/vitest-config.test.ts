import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ended, run } from "@lucky/command/child-process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rooms, root } from "./sources.ts";

// A test that logs, run as the tests of each room are: with the settings that its script names.

const LINE = "a line that no test expects";
const TEST = `import { test } from "vitest"; test("logs", () => console.log("${LINE}"));`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lucky-logging-"));
  writeFileSync(join(folder, "logs.test.ts"), TEST);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const runs = new Map<string, Promise<Ended>>();
/** What becomes of that test with those settings; the same for all the rooms that share them. */
function runWith(config: string): Promise<Ended> {
  const words = ["run", "--root", folder, "--config", config];
  const ended = runs.get(config) ?? run(join(root, "node_modules/.bin/vitest"), words);
  runs.set(config, ended);
  return ended;
}

const configs = rooms.flatMap((room) => {
  const { scripts = {} } = JSON.parse(readFileSync(join(root, room, "package.json"), "utf8")) as {
    scripts?: Readonly<Record<string, string>>;
  }; // as npm has it
  if (scripts.test === undefined) return [];
  const [, config = "no settings at all"] = / --config (\S+)/.exec(scripts.test) ?? [];
  return [{ room, config: join(root, room, config) }];
});
const isToolkit = ({ room }: { readonly room: string }) => room.startsWith("toolkit/");

test.each(configs.filter(isToolkit))("a stray console line fails a test of $room", async ({ config }) => {
  const { stdout, stderr, exitCode } = await runWith(config);
  expect({ output: stdout + stderr, exitCode }).toEqual({
    output: expect.stringContaining(`stray console.log: "${LINE}"`),
    exitCode: 1,
  });
});

test.each(configs.filter((each) => !isToolkit(each)))("a test of $room may log", async ({ config }) => {
  const { stdout, stderr, exitCode } = await runWith(config);
  expect({ output: stdout + stderr, exitCode }).toEqual({
    output: expect.stringContaining(LINE),
    exitCode: 0,
  });
});
