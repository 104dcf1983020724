import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { z as zodFull } from "zod";
import * as z from "zod/mini";
import { createClient } from "../client/client.ts";
import { type Contract, contract } from "../contract/contract.ts";
import { reply } from "../contract/reply.ts";
import type { Schema } from "../contract/schema.ts";
import { toOpenApi } from "../openapi/openapi.ts";
import { invoke } from "../testing/testing.ts";
import { lambda } from "./lambda.ts";

const date = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
const AT = new Date("2026-01-31T12:00:00.000Z");
const base = { method: "GET", path: "/x", summary: "" } as const;

const send = (schema: Schema, value: unknown) =>
  invoke(
    lambda({ ...base, reply: schema } as Contract, () => value),
    { body: null },
  );
/** What the document says of a reply. */
function described(schema: Schema) {
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
  const { paths }: any = toOpenApi(
    { x: { ...base, reply: schema } },
    { title: "", version: "1", server: "/" },
  );
  return paths["/x"].get.responses[200].content["application/json"].schema;
}

const tags = z.codec(z.array(z.string()), z.set(z.string()), {
  decode: (list) => new Set(list),
  encode: (set) => [...set],
});
const later = z.codec(z.string(), z.number(), {
  decode: async (text) => Number(text),
  encode: async (number) => String(number),
});
const kinds = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("a"), at: date }),
  z.object({ kind: z.literal("b"), tags }),
]);

const lazyTree: z.ZodMiniType = z.object({
  at: z.lazy(() => date),
  child: z.optional(z.lazy(() => lazyTree)),
});
const tree = z.object({
  at: date,
  get child(): z.ZodMiniOptional<z.ZodMiniType> {
    return z.optional(tree);
  },
});
const given = { at: AT, child: { at: AT } };
const sent = { at: AT.toISOString(), child: { at: AT.toISOString() } };

const encoded: [what: string, schema: Schema, given: unknown, sent: unknown][] = [
  ["a Date", date, AT, "2026-01-31T12:00:00.000Z"],
  ["a Date in an object", z.object({ at: date }), { at: AT }, { at: "2026-01-31T12:00:00.000Z" }],
  ["a Set in a list", z.array(tags), [new Set(["a", "b"])], [["a", "b"]]],
  [
    "a codec of zod's larger half",
    zodFull.object({ yes: zodFull.stringbool() }),
    { yes: true },
    { yes: "true" },
  ],
  ["a codec that takes its time", z.object({ n: later }), { n: 7 }, { n: "7" }],
  ["a kind of a union", kinds, { kind: "b", tags: new Set(["a"]) }, { kind: "b", tags: ["a"] }],
  ["one of any union", z.union([z.number(), date]), AT, "2026-01-31T12:00:00.000Z"],
  ["what may be left out", z.object({ at: z.optional(date), n: z.optional(z.number()) }), { n: 1 }, { n: 1 }],
  ["what may be null", z.object({ at: z.nullable(date) }), { at: null }, { at: null }],
  ["what has a default, and is given", z.object({ n: z._default(z.number(), 1) }), { n: 2 }, { n: 2 }],
  ["what is caught, and is right", z.object({ n: z.catch(z.number(), 1) }), { n: 2 }, { n: 2 }],
  [
    "two objects in one",
    z.intersection(z.object({ at: date }), z.object({ n: z.number() })),
    { at: AT, n: 1 },
    { at: AT.toISOString(), n: 1 },
  ],
  ["what holds itself, later", lazyTree, given, sent],
  ["what holds itself", tree, given, sent],
  ["a record", z.record(z.string(), date), { a: AT }, { a: AT.toISOString() }],
  ["a tuple", z.tuple([date, z.number()]), [AT, 1], [AT.toISOString(), 1]],
  ["text that is trimmed", z.string().check(z.trim()), " a ", "a"],
];

describe("a reply is encoded as its schema has it:", () => {
  test.each(encoded)("%s", async (_, schema, given, sent) => {
    expect(await send(schema, given)).toMatchObject({ status: 200, body: sent });
  });

  test.each(encoded)("the document describes what is sent: %s", async (_, schema, given) => {
    const { body } = await send(schema, given);
    if (schema !== tree && schema !== lazyTree)
      expect(zodFull.fromJSONSchema(described(schema)).safeParse(body).success).toBe(true); // it cannot follow references
    expect(JSON.stringify(described(schema))).not.toBe("{}");
  });

  test("without what the contract does not name, at any depth", async () => {
    const schema = z.object({ at: date, list: z.array(z.object({ at: date })) });
    const secret = { passwordHash: "x" };
    const { body } = await send(schema, { at: AT, list: [{ at: AT, ...secret }], ...secret });
    expect(body).toEqual({ at: AT.toISOString(), list: [{ at: AT.toISOString() }] });
  });
});

