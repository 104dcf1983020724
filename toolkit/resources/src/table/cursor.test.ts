import type { Dynamo } from "@lucky/emulators/dynamodb";
import { contract } from "@lucky/gateway/contract";
import { invoke } from "@lucky/gateway/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { read, table } from "../declare/declare.ts";
import { lambda } from "../lambda.ts";
import { makeTable, startEngine } from "../testing/engine.ts";
import { isWithin } from "./range.ts";
import { InvalidCursorError } from "./table-error.ts";
import { writerOf } from "./table-writer.ts";

const Entry = z.object({ shelf: z.string(), nr: z.number(), owner: z.string(), code: z.string() });
const Entries = table("entries", {
  item: Entry,
  key: { partition: "shelf", sort: "nr" },
  indexes: { byOwner: { partition: "owner", sort: "code" } },
  numbers: ["nr"],
});
const entries = writerOf(Entries);
const all = ["a", "b"].flatMap((shelf) =>
  Array.from({ length: 12 }, (_, nr) => ({ shelf, nr, owner: `o${nr % 2}`, code: `c${nr}` })),
);

const before = { ...process.env };
let dynamo: Dynamo;
beforeAll(async () => {
  dynamo = await startEngine();
  await makeTable(dynamo, Entries);
  await entries.putMany(all);
});
afterAll(async () => {
  await dynamo.stop();
  process.env = { ...before };
});

type Query = Parameters<typeof entries.query<undefined>>;
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const queries: readonly Query[] = [
  [{ shelf: "a" }, { limit: 3 }],
  [{ shelf: "a" }, { limit: 3, order: "descending" }],
  [{ shelf: "a", nr: { between: [3, 9] } }, { limit: 2 }],
  [{ shelf: "b", nr: { after: 2 } }, { limit: 4 }],
];

test("pages have every item once, in order, whatever their size", async () => {
  for (const order of ["ascending", "descending"] as const)
    for (let limit = 1; limit <= 13; limit++) {
      const found: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await entries.query({ owner: "o1" }, { index: "byOwner", order, limit, cursor });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        found.push(...page.items.map(({ nr }) => nr));
        cursor = page.cursor;
      } while (cursor !== undefined);
      const codes = [1, 1, 11, 11, 3, 3, 5, 5, 7, 7, 9, 9]; // as text is ordered
      expect(found).toEqual(order === "ascending" ? codes : codes.toReversed());
    }
});

/** Whatever a caller sends: an error, or items of the query alone. */
async function expectSafe(cursor: string): Promise<void> {
  for (const [where, options] of queries) {
    const page = await entries.query(where, { ...options, cursor }).catch((error: unknown) => error);
    if (page instanceof InvalidCursorError) continue;
    const { items } = page as Awaited<ReturnType<typeof entries.query>>;
    for (const { shelf, nr } of items) {
      expect(shelf).toBe(where.shelf);
      if (where.shelf === "b") expect(nr).toBeGreaterThan(2);
    }
  }
}

describe("a cursor that nobody gave is refused, or begins a page of the same query", () => {
  test("any text", async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: "binary" }), expectSafe), { numRuns: 200 });
  });

  test("any JSON", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), (value) => expectSafe(encode(value))),
      { numRuns: 200 },
    );
  });

  test("any values of the keys", async () => {
    const text = fc.oneof(fc.constantFrom("a", "b", "o1", "c1"), fc.string({ unit: "binary" }));
    const number = fc.oneof(
      fc.integer({ min: -1, max: 13 }).map(String),
      fc.double().map(String),
      fc.bigInt().map(String),
      fc.constantFrom("1e400", "0x1", " 1", "1e-200", "-0", "", "1".repeat(50), "1.00000000000000000001"),
    );
    await fc.assert(
      fc.asyncProperty(text, number, (...values) => expectSafe(encode(values))),
      { numRuns: 300 },
    );
  });

  test("one with a letter changed", async () => {
    const { cursor = "" } = await entries.query({ shelf: "a" }, { limit: 5 });
    await fc.assert(
      fc.asyncProperty(fc.nat(cursor.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, letter) =>
        expectSafe(cursor.slice(0, at) + letter + cursor.slice(at + 1)),
      ),
      { numRuns: 200 },
    );
  });
});

