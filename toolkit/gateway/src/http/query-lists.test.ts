import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { keyOf } from "../contract/issue-key.ts";
import type { Schema } from "../contract/schema.ts";
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

describe("a lone value of a list", () => {
  const kinds = z.enum(["a", "b"]);
  const list = z.object({ tag: z.array(kinds) });
  const read = async (query: Schema, sent: Record<string, unknown>) => {
    const result = await validateQuery(query, sent);
    return (
      result.issues?.map(({ path }) => [...(path ?? [])].map(keyOf)) ?? ("value" in result && result.value)
    );
  };

  test.each<[what: string, query: Schema, sent: Record<string, unknown>, seen: unknown]>([
    ["is wrong as an item is", list, { tag: "c" }, [["tag", "0"]]],
    ["counts as one", z.object({ tag: z.array(kinds).check(z.minLength(2)) }), { tag: "a" }, [["tag"]]],
    ["may be caught", z.object({ tag: z.catch(z.array(kinds), []) }), { tag: "a" }, { tag: ["a"] }],
    ["may be wrong, and caught", z.object({ tag: z.catch(z.array(kinds), []) }), { tag: "c" }, { tag: [] }],
    [
      "may have a default",
      z.object({ tag: z._default(z.nullable(z.array(kinds)), []) }),
      { tag: "a" },
      { tag: ["a"] },
    ],
    ["may be of a tuple", z.object({ tag: z.tuple([kinds]) }), { tag: "a" }, { tag: ["a"] }],
    ["may be deferred", z.object({ tag: z.lazy(() => z.array(kinds)) }), { tag: "a" }, { tag: ["a"] }],
    [
      "may be piped on",
      z.pipe(
        list,
        z.transform(({ tag }) => tag.length),
      ),
      { tag: "a" },
      1,
    ],
    [
      "may be one of a text or a list",
      z.object({ id: z.union([z.literal("all"), z.array(z.coerce.number())]) }),
      { id: "7" },
      { id: [7] },
    ],
    [
      "is a text where it may be either",
      z.object({ id: z.union([z.string(), z.array(z.string())]) }),
      { id: "7" },
      { id: "7" },
    ],
    [
      "of a transform is the transform's",
      z.object({
        id: z.pipe(
          z.string(),
          z.transform((id) => id.split(",")),
        ),
      }),
      { id: "7,8" },
      { id: ["7", "8"] },
    ],
    [
      "in one of several objects",
      z.union([z.object({ kind: z.literal("x"), tag: z.array(kinds) }), z.object({ kind: z.literal("y") })]),
      { kind: "x", tag: "a" },
      { kind: "x", tag: ["a"] },
    ],
    [
      "in one of several objects, where another has a text",
      z.union([
        z.object({ kind: z.literal("x"), tag: z.array(kinds) }),
        z.object({ kind: z.literal("y"), tag: z.string() }),
      ]),
      { kind: "x", tag: "a" },
      { kind: "x", tag: ["a"] },
    ],
    [
      "in one of several objects by their kind",
      z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("x"), tag: z.array(kinds) }),
        z.object({ kind: z.literal("y"), tag: z.string() }),
      ]),
      { kind: "x", tag: "a" },
      { kind: "x", tag: ["a"] },
    ],
    [
      "of a record",
      z.record(z.string(), z.array(kinds)),
      { tag: "a", more: "b" },
      { tag: ["a"], more: ["b"] },
    ],
    ["of valibot", v.object({ tag: v.array(v.picklist(["a", "b"])) }), { tag: "a" }, { tag: ["a"] }],
    [
      "of valibot, wrong as an item is",
      v.object({ tag: v.array(v.picklist(["a", "b"])) }),
      { tag: "c" },
      [["tag", "0"]],
    ],
    [
      "of valibot, beside a text that is wrong",
      v.object({ tag: v.array(v.string()), to: v.pipe(v.string(), v.email()) }),
      { tag: "a", to: "x" },
      [["to"]],
    ],
    ["of arktype", type({ tag: "('a'|'b')[]" }), { tag: "a" }, { tag: ["a"] }],
    [
      "of arktype, beside a text that is wrong",
      type({ tag: "('a'|'b')[]", to: "string.email" }),
      { tag: "a", to: "x" },
      [["to"]],
    ],
  ])("%s", async (_, query, sent, seen) => {
    expect(await read(query, sent)).toEqual(seen);
  });

  const plain = (validate: (value: Record<string, unknown>) => string | undefined): Schema => ({
    "~standard": {
      version: 1,
      vendor: "test",
      validate: (value) => {
        const wrong = validate(value as Record<string, unknown>);
        return wrong === undefined
          ? { value }
          : { issues: [{ message: `wrong ${JSON.stringify(value)}`, path: [wrong] }] };
      },
    },
  });

  test("of a library that does not say what it expected is tried as a list", async () => {
    const lists = plain(({ tag }) => (Array.isArray(tag) ? undefined : "tag"));
    expect(await validateQuery(lists, { tag: "a" })).toEqual({ value: { tag: ["a"] } });
    const texts = plain(({ tag }) => (tag === "b" ? undefined : "tag"));
    expect((await validateQuery(texts, { tag: "a" })).issues).toEqual([
      { message: 'wrong {"tag":"a"}', path: ["tag"] },
    ]);
  });
});

describe("a schema of zod runs once", () => {
  const query = z.object({
    name: z.string().check(z.refine(async () => true)),
    tag: z.optional(z.array(z.enum(["a", "b"]))),
    page: z.optional(z.coerce.number()),
  });

  test.each([
    { name: "x" },
    { name: "x", tag: "a" },
    { name: "x", tag: "c" },
    { name: "x", tag: ["a", "c"], page: "y" },
    { name: "x", tag: "a", page: "y" },
  ])("for %j", async (sent) => {
    const validate = vi.spyOn(query["~standard"], "validate");
    await validateQuery(query, sent);
    expect(validate).toHaveBeenCalledOnce();
  });
});
