import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { functions } from "./workspace.ts";

describe("the workspace", () => {
  test("has a contract for each folder in functions/, and a folder for each contract", () => {
    const folders = readdirSync(new URL("../../../functions/", import.meta.url));
    expect(functions.map(({ name }) => name).sort()).toEqual(folders.sort());
  });

  test.each(functions)("$name has a handler and an event", ({ entry, eventFile }) => {
    expect([entry, eventFile].filter((file) => !existsSync(file))).toEqual([]);
  });
});
