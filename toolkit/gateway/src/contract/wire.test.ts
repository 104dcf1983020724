import * as v from "valibot";
import { expectTypeOf, test } from "vitest";
import { z as zodFull } from "zod";
import * as z from "zod/mini";
import { lambda } from "../http/lambda.ts";
import { contract } from "./contract.ts";
import type { Given, Sent } from "./wire.ts";

const date = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
const tags = z.codec(z.array(z.string()), z.set(z.string()), {
  decode: (list) => new Set(list),
  encode: (set) => [...set],
});

test("a function gives the output of a schema of zod, which it may only read, and its input arrives", () => {
  const order = z.object({
    at: date,
    tags,
    list: z.array(z.object({ at: z.optional(date) })),
    pair: z.tuple([date, z.number()]),
    byName: z.record(z.string(), date),
    closed: z.nullable(date),
    kind: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("a"), at: date }),
      z.object({ kind: z.literal("b") }),
    ]),
  });
  expectTypeOf<Given<typeof order>>().toEqualTypeOf<{
    readonly at: Date;
    readonly tags: Set<string>;
    readonly list: readonly { readonly at?: Date | undefined }[];
    readonly pair: readonly [Date, number];
    readonly byName: { readonly [name: string]: Date };
    readonly closed: Date | null;
    readonly kind: { readonly kind: "a"; readonly at: Date } | { readonly kind: "b" };
  }>();
  expectTypeOf<Sent<typeof order>>().toEqualTypeOf<{
    at: string;
    tags: string[];
    list: { at?: string | undefined }[];
    pair: [string, number];
    byName: Record<string, string>;
    closed: string | null;
    kind: { kind: "a"; at: string } | { kind: "b" };
  }>();
});

test("what has a default arrives, what is coerced arrives as what it was made, and a brand stays at home", () => {
  const order = zodFull.object({
    page: zodFull.number().default(1),
    count: zodFull.coerce.number(),
    id: zodFull.string().brand("Id"),
    any: zodFull.unknown(),
  });
  expectTypeOf<Sent<typeof order>>().toEqualTypeOf<{
    page: number;
    count: number;
    id: string;
    any: unknown;
  }>();
  expectTypeOf<Given<typeof order>>().toEqualTypeOf<{
    readonly page: number;
    readonly count: number;
    readonly id: string;
    readonly any: unknown;
  }>();
});

test("a schema that holds itself does so on the wire", () => {
  type Tree<At> = { at: At; children: Tree<At>[] };
  const tree: z.ZodMiniType<Tree<Date>, Tree<string>> = z.object({
    at: date,
    children: z.array(z.lazy(() => tree)),
  });
  expectTypeOf<Sent<typeof tree>["children"][number]["children"][number]["at"]>().toEqualTypeOf<string>();
  expectTypeOf<Given<typeof tree>["children"][number]["children"][number]["at"]>().toEqualTypeOf<Date>();
});

test("another library validates a reply: its input is given, and its output arrives", () => {
  const schema = v.object({ n: v.pipe(v.string(), v.transform(Number)) });
  expectTypeOf<Given<typeof schema>>().toEqualTypeOf<{ readonly n: string }>();
  expectTypeOf<Sent<typeof schema>>().toEqualTypeOf<{ n: number }>();
});

test("lists may hold themselves, and tuples may have a rest", () => {
  const json = zodFull.json();
  const any = contract({ method: "GET", path: "/", summary: "", reply: json });
  const held = contract({ method: "GET", path: "/", summary: "", reply: z.object({ json }) });
  lambda(any, () => ({ a: [1, { b: null }] }));
  lambda(held, async () => ({ json: ["a", [true]] }));
  // @ts-expect-error: a function is no JSON
  lambda(any, () => [() => 1]);
  const rest = z.tuple([z.string()], z.number());
  expectTypeOf<Given<typeof rest>>().toEqualTypeOf<readonly [string, ...number[]]>();
});
