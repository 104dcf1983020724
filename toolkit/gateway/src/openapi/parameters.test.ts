import { type } from "arktype";
import { describe, expect, test } from "vitest";
import { z as zodFull } from "zod";
import * as z from "zod/mini";
import type { Contract } from "../contract/contract.ts";
import type { Schema } from "../contract/schema.ts";
import { findMistake } from "./mistake.ts";
import { documentOf, get } from "./testing/document.ts";

const text = { type: "string" };
const named = <S extends z.ZodMiniType>(id: string, schema: S): S => {
  z.globalRegistry.add(schema, { id });
  return schema;
};
/** The parameters of a query, `name!` where it is required, with the schema of each. */
async function queryOf(query: Schema, examples: Contract["examples"] = {}): Promise<Record<string, unknown>> {
  const { paths } = await documentOf({ find: get("/notes", { query, examples }) });
  const { parameters = [] } = paths["/notes"].get;
  return Object.fromEntries(
    // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
    parameters.map(({ name, required, schema }: any) => [required ? `${name}!` : name, schema]),
  );
}
const Query = named("FindQuery", z.object({ q: z.optional(z.string()) }));

const Endless: z.ZodMiniType = z.union([z.object({ a: z.optional(z.string()) }), z.lazy(() => Endless)]);

describe("a query has each of its parameters in the document where it is", () => {
  test.each<[string, Schema, Record<string, unknown>, Contract["examples"]?]>([
    ["a schema with an id", Query, { q: text }],
    ["what may be left out as a whole", z.optional(Query), { q: text }],
    [
      "a union",
      z.union([z.object({ a: z.string() }), z.object({ a: z.coerce.number(), b: z.optional(z.string()) })]),
      { "a!": { anyOf: [text, { type: "number" }] }, b: text },
      { query: { a: "x" } },
    ],
    [
      "a discriminated union, whose constants are an enum",
      z.discriminatedUnion("by", [
        named("ByName", z.object({ by: z.literal("name"), name: z.string() })),
        z.object({ by: z.enum(["day", "week"]), at: z.string() }),
      ]),
      { "by!": { type: "string", enum: ["name", "day", "week"] }, name: text, at: text },
      { query: { by: "day", at: "1" } },
    ],
    [
      "a union of unions, one of them lazy",
      z.union([z.object({ a: z.string() }), z.lazy(() => z.union([z.object({ b: z.string() }), Query]))]),
      { a: text, b: text, q: text },
    ],
    [
      "two that both hold",
      z.intersection(
        z.object({ a: z.string() }),
        z.intersection(Query, z.object({ q: z.string().check(z.minLength(1)), b: z.optional(z.string()) })),
      ),
      { "a!": text, "q!": { allOf: [text, { ...text, minLength: 1 }] }, b: text },
      { query: { a: "x", q: "y" } },
    ],
    [
      "a record of names that are listed",
      z.partialRecord(z.enum(["a", "b"]), z.string()),
      { a: text, b: text },
    ],
    [
      "one that is refined and transformed",
      zodFull
        .object({ a: zodFull.string().optional() })
        .refine(() => true)
        .transform(Object.keys),
      { a: text },
    ],
    ["one of another library", type({ "a?": "string" }), { a: text }],
    [
      "a union of another library",
      type({ a: "'x'" }).or({ a: "'y'", "b?": "string" }),
      { "a!": { enum: ["x", "y"] }, b: text },
      { query: { a: "x" } },
    ],
    [
      "a record, as a form of any names",
      z.record(z.string(), z.string()),
      { parameters: { type: "object", propertyNames: text, additionalProperties: text } },
    ],
    [
      "a loose object",
      z.looseObject({ a: z.optional(z.string()) }),
      { a: text, parameters: { type: "object", additionalProperties: {} } },
    ],
    [
      "a loose object that has that name itself",
      z.catchall(z.object({ parameters: z.optional(z.string()) }), z.array(z.string())),
      {
        parameters: text,
        parameters_: { type: "object", additionalProperties: { type: "array", items: text } },
      },
    ],
    [
      "names of a pattern",
      zodFull.looseRecord(zodFull.string().regex(/^x-/), zodFull.string()),
      { parameters: expect.objectContaining({ patternProperties: expect.anything() }) },
    ],
    ["a union that holds itself", Endless, { a: text }],
    [
      "what is forgiven before it is made another",
      z.object({ a: z.pipe(z.catch(z.string(), "x"), z.transform(Number)) }),
      { a: expect.objectContaining(text) },
    ],
    [
      "what is forgiven, which may be left out",
      z.object({ a: z.catch(z.coerce.number(), 1), b: z.readonly(z.catch(z.string(), "x")), c: z.string() }),
      { a: expect.objectContaining({ type: "number" }), b: expect.objectContaining(text), "c!": text },
      { query: { c: "x" } },
    ],
    ["anything", z.any(), { parameters: { type: "object", additionalProperties: true } }],
  ])("%s", async (_, query, expected, examples) => {
    expect(await queryOf(query, examples)).toEqual(expected);
  });

  test("parameters of any names are sent as they are", async () => {
    const query = z.catchall(z.object({ a: z.optional(z.string()) }), z.string());
    const find = get("/notes", { query, examples: { query: { a: "1", b: "2" } } });
    const { paths } = await documentOf({ find });
    expect(paths["/notes"].get.parameters).toEqual([
      { name: "a", in: "query", required: false, schema: text, example: "1" },
      {
        name: "parameters",
        in: "query",
        required: false,
        description: "Parameters of any name.",
        style: "form",
        explode: true,
        schema: { type: "object", additionalProperties: text },
        example: { b: "2" },
      },
    ]);
  });

  test("a schema that only parameters are made of is no component", async () => {
    const { components } = await documentOf({ find: get("/notes", { query: Query }) });
    expect(Object.keys(components.schemas)).toEqual(["Problem"]);
  });
});

