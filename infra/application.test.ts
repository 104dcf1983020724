import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { context } from "@lucky/gateway/testing";
import { toEvent } from "@lucky/local/event-options";
import { describe, expect, test } from "vitest";
import infra from "./package.json" with { type: "json" };
import { functions } from "./testing.ts";

const [scope] = infra.name.split("/"); // such as @acme

describe("each function", () => {
  test.each(functions)("is named so in its package.json: $name", ({ name, entry }) => {
    const manifest = JSON.parse(readFileSync(join(dirname(entry), "../package.json"), "utf8"));
    expect(manifest.name).toBe(`${scope}/function-${name}`);
  });

  test.each(functions)("fulfils its own contract and no other: $name", async (each) => {
    const { handler } = await import(each.entry);
    const path = each.contract.path.replaceAll(/[{}+]/g, "");
    const result = await handler(toEvent(each, { as: "url", method: "OPTIONS", path }), context);
    expect(result).toMatchObject({
      statusCode: 204,
      headers: { allow: expect.stringContaining(each.contract.method) },
    });
  });

  test.each(functions)("has an event that invoke can send: $name", ({ eventFile }) => {
    expect(JSON.parse(readFileSync(eventFile, "utf8"))).toEqual(expect.any(Object));
  });
});
