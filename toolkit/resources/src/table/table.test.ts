import type { Dynamo } from "@lucky/emulators/dynamodb";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { awsCall, dynamodb } from "../aws/aws-call.ts";
import { clock } from "../aws/clock.ts";
import { table } from "../declare/declare.ts";
import { makeTable, startEngine } from "../testing/engine.ts";
import { transaction } from "../transaction.ts";
import { ItemError, ItemTooLargeError, NoTableError } from "./table-error.ts";
import { writerOf } from "./table-writer.ts";

const Note = z.object({
  id: z.string(),
  day: z.optional(z.string()),
  text: z._default(z.string().check(z.maxLength(500_000)), ""),
  reads: z.optional(z.number()),
  tags: z.optional(z.set(z.string())),
  more: z.optional(z.record(z.string(), z.string())),
  list: z.optional(z.array(z.number())),
  expiresAt: z.optional(z.number()),
});
const Notes = table("notes", {
  item: Note,
  key: { partition: "id" },
  indexes: { byDay: { partition: "day", sort: "id" } },
  expires: "expiresAt",
});
const Page = z.object({ book: z.string(), nr: z.number(), rev: z.number(), title: z.optional(z.string()) });
const Pages = table("pages", {
  item: Page,
  key: { partition: "book", sort: "nr" },
  numbers: ["nr"],
  version: "rev",
});
const notes = writerOf(Notes);
const pages = writerOf(Pages);

const ordinary = { ...clock };
const before = { ...process.env };
let dynamo: Dynamo;
let name: string;
beforeAll(async () => {
  dynamo = await startEngine();
});
beforeEach(async () => {
  name = await makeTable(dynamo, Notes);
  await makeTable(dynamo, Pages);
});
afterEach(() => void Object.assign(clock, ordinary));
afterAll(async () => {
  await dynamo.stop();
  process.env = { ...before };
});

const errorOf = (call: Promise<unknown>) =>
  call.then(
    () => "none",
    (error: unknown) => error,
  );
const putRaw = (Item: object) => awsCall(dynamodb, "PutItem", { TableName: name, Item });

describe("an item", () => {
  test("is put, in the place of another, and got, with what its schema fills in", async () => {
    expect(await notes.get({ id: "a" })).toBeUndefined();
    expect(await notes.put({ id: "a", reads: 1 })).toBe(true);
    expect(await notes.get({ id: "a" })).toEqual({ id: "a", reads: 1, text: "" });
    expect(await notes.put({ id: "a", text: "new" })).toBe(true);
    expect(await notes.get({ id: "a" }, { consistent: true })).toEqual({ id: "a", text: "new" });
  });

  test("is created once", async () => {
    expect(await notes.create({ id: "a", text: "first" })).toBe(true);
    expect(await notes.create({ id: "a", text: "second" })).toBe(false);
    expect(await notes.get({ id: "a" })).toEqual({ id: "a", text: "first" });
  });

  test("is got by its key, whatever else stands there", async () => {
    const params = { id: "a", page: 2 };
    await notes.put({ id: "a" });
    expect(await notes.get(params)).toEqual({ id: "a", text: "" });
    expect(await notes.getMany([params, params])).toHaveLength(2);
  });

  test("is deleted, and only where the conditions hold", async () => {
    await notes.put({ id: "a", text: "x" });
    expect(await notes.delete({ id: "a" }, { if: { text: "y" } })).toBe(false);
    expect(await notes.delete({ id: "a" }, { if: { text: "x" } })).toBe(true);
    expect(await notes.get({ id: "a" })).toBeUndefined();
    expect(await notes.delete({ id: "a" })).toBe(true);
  });

  test("that the schema refuses is not written, and the error names the field, not the value", async () => {
    // @ts-expect-error a number
    const error = await errorOf(notes.put({ id: "a", text: 12_345 }));
    expect(error).toBeInstanceOf(ItemError);
    expect(String(error)).toMatch(/^ItemError: An item of notes cannot be kept\. text: /);
    expect(String(error)).not.toContain("12345");
    expect(await notes.get({ id: "a" })).toBeUndefined();
  });

  test("of an older shape is an error that names its key and the field", async () => {
    await putRaw({ id: { S: "old" }, text: { N: "7" }, reads: { S: "many" } });
    const error = await errorOf(notes.get({ id: "old" }));
    expect(error).toBeInstanceOf(ItemError);
    expect(String(error)).toMatch(
      /^ItemError: The item of notes with id \{"S":"old"\} cannot be read\. text: .*reads: .*Give the field a default, or mend the item\.$/,
    );
  });

  test("with a number that no number here holds is such an error too", async () => {
    await putRaw({ id: { S: "old" }, reads: { N: "0.12345678901234567890123" } });
    expect(String(await errorOf(notes.get({ id: "old" })))).toContain("has more digits than a number here");
  });

  test("of more than 400 KB is refused", async () => {
    const text = "x".repeat(400 * 1024);
    const refused = new ItemTooLargeError(`An item of notes (${name}) is larger than 400 KB.`);
    expect(await errorOf(notes.put({ id: "a", text }))).toEqual(refused);
    await notes.put({ id: "a" });
    expect(await errorOf(notes.update({ id: "a" }, { set: { text } }))).toEqual(refused);
    expect(await errorOf(notes.putMany([{ id: "a", text }]))).toEqual(refused);
    expect(await errorOf(transaction([notes.writes.put({ id: "a", text })]))).toEqual(
      new ItemTooLargeError(`An item of ${name} is larger than 400 KB.`),
    );
    const largest = "x".repeat(400 * 1024 - 2 - 1 - 4);
    expect(await notes.put({ id: "b", text: largest })).toBe(true);
    expect(await notes.get({ id: "b" })).toEqual({ id: "b", text: largest });
  });
});