test("what is said of a field is said of its parameter", async () => {
  const Page = zodFull.coerce.number().meta({ id: "Page", description: "Which page" });
  const query = zodFull.object({
    q: zodFull.string().meta({ description: "What to find", deprecated: true, examples: ["tea", "milk"] }),
    tag: zodFull.array(zodFull.coerce.number()).optional(),
    n: zodFull
      .string()
      .optional()
      .meta({ examples: ["7"] }),
    page: Page.optional(),
    from: Page.optional().meta({ description: "From which page on" }),
  });
  const find = get("/notes", { query, examples: { query: { q: "milk", tag: ["7"], page: "2" } } });
  const { paths, components } = await documentOf({ find });
  expect(paths["/notes"].get.parameters).toEqual([
    {
      name: "q",
      in: "query",
      required: true,
      description: "What to find",
      deprecated: true,
      schema: text,
      examples: { 1: { value: "milk" }, 2: { value: "tea" } },
    },
    expect.objectContaining({
      name: "tag",
      schema: { type: "array", items: { type: "number" } },
      example: [7],
    }),
    expect.objectContaining({ name: "n", schema: text, example: "7" }),
    expect.objectContaining({
      name: "page",
      description: "Which page",
      schema: { $ref: "#/components/schemas/Page" },
      example: 2,
    }),
    expect.objectContaining({ name: "from", description: "From which page on" }),
  ]);
  expect(components.schemas.Page).toEqual({ type: "number", description: "Which page" });
});

test("each value of a path is described by a record as well", async () => {
  const params = z.record(z.string(), z.string().check(z.maxLength(9)));
  const { paths } = await documentOf({ read: get("/a/{b}/{c+}", { params }) });
  const schema = { ...text, maxLength: 9 };
  expect(paths["/a/{b}/{c}"].get.parameters).toEqual([
    { name: "b", in: "path", required: true, schema },
    { name: "c", in: "path", required: true, schema },
  ]);
});

test("headers and cookies of any name, which every call has, say nothing", async () => {
  const headers = z.looseObject({ "x-a": z.optional(z.string()) });
  const { paths } = await documentOf({
    read: get("/a", { headers, cookies: z.record(z.string(), z.string()) }),
  });
  expect(paths["/a"].get.parameters).toEqual([{ name: "x-a", in: "header", required: false, schema: text }]);
});

test.each<[string, Partial<Contract>, string]>([
  [
    "headers of any name with a rule",
    { headers: z.record(z.string(), z.string().check(z.maxLength(99))) },
    "its headers take names that it does not give, each with a rule: OpenAPI cannot say that, so name them.",
  ],
  [
    "an object in a query",
    { query: z.object({ filter: z.optional(z.object({ a: z.string() })) }) },
    "text arrives, and filter of its query is an object: write a field for each of its own, or a codec of text.",
  ],
])("what OpenAPI cannot say is refused where contracts are loaded: %s", (_, parts, sentence) => {
  expect(findMistake({ find: get("/notes", parts) })).toBe(
    `The contract find cannot be described: ${sentence}`,
  );
});
