import { describe, expect, test } from "vitest";
import { z as zodFull } from "zod";
import * as z from "zod/mini";
import { codecs } from "../contract/codecs.ts";
import type { Contract } from "../contract/contract.ts";
import { bytes, type Schema, text } from "../contract/schema.ts";
import { findBodyFault } from "./body-fault.ts";
import { toOpenApi } from "./openapi.ts";

const base = { method: "GET", path: "/x", summary: "" } as const;
const date = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
/** A schema that holds itself, before what is at fault. */
const tree: z.ZodMiniType = z.object({ child: z.optional(z.lazy(() => tree)), at: z.date() });

describe("a reply is refused, by its place, with", () => {
  test.each<[what: string, reply: Contract["reply"], place: string, kind: keyof typeof codecs]>([
    ["a Date", z.object({ at: z.date() }), "Reply 200 of read: #/at", "Date"],
    [
      "a Date of zod's larger half",
      zodFull.object({ at: zodFull.date() }),
      "Reply 200 of read: #/at",
      "Date",
    ],
    ["a Date that is coerced", z.array(z.coerce.date()), "Reply 200 of read: #/*", "Date"],
    ["a Date of one status", { 204: null, 404: z.nullable(z.date()) }, "Reply 404 of read: #", "Date"],
    ["a bigint", z.record(z.string(), z.bigint()), "Reply 200 of read: #/*", "bigint"],
    ["a bigint as a literal", z.tuple([z.string(), z.literal(5n)]), "Reply 200 of read: #/1", "bigint"],
    ["a Map", z.union([z.string(), z.map(z.string(), z.string())]), "Reply 200 of read: #", "Map"],
    ["a Set", z._default(z.set(z.string()), new Set()), "Reply 200 of read: #", "Set"],
    ["a symbol", z.readonly(z.symbol()), "Reply 200 of read: #", "symbol"],
    ["a Date in itself", tree, "Reply 200 of read: #/at", "Date"],
    ["a Date among others", z.catchall(z.object({}), z.date()), "Reply 200 of read: #/*", "Date"],
    [
      "a Date in both",
      z.intersection(z.object({ at: z.date() }), z.any()),
      "Reply 200 of read: #/at",
      "Date",
    ],
    [
      "a codec of the wrong direction",
      z.codec(z.date(), z.string(), { decode: String, encode: (text) => new Date(text) }),
      "Reply 200 of read: #",
      "Date",
    ],
  ])("%s", (_, reply, place, kind) => {
    const sentence = `${place} is a ${kind}, which JSON does not have. Write: ${codecs[kind]}`;
    expect(findBodyFault({ read: { ...base, reply } })).toBe(sentence);
    expect(() => toOpenApi({ read: { ...base, reply } }, { title: "", version: "1", server: "/" })).toThrow(
      new TypeError(sentence),
    );
  });

  test.each<[what: string, reply: Schema]>([
    ["a transform", zodFull.object({ a: zodFull.string().transform(Number) })],
    ["what goes before", zodFull.object({ a: zodFull.preprocess(Number, zodFull.number()) })],
    ["a transform of what a codec makes", z.object({ a: z.pipe(date, z.transform(String)) })],
    [
      "a transform within a codec",
      z.object({
        a: z.codec(z.pipe(z.string(), z.transform(Number)), z.number(), {
          decode: Number,
          encode: String as never,
        }),
      }),
    ],
  ])("%s, which has no way back", (_, reply) => {
    expect(findBodyFault({ read: { ...base, reply } })).toBe(
      `Reply 200 of read: #/a has a transform without a way back. Write: ${codecs.transform}`,
    );
  });

  test.each<[what: string, reply: Schema, sentence: string]>([
    ["a promise", z.promise(z.string()), "# is a promise, which JSON does not have."],
    ["no number", z.nan(), "# is a nan, which JSON does not have."],
    ["nothing", z.undefined(), "# has no value. What has no body is null."],
    [
      "nothing at times",
      z.optional(z.string()),
      "# may be undefined, which JSON does not have. Write: z.nullable(…)",
    ],
    [
      "nothing in a list",
      z.object({ a: z.array(z.optional(date)) }),
      "#/a/* may be undefined, which JSON does not have. Write: z.nullable(…)",
    ],
  ])("%s", (_, reply, sentence) => {
    expect(findBodyFault({ read: { ...base, reply } })).toBe(`Reply 200 of read: ${sentence}`);
  });
});

