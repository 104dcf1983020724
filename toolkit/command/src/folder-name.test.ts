import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { BREAKS_COMMANDS, BREAKS_TESTS, checkFolderName } from "./folder-name.ts";

const folder = mkdtempSync(join(tmpdir(), "lucky-folder-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ["C# and F#", BREAKS_TESTS, "#"],
  ["100%", BREAKS_TESTS, "%"],
  ["Ada's", BREAKS_TESTS, "'"],
  ["why?", BREAKS_COMMANDS, "?"],
  ["a*b?", BREAKS_COMMANDS, "* and ?"],
])("a folder is refused, with what is wrong in its name: %s", (name, characters, wrong) => {
  expect(() => checkFolderName(characters, `/home/${name}/project`)).toThrow(
    `The path of this folder has ${wrong} in it, which a tool that it runs on cannot load from: /home/${name}/project\nRename`,
  );
});

test.each(["/home/a b ü", "/home/[a](b){c,d}", "C:\\Users\\$x;y&z", "/home/!a+b@c"])(
  "any other will do: %s",
  (name) => {
    checkFolderName(BREAKS_COMMANDS, name);
    checkFolderName(BREAKS_TESTS, name);
  },
);

test.each([
  ["why?", "a command", "path of this folder"],
  ["C#", "a command", "Usage: greet"],
  ["C#", "tests", "path of this folder"],
  ["100%", "a command", "Usage: greet"],
  ["a b ü", "tests", ""],
])("in %s, %s says so or runs", (name, what, said) => {
  const room = join(folder, name, "toolkit/command/src");
  cpSync(import.meta.dirname, room, { recursive: true });
  const code = `import { runCommand } from "./command.ts"; await runCommand("Usage: greet", async () => console.log("Usage: greet"));`;
  const words = what === "tests" ? ["check-folder-name.ts"] : ["--input-type=module", "--eval", code];
  const { stdout, stderr, status } = spawnSync(process.execPath, words, { cwd: room, encoding: "utf8" });
  expect(stdout + stderr).toContain(said);
  expect(status).toBe(said.startsWith("path") ? 1 : 0);
});