test("a key of the wrong type, empty or missing is named", async () => {
  const refused = new ItemError("id of notes is part of its key: a text that is not empty.");
  for (const key of [{ id: 5 }, { id: "" }, {}, { id: null }]) {
    const given = key as { id: string };
    expect(await errorOf(notes.get(given))).toEqual(refused);
    expect(await errorOf(notes.getMany([given]))).toEqual(refused);
    expect(await errorOf(notes.delete(given))).toEqual(refused);
    expect(await errorOf(notes.update(given, { set: { text: "" } }))).toEqual(refused);
  }
  expect(await errorOf(notes.put({ id: "" }))).toEqual(refused);
  // @ts-expect-error a number
  expect(await errorOf(pages.get({ book: "a", nr: "1" }))).toEqual(
    new ItemError("nr of pages is part of its key: a number."),
  );
});

describe("a table", () => {
  test("that is not there is an error that names it", async () => {
    process.env.TABLE_NOTES = "nowhere";
    const missing = new NoTableError("There is no table notes (nowhere) in eu-central-1: deploy it first.");
    const calls = [
      notes.get({ id: "a" }),
      notes.put({ id: "a" }),
      notes.query({ id: "a" }),
      notes.getMany([{ id: "a" }]),
      notes.putMany([{ id: "a" }]),
    ];
    expect(await Promise.all(calls.map(errorOf))).toEqual(calls.map(() => missing));
    expect(await errorOf(transaction([notes.writes.put({ id: "a" })]))).toEqual(
      new NoTableError("There is no table nowhere in eu-central-1: deploy it first."),
    );
  });

  test("whose variable is not set likewise", async () => {
    delete process.env.TABLE_NOTES;
    const calls = [notes.get({ id: "a" }), notes.put({ id: "a" }), notes.query({ id: "a" })];
    const sentence =
      "TABLE_NOTES is not set: a function gets the table notes where its contract says that it uses it.";
    expect(await Promise.all(calls.map(errorOf))).toEqual(calls.map(() => new NoTableError(sentence)));
  });
});

