import { existsSync, globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { functions } from "./workspace.ts";

describe("the workspace", () => {
  test("has a contract for each function in functions/, and a function for each contract", () => {
    const cwd = fileURLToPath(new URL("../../../functions/", import.meta.url));
    const folders = globSync("*/package.json", { cwd }).map((file) => file.split(/[\\/]/)[0]);
    expect(functions.map(({ name }) => name).sort()).toEqual(folders.sort());
  });

  test.each(functions)("$name has a handler and an event", ({ entry, eventFile }) => {
    expect([entry, eventFile].filter((file) => !existsSync(file))).toEqual([]);
  });
});
