import { contract } from "@lucky/gateway/contract";
import type { Call } from "@lucky/gateway/lambda";
import { describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod/mini";
import { allow, read, secret, setting, table, variableOf, write } from "./declare.ts";

const Note = z.object({
  id: z.string(),
  day: z.string(),
  rank: z.number(),
  tag: z.optional(z.string()),
  tags: z.array(z.string()),
  expiresAt: z.optional(z.number()),
});
const Notes = table("notes", {
  item: Note,
  key: { partition: "id" },
  indexes: { byDay: { partition: "day", sort: "id" } },
});

describe("a table", () => {
  test("is data", () => {
    expect(Notes).toEqual({
      kind: "table",
      name: "notes",
      item: Note,
      key: { partition: "id" },
      indexes: { byDay: { partition: "day", sort: "id" } },
      numbers: [],
    });
  });

  test("says which attributes of its keys are numbers", () => {
    const ranked = table("ranked", { item: Note, key: { partition: "id", sort: "rank" }, numbers: ["rank"] });
    expect(ranked.numbers).toEqual(["rank"]);
    // @ts-expect-error rank is a number
    table("ranked", { item: Note, key: { partition: "id", sort: "rank" } });
    // @ts-expect-error in an index too
    table("ranked", { item: Note, key: { partition: "id" }, indexes: { byRank: { partition: "rank" } } });
    // @ts-expect-error there is none in a key
    table("ranked", { item: Note, key: { partition: "id" }, numbers: ["rank"] });
  });

  test("has keys of attributes that its item has, and that are text or numbers", () => {
    table("tagged", { item: Note, key: { partition: "id" }, indexes: { byTag: { partition: "tag" } } });
    // @ts-expect-error
    table("wrong", { item: Note, key: { partition: "ID" } });
    // @ts-expect-error an item may lack it
    table("wrong", { item: Note, key: { partition: "tag" } });
    // @ts-expect-error a list
    table("wrong", { item: Note, key: { partition: "tags" } });
    // @ts-expect-error
    table("wrong", { item: Note, key: { partition: "id" }, indexes: { byDay: { partition: "dat" } } });
    // @ts-expect-error a text is no second
    table("wrong", { item: Note, key: { partition: "id" }, expires: "day" });
    table("right", { item: Note, key: { partition: "id" }, expires: "expiresAt", version: "rank" });
  });
});

describe("an item", () => {
  const item = <const S extends z.ZodMiniType>(field: S) => z.object({ id: z.string(), field });
  const key = { partition: "id" } as const;

  test("may hold what DynamoDB does", () => {
    table("right", {
      item: item(z.union([z.boolean(), z.null(), z.array(z.object({ a: z.string() }))])),
      key,
    });
    table("right", { item: item(z.set(z.string())), key });
    table("right", { item: item(z.instanceof(Uint8Array)), key });
    table("right", { item: item(z.record(z.string(), z.tuple([z.number(), z.string()]))), key });
    table("right", { item: item(z.coerce.bigint()), key });
    table("right", { item: item(z.set(z.coerce.bigint())), key });
    table("right", { item: item(z._default(z.optional(z.string()), "x")), key });
    table("right", { item: item(z.json()), key });
    table("right", {
      item: z.discriminatedUnion("kind", [
        z.object({ id: z.string(), kind: z.literal("a"), a: z.string() }),
        z.object({ id: z.string(), kind: z.literal("b"), b: z.number() }),
      ]),
      key,
    });
  });

  test("may hold nothing else, nor what its schema would not read again", () => {
    // @ts-expect-error a date
    table("wrong", { item: item(z.date()), key });
    // @ts-expect-error one in a list
    table("wrong", { item: item(z.array(z.object({ at: z.date() }))), key });
    // @ts-expect-error a map
    table("wrong", { item: item(z.map(z.string(), z.string())), key });
    // @ts-expect-error a set of lists
    table("wrong", { item: item(z.set(z.array(z.string()))), key });
    // @ts-expect-error a hole in a list
    table("wrong", { item: item(z.array(z.optional(z.string()))), key });
    // @ts-expect-error a small one is read as a number
    table("wrong", { item: item(z.bigint()), key });
    const transformed = item(z.pipe(z.string(), z.transform(Number)));
    // @ts-expect-error its output is no input
    table("wrong", { item: transformed, key });
    const coded = item(z.codec(z.string(), z.boolean(), { decode: Boolean, encode: String }));
    // @ts-expect-error likewise
    table("wrong", { item: coded, key });
    // @ts-expect-error nobody knows what it is
    table("wrong", { item: item(z.unknown()), key });
    // @ts-expect-error no objects
    table("wrong", { item: z.string(), key });
  });
});

test("a contract says what its function uses, and the call has it", () => {
  const MailKey = secret("mail-key", { summary: "The key of the mail service" });
  const Size = setting("size", {
    value: z.coerce.number<string>(),
    default: "10",
    summary: "How many on a page",
  });
  const readNote = contract({
    method: "GET",
    path: "/notes/{id}",
    summary: "Reads a note",
    reply: Note,
    uses: {
      notes: read(Notes),
      mailKey: read(MailKey),
      size: read(Size),
      raw: allow(Notes, ["dynamodb:Scan"]),
    },
  });
  type Given = Call<typeof readNote>;
  expectTypeOf<Given["mailKey"]>().toEqualTypeOf<() => Promise<string>>();
  expectTypeOf<Given["size"]>().toEqualTypeOf<number>();
  expectTypeOf<Given["raw"]["name"]>().toEqualTypeOf<string>();
  expectTypeOf<Parameters<Given["notes"]["get"]>[0]>().toEqualTypeOf<Pick<z.infer<typeof Note>, "id">>();
  // @ts-expect-error it may only read
  type _ = Given["notes"]["put"];
  // @ts-expect-error a secret is not written
  write(MailKey);
});

test("each resource has its variable", () => {
  expect(variableOf({ kind: "table", name: "lucky-draws" })).toBe("TABLE_LUCKY_DRAWS");
  expect(variableOf({ kind: "secret", name: "mail-key" })).toBe("MAIL_KEY");
});
