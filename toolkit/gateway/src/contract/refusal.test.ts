import * as v from "valibot";
import { expect, test } from "vitest";
import { z as zodFull } from "zod";
import * as z from "zod/mini";
import { contract } from "./contract.ts";
import { bytes, text } from "./schema.ts";

const base = { method: "GET", path: "/x", summary: "" } as const;
const withBody = { ...base, method: "POST", reply: z.string() } as const;
const date = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

test("a reply that JSON cannot say does not compile", () => {
  // @ts-expect-error a Date
  contract({ ...base, reply: z.object({ at: z.date() }) });
  // @ts-expect-error a bigint, in a list, of one status
  contract({ ...base, reply: { 200: z.array(z.object({ n: z.bigint() })), 204: null } });
  // @ts-expect-error a Map
  contract({ ...base, reply: zodFull.map(zodFull.string(), zodFull.string()) });
  // @ts-expect-error a Set, that may be left out
  contract({ ...base, reply: z.object({ tags: z.optional(z.set(z.string())) }) });
  // @ts-expect-error a symbol
  contract({ ...base, reply: z.record(z.string(), z.symbol()) });
  // @ts-expect-error bytes within JSON
  contract({ ...base, reply: z.object({ icon: z.instanceof(Uint8Array) }) });
  // @ts-expect-error a codec of the wrong direction
  contract({ ...base, reply: z.codec(z.date(), z.string(), { decode: String, encode: (t) => new Date(t) }) });
  // @ts-expect-error a Date of another library
  contract({ ...base, reply: v.object({ at: v.date() }) });
  expect.assertions(0);
});

test("a reply with a transform that has no way back does not compile", () => {
  // @ts-expect-error a transform
  contract({ ...base, reply: zodFull.object({ n: zodFull.string().transform(Number) }) });
  // @ts-expect-error one deep within
  contract({ ...base, reply: { 201: z.array(z.optional(z.pipe(z.string(), z.transform(Number)))) } });
  const number = zodFull.preprocess(Number, zodFull.number());
  // @ts-expect-error one that goes before
  contract({ ...base, reply: zodFull.record(zodFull.string(), number) });
  // @ts-expect-error one behind a codec
  contract({ ...base, reply: z.union([z.string(), z.pipe(date, z.transform(String))]) });
  expect.assertions(0);
});

test("a body that no caller can send does not compile", () => {
  // @ts-expect-error a Date
  contract({ ...withBody, body: z.object({ at: z.date() }), example: { at: new Date() } });
  expect.assertions(0);
});

test("all else does", () => {
  contract({ ...base, reply: z.object({ at: date, list: z.array(z.union([date, z.null()])) }) });
  contract({ ...base, reply: { 200: text(), 201: bytes("image/png"), 204: null } });
  contract({ ...base, reply: z.object({ any: z.any(), unknown: z.unknown() }) });
  contract({ ...base, reply: zodFull.object({ yes: zodFull.stringbool(), n: zodFull.coerce.number() }) });
  contract({ ...base, reply: v.object({ n: v.pipe(v.string(), v.transform(Number)) }) });
  const body = zodFull.object({ at: zodFull.coerce.date(), n: zodFull.string().transform(Number), to: date });
  contract({ ...withBody, body, example: { at: "2026-01-31", n: "7", to: "2026-01-31T00:00:00Z" } });
  type Tree = { children: Tree[] };
  const tree: z.ZodMiniType<Tree> = z.object({ children: z.array(z.lazy(() => tree)) });
  contract({ ...base, reply: tree });
  expect.assertions(0);
});