describe("a cursor is refused", () => {
  const refused = async (cursor: string, [where, options]: Query) =>
    expect(await entries.query(where, { ...options, cursor }).catch((error: unknown) => error)).toEqual(
      new InvalidCursorError("The cursor is not of this query: begin without one.", cursor),
    );

  test.each<[what: string, cursor: string]>([
    ["another partition", encode(["b", "3"])],
    ["more than the keys", encode(["a", "3", "x"])],
    ["less", encode(["a"])],
    ["a key that is too long", encode(["a".repeat(3000), "3"])],
    ["half of a character", encode(["\ud800", "3"])],
    ["no list", encode({ length: 2, 0: "a", 1: "3" })],
    ["a number where text is due", encode(["a", 3])],
    ["nothing", ""],
  ])("with %s", (_, cursor) => refused(cursor, [{ shelf: "a" }]));

  test.each<[where: Query[0], nr: string]>([
    [{ shelf: "a", nr: 3 }, "4"],
    [{ shelf: "a", nr: { before: 4 } }, "4"],
    [{ shelf: "a", nr: { after: 4 } }, "4"],
    [{ shelf: "a", nr: { atMost: 4 } }, "5"],
    [{ shelf: "a", nr: { atLeast: 4 } }, "3"],
    [{ shelf: "a", nr: { between: [4, 6] } }, "3"],
    [{ shelf: "a", nr: { between: [4, 6] } }, "7"],
    [{ shelf: "a", nr: 3 }, "3.00000000000000000001"],
  ])("beyond the range %j: %s", (where, nr) => refused(encode(["a", nr]), [where]));

  test.each([
    ["a".repeat(2049), "c1"],
    ["a", "c".repeat(1025)],
  ])("with keys longer than DynamoDB's: %s %s", async (shelf, code) => {
    const cursor = encode([shelf, "1", "o1", code]);
    const query = entries.query({ owner: "o1" }, { index: "byOwner", cursor });
    await expect(query).rejects.toBeInstanceOf(InvalidCursorError);
  });

  test("beyond a range of text, by its bytes", () => {
    const [small, large] = ["\uffff", "\u{1f600}"]; // by UTF-16 it is the other way round
    expect(isWithin(small, { before: large })).toBe(true);
    expect(isWithin(large, { before: small })).toBe(false);
    expect(isWithin(large, { between: [small, large] })).toBe(true);
  });

  test("of another index", async () => {
    const { cursor = "" } = await entries.query({ shelf: "a" }, { limit: 1 });
    const page = entries.query({ owner: "o1" }, { index: "byOwner", cursor });
    await expect(page).rejects.toBeInstanceOf(InvalidCursorError);
    const begins = { owner: "o1", code: { beginsWith: "c1" } };
    const outside = encode(["a", "1", "o1", "d"]);
    const inside = encode(["a", "1", "o1", "c1"]);
    await expect(entries.query(begins, { index: "byOwner", cursor: outside })).rejects.toThrow(
      /not of this query/,
    );
    expect((await entries.query(begins, { index: "byOwner", cursor: inside })).items).not.toEqual([]);
  });
});

describe("a function's caller", () => {
  const base = { summary: "Lists entries", reply: z.array(Entry), uses: { entries: read(Entries) } } as const;
  const event = (rawPath: string, rawQueryString = "", body?: string) => ({
    version: "2.0",
    rawPath,
    rawQueryString,
    queryStringParameters: Object.fromEntries(new URLSearchParams(rawQueryString)),
    requestContext: { http: { method: body === undefined ? "GET" : "POST", path: rawPath } },
    headers: { "content-type": "application/json" },
    body,
  });

  test("is told where the wrong cursor came, whatever it is called there", async () => {
    const list = contract({
      ...base,
      method: "GET",
      path: "/entries",
      query: z.object({ "from/~ü": z.optional(z.string()) }),
    });
    const handler = lambda(list, async ({ query, entries }) => {
      const { items } = await entries.query({ shelf: "a" }, { cursor: query["from/~ü"] });
      return [...items];
    });
    expect((await invoke(handler, event("/entries"))).status).toBe(200);
    const { status, body } = await invoke(handler, event("/entries", "from/~ü=made%20up"));
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      {
        in: "query",
        pointer: "#/from~1~0%C3%BC",
        detail: "The cursor is not of this query: begin without one.",
      },
    ]);
  });

  test("also in the body and in the path", async () => {
    const find = contract({
      ...base,
      method: "POST",
      path: "/entries/{after}",
      body: z.object({ cursor: z.string() }),
      example: { cursor: "" },
    });
    const handler = lambda(find, async ({ body, params, entries }) => {
      await entries.query({ shelf: "a" }, { cursor: body.cursor });
      const { items } = await entries.query({ shelf: "a" }, { cursor: params.after });
      return [...items];
    });
    const detail = "The cursor is not of this query: begin without one.";
    const first = await invoke(handler, event("/entries/x", "", '{"cursor":"y"}'));
    expect(first.body.errors).toEqual([{ pointer: "#/cursor", detail }]);
    const { cursor } = await entries.query({ shelf: "a" }, { limit: 1 });
    const second = await invoke(handler, event("/entries/x", "", JSON.stringify({ cursor })));
    expect(second.body.errors).toEqual([{ in: "path", pointer: "#/after", detail }]);
  });

  test("never meets a 500 by it", async () => {
    const list = contract({
      ...base,
      method: "GET",
      path: "/entries",
      query: z.object({ cursor: z.string() }),
    });
    const handler = lambda(list, async ({ query, entries }) => [
      ...(await entries.query({ shelf: "a" }, { cursor: query.cursor })).items,
    ]);
    const values = fc.tuple(
      fc.constantFrom("a", "b", "\ud800"),
      fc.oneof(fc.double(), fc.bigInt()).map(String),
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: "binary" }), values.map(encode)), async (cursor) => {
        const search = new URLSearchParams({ cursor }).toString();
        expect([200, 422]).toContain((await invoke(handler, event("/entries", search))).status);
      }),
      { numRuns: 200 },
    );
  });
});