describe("a body is refused", () => {
  test("that no caller can send", () => {
    expect(
      findBodyFault({ write: { ...base, body: z.object({ at: z.date() }), reply: { 204: null } } }),
    ).toBe(`The body of write: #/at is a Date, which JSON does not have. Write: ${codecs.Date}`);
  });

  test("but not where it may be left out", () => {
    const body = z.optional(z.array(z.optional(z.string())));
    expect(findBodyFault({ write: { ...base, body, reply: { 204: null } } })).toBeUndefined();
  });

  test("unless it takes text, whatever becomes of it", () => {
    const body = zodFull.object({
      at: zodFull.coerce.date(),
      n: zodFull.string().transform(BigInt),
      to: date,
    });
    expect(findBodyFault({ write: { ...base, body, reply: { 204: null } } })).toBeUndefined();
  });
});

test("what goes over the wire as JSON is not refused", () => {
  const reply = {
    206: z.tuple([z.record(z.string(), z.optional(z.string())), z.optional(z.string())]),
    207: z.nonoptional(z.optional(z.string())),
    208: z.array(z.unknown()),
    200: z.object({ at: date, list: z.array(z.nullable(date)), any: z.any(), yes: zodFull.stringbool() }),
    201: text(),
    202: bytes("image/png"),
    203: zodFull.string().trim().brand("Id"),
    204: null,
  };
  expect(findBodyFault({ read: { ...base, reply } })).toBeUndefined();
});

describe("a body that holds itself", () => {
  const fieldOf = (body: Schema) => findBodyFault({ write: { ...base, body, reply: { 204: null } } });
  const either: z.ZodMiniType = z.union([
    z.object({ and: z.array(z.lazy(() => either)) }),
    z.lazy(() => z.object({ not: z.optional(z.lazy(() => either)) })),
    z.string(),
  ]);
  const kinds: z.ZodMiniType = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("and"), of: z.array(z.lazy(() => kinds)) }),
    z.object({ kind: z.literal("not"), of: z.lazy(() => kinds) }),
  ]);
  const json: z.ZodMiniType = z.union([
    z.string(),
    z.array(z.lazy(() => json)),
    z.record(
      z.string(),
      z.lazy(() => json),
    ),
  ]);

  test("in several objects of a union is refused: each would be tried at every level", () => {
    expect(fieldOf(z.object({ filter: either }))).toBe(
      'The body of write: #/filter is a union of objects that hold it again, and each is tried at every level. Write: z.discriminatedUnion("kind", [one, other])',
    );
  });

  test.each([
    ["kinds that are told apart", kinds],
    ["any JSON", json],
    ["objects of which one does", z.union([z.object({ a: json }), z.object({ b: z.string() })])],
  ])("in %s is taken", (_, body) => {
    expect(fieldOf(z.object({ body }))).toBeUndefined();
  });
});

describe("the codec that a sentence gives", () => {
  const evaluate = (code: string): z.ZodMiniType =>
    new Function("z", "key", "value", "item", `return ${code}`)(z, z.string(), z.number(), z.string());

  test.each<[kind: keyof typeof codecs, value: unknown, sent: unknown]>([
    ["Date", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["bigint", 12345678901234567890n, "12345678901234567890"],
    ["Map", new Map([["a", 1]]), [["a", 1]]],
    ["Set", new Set(["a"]), ["a"]],
  ])("sends a %s, and takes it", (kind, value, sent) => {
    const codec = evaluate(codecs[kind]);
    expect(z.encode(codec, value)).toEqual(sent);
    expect(z.decode(codec, sent)).toEqual(value);
    expect(findBodyFault({ read: { ...base, reply: codec } })).toBeUndefined();
  });
});
