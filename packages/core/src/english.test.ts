import { describe, expect, test } from "vitest";
import * as z from "./zod.ts";

const KINDS = {
  a: z.object({ kind: z.literal("a"), x: z.number() }),
  b: z.object({ kind: z.literal("b"), y: z.number() }),
};
const TAGGED = z.discriminatedUnion("kind", [KINDS.a, KINDS.b]);
const refusals: [string, z.core.$ZodType, unknown, string][] = [
  ["a missing field", z.string(), undefined, "This field is required."],
  ["text for a number", z.number(), "7", "Give a number."],
  ["a fraction", z.int(), 1.5, "Give a whole number."],
  ["null for an object", z.object({}), null, "Give an object."],
  ["a number too big", z.number().check(z.lte(9)), 10, "Give a number of at most 9."],
  ["a number at an exclusive bound", z.number().check(z.lt(9)), 9, "Give a number of less than 9."],
  ["a number too small", z.number().check(z.gte(1)), 0, "Give a number of at least 1."],
  ["a number at an exclusive lower bound", z.number().check(z.gt(1)), 1, "Give a number of more than 1."],
  ["text too long", z.string().check(z.maxLength(2)), "abc", "Use at most 2 characters."],
  ["a list too short", z.array(z.string()).check(z.minLength(1)), [], "Give at least 1 items."],
  ["a wrong option", z.enum(["red", "blue"]), "green", 'Give "red" or "blue".'],
  ["a wrong bigint", z.literal(5n), 4n, "Give 5."],
  ["a malformed address", z.email(), "x", "Give a valid email."],
  ["a wrong pattern", z.string().check(z.regex(/^a$/)), "x", "Give text that matches /^a$/."],
  ["a wrong beginning", z.string().check(z.startsWith("a")), "x", 'Give text that starts with "a".'],
  ["a wrong step", z.number().check(z.multipleOf(5)), 7, "Give a multiple of 5."],
  ["unknown fields", z.strictObject({}), { a: 1, b: 2 }, "Leave out what is not known here: a, b."],
  ["none of a union", z.union([z.string(), z.number()]), true, "Give a string. Or: Give a number."],
  ["none of a union of one", z.union([z.string()]), 7, "Give a string."],
  ["none of equals", z.union([z.number(), z.number()]), "x", "Give a number."],
  ["none of the kinds", z.union([KINDS.a, KINDS.b]), { kind: "c" }, 'kind: Give "a". Or: kind: Give "b".'],
  ["none of the kinds of a discriminated union", TAGGED, { kind: "c" }, 'Give "a" or "b".'],
  ["both of what excludes each other", z.xor([z.string(), z.any()]), "x", "This value is not allowed here."],
  ["no kind of a discriminated union", TAGGED, {}, 'Give "a" or "b".'],
];

describe("a schema says in plain English what to do about", () => {
  test.each(refusals)("%s", (_, schema, value, sentence) => {
    expect(z.safeParse(schema, value).error?.issues.map((issue) => issue.message)).toEqual([sentence]);
  });
});

test("never repeats the refused value", () => {
  const { error } = z.safeParse(z.object({ pin: z.int() }), { pin: "secret" });
  expect(JSON.stringify(error?.issues)).not.toContain("secret");
});