describe("a reply is a 500, and logged by its place, that has", () => {
  test.each<[what: string, schema: Schema, given: unknown, message: string]>([
    [
      "no value where there is only a default",
      z.object({ n: z._default(z.number(), 1) }),
      {},
      "GET /x, 200: #/n",
    ],
    ["what a catch would forgive", z.object({ n: z.catch(z.number(), 1) }), { n: "x" }, "GET /x, 200: #/n"],
    [
      "text where a codec makes it",
      z.object({ at: date }),
      { at: "2026-01-31T12:00:00Z" },
      "GET /x, 200: #/at",
    ],
    ["a Date that is none", z.object({ at: date }), { at: new Date("x") }, "GET /x, 200: #/at"],
    ["what a check refuses", z.array(z.int().check(z.gte(1))), [1, 0], "GET /x, 200: #/1"],
    [
      "what a check refuses later",
      z.object({ n: z.number().check(z.refine(async (n) => n > 1)) }),
      { n: 1 },
      "GET /x, 200: #/n",
    ],
    [
      "nothing but a way without return",
      z.transform(Number),
      7,
      "Encountered unidirectional transform during encode",
    ],
    [
      "what goes a way without return",
      zodFull.string().transform(Number),
      7,
      "Encountered unidirectional transform during encode",
    ],
  ])("%s", async (_, schema, given, message) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    expect((await send(schema, given)).status).toBe(500);
    expect(log.mock.calls[0]?.[0].error.message).toContain(message);
  });

  test("and nothing is checked more than once", async () => {
    const seen: unknown[] = [];
    const schema = z.object({ n: z.number().check(z.refine(async (n) => seen.push(n))) });
    await send(schema, { n: 1 });
    expect(seen).toEqual([1]);
  });
});

describe("the document of a reply", () => {
  test("has the wire's types and what is always there, and may have more one day", () => {
    const schema = z.object({
      at: date,
      n: z._default(z.number(), 1),
      note: z.optional(z.string()),
      maybe: z.codec(z.optional(z.string()), z.date(), {
        decode: (text) => new Date(text ?? 0),
        encode: () => undefined,
      }),
      nested: z.looseObject({ a: z.string() }),
    });
    expect(described(schema)).toMatchObject({
      properties: {
        at: { type: "string", format: "date-time" },
        n: { type: "number" },
        maybe: { type: "string" },
      },
      required: ["at", "n", "nested"],
    });
    expect(described(schema).properties.nested).not.toHaveProperty("additionalProperties", false);
  });

  test("is what goes in, of a body: what has a default may be left out", () => {
    const body = z.object({ at: date, n: z._default(z.number(), 1) });
    const write = {
      ...base,
      method: "POST" as const,
      body,
      example: { at: "2026-01-31T12:00:00Z" },
      reply: body,
    };
    // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
    const { paths }: any = toOpenApi({ write }, { title: "", version: "1", server: "/" });
    const { requestBody, responses } = paths["/x"].post;
    expect(requestBody.content["application/json"].schema.required).toEqual(["at"]);
    expect(responses[200].content["application/json"].schema.required).toEqual(["at", "n"]);
  });
});

test("a Date goes out as text and arrives as that, and comes in as a Date", async () => {
  const move = contract({
    method: "POST",
    path: "/x",
    summary: "",
    body: z.object({ at: date }),
    example: { at: "2026-01-31T12:00:00Z" },
    reply: { 201: z.object({ at: date, days: z._default(z.number(), 1) }) },
  });
  const handler = lambda(move, ({ body }) => {
    expectTypeOf(body.at).toEqualTypeOf<Date>();
    return reply(201, { at: new Date(body.at.getTime() + 86_400_000), days: 1 });
  });
  const client = createClient({ move }, "https://api.example.com", {
    fetch: async (_, request) => {
      const { status, headers, result } = await invoke(handler, { body: request?.body });
      return new Response(String(result.body), { status, headers: { ...headers } });
    },
  });
  const moved = await client.move({ body: { at: "2026-01-31T12:00:00Z" } });
  if (!moved.ok) throw new Error("refused");
  expectTypeOf(moved.body).toEqualTypeOf<{ at: string; days: number }>();
  expect(moved.body).toEqual({ at: "2026-02-01T12:00:00.000Z", days: 1 });
});
