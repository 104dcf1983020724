import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { validateQuery } from "./query-lists.ts";

const schema = z.object({
  tag: z.optional(z.array(z.string().check(z.maxLength(3)))),
  page: z.optional(z.coerce.number()),
});

describe("a query", () => {
  test.each([
    [{}, {}],
    [{ tag: "a" }, { tag: ["a"] }],
    [{ tag: ["a", "b"] }, { tag: ["a", "b"] }],
    [
      { tag: "a", page: "2" },
      { tag: ["a"], page: 2 },
    ],
  ])("%j is read as %j", async (query, value) => {
    expect(await validateQuery(schema, query)).toEqual({ value });
  });

  test("that is wrong otherwise is told so, and of a lone value in a list nothing", async () => {
    const { issues } = await validateQuery(schema, { tag: "a", page: "x" });
    expect(issues?.map(({ path }) => path)).toEqual([["page"]]);
  });

  test("has no parameters that it inherits", async () => {
    const inherited = z.object({ tag: z.array(z.string()), constructor: z.optional(z.string()) });
    expect(await validateQuery(inherited, { __proto__: null, tag: "a" })).toEqual({ value: { tag: ["a"] } });
  });

  test("is held to a schema by its own method", async () => {
    const validate = function (this: { accepts: string }, value: unknown) {
      return this.accepts === "all" ? { value } : { issues: [{ message: "no" }] };
    };
    const own = { "~standard": { version: 1 as const, vendor: "own", accepts: "all", validate } };
    expect(await validateQuery(own, { a: "b" })).toEqual({ value: { a: "b" } });
  });

  test("with a wrong value in a list is refused", async () => {
    expect((await validateQuery(schema, { tag: "long" })).issues).toHaveLength(1);
  });
});