describe("an update", () => {
  test("sets, counts, adds, takes and removes, and gives the item", async () => {
    await notes.put({ id: "a", day: "x", tags: new Set(["a", "b"]) });
    const changed = await notes.update(
      { id: "a" },
      { set: { text: "t" }, add: { reads: 2 }, take: { tags: new Set(["b"]) }, remove: ["day"] },
    );
    expect(changed).toEqual({ id: "a", text: "t", reads: 2, tags: new Set(["a"]) });
    const added = await notes.update({ id: "a" }, { add: { reads: -3, tags: new Set(["c"]) } });
    expect(added).toEqual({ id: "a", text: "t", reads: -1, tags: new Set(["a", "c"]) });
  });

  test("of nothing that is there writes nothing", async () => {
    expect(await notes.update({ id: "a" }, { set: { text: "t" } })).toBeUndefined();
    expect(await notes.get({ id: "a" })).toBeUndefined();
  });

  test("holds what it sets to the schema", async () => {
    await notes.put({ id: "a" });
    // @ts-expect-error a number
    const error = await errorOf(notes.update({ id: "a" }, { set: { text: 1 } }));
    expect(String(error)).toMatch(/^ItemError: A change of notes cannot be kept\. text: /);
    // @ts-expect-error not of the key
    notes.writes.update({ id: "a" }, { set: { id: "b" } });
    // @ts-expect-error an item has it always
    notes.writes.update({ id: "a" }, { remove: ["text"] });
    // @ts-expect-error a text is no number
    notes.writes.update({ id: "a" }, { add: { text: 1 } });
    expect(await errorOf(notes.update({ id: "a" }, {}))).toBeInstanceOf(TypeError);
  });

  test("of one version wins once", async () => {
    await pages.put({ book: "b", nr: 1, rev: 4 });
    const tries = await Promise.all(
      ["x", "y", "z"].map((title) => pages.update({ book: "b", nr: 1 }, { set: { title } }, { version: 4 })),
    );
    const winners = tries.filter((each) => each !== undefined);
    expect(winners).toHaveLength(1);
    expect(winners[0]?.rev).toBe(5);
    expect(await pages.get({ book: "b", nr: 1 })).toEqual(winners[0]);
    expect((await pages.update({ book: "b", nr: 1 }, { set: { title: "w" } }))?.rev).toBe(6);
    // @ts-expect-error it has no version
    notes.writes.update({ id: "a" }, { set: { text: "" } }, { version: 1 });
    // @ts-expect-error it counts itself
    pages.writes.update({ book: "b", nr: 1 }, { set: { rev: 1 } });
  });

  test("that counts is right whoever else counts", async () => {
    await notes.put({ id: "a" });
    await Promise.all(Array.from({ length: 50 }, () => notes.update({ id: "a" }, { add: { reads: 1 } })));
    expect((await notes.get({ id: "a" }))?.reads).toBe(50);
  });
});

describe("conditions", () => {
  const item = {
    id: "a",
    text: "hello",
    reads: 5,
    tags: new Set(["x"]),
    more: { not: "hello" },
    list: [1, 2],
  };
  type Conditions = NonNullable<NonNullable<Parameters<typeof notes.put>[1]>["if"]>;

  test.each<[conditions: Conditions, holds: boolean]>([
    [{ text: "hello" }, true],
    [{ text: "other" }, false],
    [{ text: { is: "hello" } }, true],
    [{ text: { not: "hello" } }, false],
    [{ text: { in: ["a", "hello"] } }, true],
    [{ text: { contains: "ell" } }, true],
    [{ text: { beginsWith: "ell" } }, false],
    [{ tags: { contains: "x" } }, true],
    [{ tags: new Set(["x"]) }, true],
    [{ tags: new Set(["x", "y"]) }, false],
    [{ list: { contains: 2 } }, true],
    [{ list: [1, 2] }, true],
    [{ list: [2, 1] }, false],
    [{ reads: { between: [1, 5] } }, true],
    [{ reads: { before: 5 } }, false],
    [{ reads: { atMost: 5 } }, true],
    [{ reads: { after: 5 } }, false],
    [{ reads: { atLeast: 5 } }, true],
    [{ day: { exists: false } }, true],
    [{ day: { exists: true } }, false],
    [{ text: "hello", reads: 6 }, false],
    [{ more: { is: { not: "hello" } } }, true],
    [{ more: { not: { not: "hello" } } }, false],
    [{ more: { is: { is: "hello" } } }, false],
    [{}, true],
  ])("%j: %s", async (conditions, holds) => {
    await notes.put(item);
    expect(await notes.put(item, { if: conditions })).toBe(holds);
    expect((await notes.update({ id: "a" }, { set: { day: "d" } }, { if: conditions })) !== undefined).toBe(
      holds,
    );
    await notes.put(item);
    expect(await transaction([notes.writes.check({ id: "a" }, { id: "a", ...conditions })])).toEqual(
      holds ? [] : [0],
    );
    expect(await notes.delete({ id: "a" }, { if: conditions })).toBe(holds);
  });

  test.each<object>([
    { more: { a: "b" } },
    { more: {} },
    { more: { is: { a: "b" }, not: { a: "c" } } },
    { text: { like: "a" } },
    { text: { in: [] } },
    { text: { is: undefined } },
    { text: { constructor: "a" } },
  ])("%j are no conditions", async (conditions) => {
    expect(await errorOf(notes.put(item, { if: conditions }))).toBeInstanceOf(TypeError);
  });

  test("of maps, and of what an attribute is not, do not compile", () => {
    // @ts-expect-error a map is compared by is
    notes.writes.check({ id: "a" }, { more: { a: "b" } });
    // @ts-expect-error a number begins with nothing
    notes.writes.check({ id: "a" }, { reads: { beginsWith: "1" } });
    // @ts-expect-error no attribute
    notes.writes.check({ id: "a" }, { rank: 1 });
  });
});

