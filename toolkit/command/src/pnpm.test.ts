import { expect, test } from "vitest";
import { pnpm } from "./pnpm.ts";

const words = ["install", "--offline"];

test.each([
  ["a native binary", "/opt/pnpm/pnpm"],
  ["a binary whose folder looks like a script", "/opt/pnpm.cjs/pnpm"],
  ["a binary of Windows", "C:\\pnpm\\pnpm.exe"],
])("the pnpm that runs a script is used as it is: %s", (_, command) => {
  expect(pnpm(words, { npm_execpath: command })).toEqual({ file: command, words });
});

test.each(["/opt/pnpm/bin/pnpm.js", "/opt/pnpm/bin/pnpm.cjs", "/opt/pnpm/bin/pnpm.mjs"])(
  "a pnpm that is a script runs on this Node: %s",
  (command) => {
    expect(pnpm(words, { npm_execpath: command })).toEqual({
      file: process.execPath,
      words: [command, ...words],
    });
  },
);

test.each(["/usr/lib/node_modules/npm/bin/npm-cli.js", "C:\\npm\\bin\\npm-cli.js", "/npm/bin/npx-cli.js"])(
  "npm is no pnpm, and whichever is on the PATH is used: %s",
  (command) => {
    expect(pnpm(words, { npm_execpath: command })).toEqual({ file: "pnpm", words });
  },
);

test("whichever is on the PATH is used where none runs this script", () => {
  expect(pnpm(words, {})).toEqual({ file: "pnpm", words });
});
