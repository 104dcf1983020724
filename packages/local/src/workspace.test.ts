import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { context } from "@lucky/gateway/testing";
import { describe, expect, test } from "vitest";
import { toEvent } from "./event-options.ts";
import { functions } from "./workspace.ts";

describe("the workspace", () => {
  test("has a contract for each function in functions/, and a function for each contract", () => {
    const cwd = fileURLToPath(new URL("../../../functions/", import.meta.url));
    const folders = globSync("*/package.json", { cwd }).map((file) => file.split(/[\\/]/)[0]);
    expect(functions.map(({ name }) => name).sort()).toEqual(folders.sort());
  });

  test.each(functions)("$name is named so in its package.json", ({ name, entry }) => {
    const { name: packageName } = JSON.parse(readFileSync(join(dirname(entry), "../package.json"), "utf8"));
    expect(packageName).toBe(`@lucky/function-${name}`);
  });

  test.each(functions)("$name fulfils its own contract and no other", async (each) => {
    const { handler } = await import(each.entry);
    const path = each.contract.path.replaceAll(/[{}+]/g, "");
    const result = await handler(toEvent(each, { as: "url", method: "OPTIONS", path }), context);
    expect(result).toMatchObject({
      statusCode: 204,
      headers: { allow: expect.stringContaining(each.contract.method) },
    });
  });

  test.each(functions)("$name has a handler and an event", ({ entry, eventFile }) => {
    expect([entry, eventFile].filter((file) => !existsSync(file))).toEqual([]);
  });
});