describe("an item that has expired", () => {
  beforeEach(async () => {
    clock.now = () => 1_000_000;
    await notes.put({ id: "gone", day: "d", expiresAt: 1000 });
    await notes.put({ id: "here", day: "d", expiresAt: 1001 });
  });

  test("is not there for readers", async () => {
    expect(await notes.get({ id: "gone" })).toBeUndefined();
    expect(await notes.getMany([{ id: "gone" }, { id: "here" }])).toEqual([
      undefined,
      expect.objectContaining({ id: "here" }),
    ]);
    const { items } = await notes.query({ day: "d" }, { index: "byDay" });
    expect(items.map(({ id }) => id)).toEqual(["here"]);
    clock.now = () => 999_000;
    expect(await notes.get({ id: "gone" })).toBeDefined(); // the clock went back
  });

  test("nor for updates, conditions and creation", async () => {
    expect(await notes.update({ id: "gone" }, { set: { text: "t" } })).toBeUndefined();
    expect(await notes.update({ id: "here" }, { set: { text: "t" } })).toBeDefined();
    expect(await transaction([notes.writes.check({ id: "gone" }, { id: { exists: true } })])).toEqual([0]);
    expect(await transaction([notes.writes.check({ id: "gone" }, { day: "d" })])).toEqual([0]);
    expect(await transaction([notes.writes.check({ id: "gone" }, { day: { not: "d" } })])).toEqual([]);
    expect(await notes.create({ id: "here" })).toBe(false);
    expect(await notes.create({ id: "gone", text: "again" })).toBe(true);
    expect(await notes.get({ id: "gone" })).toEqual({ id: "gone", text: "again" });
  });

  test.each([
    [4, 4],
    [3, 3],
    [3, 1],
    [2, 5],
    [1, 3],
  ])("makes no page short: %d, in pages of %d", async (every, limit) => {
    const isThere = (nr: number) => (every === 3 ? nr % 3 !== 0 : nr % every === 0);
    const idOf = (nr: number) => `n${String(nr).padStart(2, "0")}`;
    const all = Array.from({ length: 40 }, (_, nr) => nr);
    await notes.putMany(all.map((nr) => ({ id: idOf(nr), day: "e", ...(!isThere(nr) && { expiresAt: 1 }) })));
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await notes.query({ day: "e" }, { index: "byDay", limit, cursor });
      if (page.cursor !== undefined) expect(page.items).toHaveLength(limit);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(ids).toEqual(all.filter(isThere).map(idOf));
  });
});

describe("many items", () => {
  test("are put, got in the order that was asked for, and deleted: more than fit into a call", async () => {
    const all = Array.from({ length: 260 }, (_, nr) => ({ book: `b${nr % 3}`, nr: nr / 8, rev: 0 }));
    await pages.putMany(all);
    const keys = all.map(({ book, nr }) => ({ book, nr })).reverse();
    expect(await pages.getMany([...keys, { book: "b0", nr: 0 }, { book: "none", nr: 1 }])).toEqual([
      ...all.toReversed(),
      all[0],
      undefined,
    ]);
    await pages.deleteMany(keys);
    expect((await pages.getMany(keys)).every((each) => each === undefined)).toBe(true);
    await pages.putMany([]);
    expect(await pages.getMany([])).toEqual([]);
  });

  test("of one key are one, the last, and numbers are found however DynamoDB writes them", async () => {
    await pages.putMany([
      { book: "b", nr: 1e-7, rev: 1 },
      { book: "b", nr: 0.0000001, rev: 2 },
    ]);
    expect(await pages.getMany([{ book: "b", nr: 1e-7 }])).toEqual([{ book: "b", nr: 1e-7, rev: 2 }]);
  });

  test("ten thousand of them are read back, none twice", async () => {
    await pages.putMany(Array.from({ length: 10_000 }, (_, nr) => ({ book: "b", nr, rev: 0 })));
    const found: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await pages.query({ book: "b" }, { limit: 1000, cursor });
      found.push(...page.items.map(({ nr }) => nr));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(Array.from({ length: 10_000 }, (_, nr) => nr));
  });

  test("of more than 1 MB end a page", async () => {
    for (let nr = 0; nr < 8; nr++) await notes.put({ id: `n${nr}`, day: "d", text: "x".repeat(300_000) });
    const first = await notes.query({ day: "d" }, { index: "byDay" });
    expect(first.items.length).toBeGreaterThan(0);
    expect(first.items.length).toBeLessThan(8);
    const second = await notes.query({ day: "d" }, { index: "byDay", cursor: first.cursor });
    expect(second.items[0]?.id).toBe(`n${first.items.length}`);
  });
});

