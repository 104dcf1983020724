import { contract } from "@lucky/gateway/contract";
import { invoke } from "@lucky/gateway/testing";
import { afterEach, describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod/mini";
import { read, secret, table, write } from "./declare/declare.ts";
import type { TableReader } from "./handles.ts";
import { lambda } from "./lambda.ts";
import { useTables } from "./testing.ts";

const Note = z.object({ id: z.string(), owner: z.string(), at: z.int(), until: z.optional(z.int()) });
const Notes = table("notes", {
  item: Note,
  key: { partition: "id" },
  indexes: { byOwner: { partition: "owner", sort: "at" } },
  numbers: ["at"],
  expires: "until",
});
const Tags = table("tags", { item: z.object({ tag: z.string() }), key: { partition: "tag" } });
const MailKey = secret("mail-key", { summary: "The key of the mail service" });

const readNote = contract({
  method: "GET",
  path: "/notes/{id}",
  summary: "Reads a note",
  params: z.object({ id: z.string() }),
  reply: z.nullable(Note),
  uses: { notes: read(Notes), mailKey: read(MailKey) },
});
const tagNote = contract({
  method: "POST",
  path: "/tags",
  summary: "Tags a note",
  reply: z.null(),
  uses: { notes: write(Notes), tags: write(Tags) },
});
const other = contract({
  method: "GET",
  path: "/other",
  summary: "Another",
  reply: z.null(),
  uses: { notes: read(Tags) },
});
const handler = lambda(readNote, async ({ params, notes }) => (await notes.get(params)) ?? null);
const event = {
  version: "2.0",
  rawPath: "/notes/a",
  requestContext: { http: { method: "GET", path: "/notes/a" } },
};
const note = { id: "a", owner: "Ada", at: 1 };
const names = () => [process.env.TABLE_NOTES, process.env.TABLE_TAGS];

describe("the tables of a test", () => {
  const seen: (string | undefined)[][] = [];
  const { notes, tags } = useTables(readNote, tagNote);

  test("are found by handlers, and written and read by the test, whatever the contract's right", async () => {
    seen.push(names());
    await notes.put(note);
    expect((await invoke(handler, event)).body).toEqual(note);
    expect(await tags.create({ tag: "new" })).toBe(true);
    expectTypeOf(notes).toExtend<TableReader<typeof Notes>>();
    // @ts-expect-error a secret is no table
    void (({ mailKey }: ReturnType<typeof useTables<[typeof readNote]>>) => mailKey);
  });

  test("are empty for the next, and others", async () => {
    expect(await notes.get({ id: "a" })).toBeUndefined();
    expect((await invoke(handler, event)).body).toBeNull();
    expect(names()).not.toEqual(seen[0]);
  });

  test("have their indexes, numbers and expiry", async () => {
    await notes.putMany([
      { ...note, id: "b", at: 10 },
      { ...note, id: "c", at: 9 },
      { ...note, id: "gone", until: 1 },
    ]);
    const { items } = await notes.query({ owner: "Ada" }, { index: "byOwner" });
    expect(items.map(({ id }) => id)).toEqual(["c", "b"]);
  });
});

describe("after a test", () => {
  afterEach(() => {
    expect(process.env.TABLE_TAGS).toBe("mine"); // which runs after that of useTables
    delete process.env.TABLE_TAGS;
  });
  process.env.TABLE_TAGS = "mine";
  useTables(tagNote);

  test("variables are as they were", () => {
    expect(process.env.TABLE_TAGS).toMatch(/^tags-\d+$/);
    expect(process.env.AWS_ACCESS_KEY_ID).toBe("NoRealAccessKeyId");
  });
});

test("two tables cannot have one name", () => {
  expect(() => useTables(readNote, other)).toThrow(
    "Two of the contracts call different tables notes: give each a useTables of its own.",
  );
});