describe("a query", () => {
  beforeEach(() => pages.putMany([1, 2, 10, 20].map((nr) => ({ book: "b", nr, rev: 0 }))));
  const found = async (...given: Parameters<typeof pages.query>) =>
    (await pages.query(...given)).items.map(({ nr }) => nr);

  test("takes a range of the second attribute, in its order", async () => {
    expect(await found({ book: "b" })).toEqual([1, 2, 10, 20]);
    expect(await found({ book: "b" }, { order: "descending" })).toEqual([20, 10, 2, 1]);
    expect(await found({ book: "b", nr: 10 })).toEqual([10]);
    expect(await found({ book: "b", nr: { before: 10 } })).toEqual([1, 2]);
    expect(await found({ book: "b", nr: { atMost: 10 } })).toEqual([1, 2, 10]);
    expect(await found({ book: "b", nr: { after: 2 } })).toEqual([10, 20]);
    expect(await found({ book: "b", nr: { atLeast: 2 } })).toEqual([2, 10, 20]);
    expect(await found({ book: "b", nr: { between: [2, 10] } })).toEqual([2, 10]);
    expect(await found({ book: "other" })).toEqual([]);
  });

  test("of an index is by its attributes, and an item that lacks them is not there", async () => {
    await notes.putMany([{ id: "a1", day: "d" }, { id: "a2", day: "d" }, { id: "b", day: "d" }, { id: "c" }]);
    const { items } = await notes.query({ day: "d", id: { beginsWith: "a" } }, { index: "byDay" });
    expect(items.map(({ id }) => id)).toEqual(["a1", "a2"]);
  });

  test("that types refuse", () => {
    const never = () => {
      // @ts-expect-error no such index
      notes.query({ day: "d" }, { index: "byText" });
      // @ts-expect-error the partition is due
      notes.query({ id: "a" }, { index: "byDay" });
      // @ts-expect-error a number
      pages.query({ book: "b", nr: "1" });
      // @ts-expect-error no number begins so
      pages.query({ book: "b", nr: { beginsWith: "1" } });
      // @ts-expect-error an index has none
      notes.query({ day: "d" }, { index: "byDay", consistent: true });
    };
    expect(never).toBeTypeOf("function");
  });

  test.each([0, -1, 1.5, 1001, Number.NaN])("has a limit that is none of %d", async (limit) => {
    expect(await errorOf(pages.query({ book: "b" }, { limit }))).toBeInstanceOf(RangeError);
  });
});

describe("a transaction", () => {
  test("does all or nothing, and says whose conditions failed", async () => {
    await notes.put({ id: "a", reads: 1 });
    const writes = () => [
      notes.writes.create({ id: "mark" }),
      notes.writes.update({ id: "a" }, { add: { reads: 1 } }),
      pages.writes.put({ book: "b", nr: 1, rev: 0 }),
    ];
    expect(await transaction(writes())).toEqual([]);
    expect(await transaction(writes())).toEqual([0]);
    expect((await notes.get({ id: "a" }))?.reads).toBe(2);
    expect(
      await transaction([notes.writes.delete({ id: "mark" }), notes.writes.create({ id: "a" })]),
    ).toEqual([1]);
    expect(await notes.get({ id: "mark" })).toBeDefined();
    expect(await transaction([])).toEqual([]);
  });

  test("has 100 writes at most, each of an item of its own", async () => {
    const many = Array.from({ length: 101 }, (_, nr) => notes.writes.put({ id: `${nr}` }));
    expect(await errorOf(transaction(many))).toBeInstanceOf(RangeError);
    expect(await transaction(many.slice(1))).toEqual([]);
    expect(
      String(await errorOf(transaction([notes.writes.put({ id: "a" }), notes.writes.delete({ id: "a" })]))),
    ).toMatch(/multiple operations on one item/);
  });
});
