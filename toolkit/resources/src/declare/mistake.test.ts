import type { Contract } from "@lucky/gateway/contract";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { allow, read, secret, setting, table, write } from "./declare.ts";
import { findResourceMistake } from "./mistake.ts";

const Note = z.object({ id: z.string(), rank: z.number() });
const Notes = table("notes", { item: Note, key: { partition: "id" } });
const summary = "What it is";
const uses = (given: Contract["uses"]): Contract => ({
  method: "GET",
  path: "/x",
  summary,
  reply: Note,
  ...(given && { uses: given }),
});
const mistakeIn = (given: object) => findResourceMistake({ it: uses(given as Contract["uses"]) });
const named = (name: string) => table(name, { item: Note, key: { partition: "id" } });
const keeping = (field: z.core.$ZodType) =>
  read(
    (table as (...given: unknown[]) => typeof Notes)("notes", {
      item: z.object({ id: z.string(), field }),
      key: { partition: "id" },
    }),
  );

test("what can be had has no mistake", () => {
  const MailKey = secret("mail-key", { summary });
  const Size = setting("size", { value: z.coerce.number<string>(), default: "10", summary });
  const contracts = {
    a: uses({ notes: read(Notes), mailKey: read(MailKey), size: read(Size) }),
    b: uses({ notes: write(Notes), raw: allow(Notes, ["dynamodb:Scan"]) }),
    c: uses(undefined),
  };
  expect(findResourceMistake(contracts)).toBeUndefined();
});

describe("refused, with what to change:", () => {
  test.each(["Notes", "my_notes", "my notes", "-notes", "notes-", "a--b", "1st", "", "nötes"])(
    "the name %j",
    (name) => {
      expect(mistakeIn({ notes: read(named(name)) })).toBe(
        `The table ${name} cannot be had: its name is in lower case with dashes, such as lucky-draws.`,
      );
    },
  );

  test.each([
    "aws-region",
    "aws-lambda-function-name",
    "lambda-task-root",
    "node-options",
    "path",
    "home",
    "tz",
    "lang",
    "sst-key",
    "ld-library-path",
    "tmpdir",
  ])("a setting whose variable is taken: %s", (name) => {
    const variable = name.toUpperCase().replaceAll("-", "_");
    expect(mistakeIn({ it: read(setting(name, { value: z.string(), summary })) })).toBe(
      `The setting ${name} cannot be had: its variable would be ${variable}, which is taken: call it something else.`,
    );
  });

  test("a table whose name is too short for DynamoDB", () => {
    expect(mistakeIn({ a: read(named("ab")) })).toBe(
      "The table ab cannot be had: DynamoDB takes names of three letters at least.",
    );
    expect(mistakeIn({ a: read(named("abc")) })).toBeUndefined();
  });

  test("two of one name", () => {
    expect(mistakeIn({ a: read(named("notes")), b: write(named("notes")) })).toBe(
      "There are two tables of the name notes: declare it once, and import it.",
    );
    const one = uses({ a: read(secret("key", { summary })) });
    const two = uses({ a: read(secret("key", { summary })) });
    expect(findResourceMistake({ one, two })).toBe(
      "There are two secrets of the name key: declare it once, and import it.",
    );
  });

  test("two of one variable", () => {
    const text = { value: z.string(), summary };
    expect(mistakeIn({ a: read(Notes), b: read(setting("table-notes", text)) })).toBe(
      "The table notes and the setting table-notes are both TABLE_NOTES for functions: call one of them something else.",
    );
    expect(mistakeIn({ a: read(setting("key", text)), b: read(secret("key", { summary })) })).toContain(
      "both KEY",
    );
    expect(
      mistakeIn({ a: read(secret("key", { summary })), b: read(setting("secret-key", text)) }),
    ).toContain("both SECRET_KEY");
  });

  test("what nothing made", () => {
    const sentence = "The contract it uses notes, which neither read, write nor allow made.";
    for (const use of [
      Notes,
      {},
      null,
      { resource: Notes },
      { resource: Notes, right: "scan" },
      { resource: secret("a", { summary }), right: "write" },
    ])
      expect(mistakeIn({ notes: use })).toBe(sentence);
  });

  test("a default that its own schema refuses", () => {
    const wrong = setting("size", { value: z.coerce.number<string>("a number"), default: "ten", summary });
    expect(mistakeIn({ size: read(wrong) })).toBe(
      "The setting size cannot be had: its own default is wrong: a number.",
    );
    const slow = setting("size", {
      value: z.string().check(z.refine(async () => true)),
      default: "",
      summary,
    });
    expect(mistakeIn({ size: read(slow) })).toContain("takes its time");
  });

  test("one without a summary", () => {
    expect(mistakeIn({ a: read(secret("a", { summary: "" })) })).toContain("it has no summary");
  });

  test.each<[what: string, field: z.core.$ZodType, advice: string]>([
    ["a date", z.date(), "z.iso.datetime()"],
    ["one that is coerced", z.coerce.date(), "z.iso.datetime()"],
    ["a date in a list", z.array(z.optional(z.date())), "z.iso.datetime()"],
    ["a date in a record", z.record(z.string(), z.date()), "z.iso.datetime()"],
    ["a date in a tuple", z.tuple([z.string(), z.date()]), "z.iso.datetime()"],
    ["a date in a union", z.union([z.string(), z.object({ at: z.date() })]), "z.iso.datetime()"],
    ["a date behind a getter", z.lazy(() => z.date()), "z.iso.datetime()"],
    ["a map", z.map(z.string(), z.string()), "z.record()"],
    [
      "a transform",
      z.pipe(
        z.string(),
        z.transform((text) => text.length),
      ),
      "transform",
    ],
    ["a codec", z.codec(z.string(), z.string(), { decode: (text) => text, encode: (text) => text }), "codec"],
    ["a bigint that takes no number", z.bigint(), "z.coerce.bigint()"],
    ["a symbol", z.symbol(), "symbols"],
  ])("an item with %s", (_, field, advice) => {
    expect(mistakeIn({ notes: keeping(field) })).toMatch(/^The table notes cannot be had: item\.field/);
    expect(mistakeIn({ notes: keeping(field) })).toContain(advice);
  });

  test("a key or an index that is none", () => {
    const untyped = table as (name: string, definition: object) => typeof Notes;
    const wrong = (parts: object) =>
      mistakeIn({ notes: read(untyped("notes", { item: Note, key: { partition: "id" }, ...parts })) });
    expect(wrong({ key: { partition: "ID" } })).toContain("its key ID is no attribute of its item");
    expect(wrong({ key: { partition: "id", sort: "rank" } })).toContain("see rank");
    expect(wrong({ numbers: ["id"] })).toContain("see id");
    expect(wrong({ indexes: { by: { partition: "id" } } })).toContain("a name of three letters at least");
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, nr) => [`by-${nr}`, { partition: "id" }]));
    expect(wrong({ indexes: many })).toContain("21 indexes");
  });

  test("but nothing of another library's schema", () => {
    const other = { "~standard": { version: 1, vendor: "x", validate: (value: unknown) => ({ value }) } };
    const untyped = table as (name: string, definition: object) => typeof Notes;
    expect(
      mistakeIn({ notes: read(untyped("notes", { item: other, key: { partition: "id" } })) }),
    ).toBeUndefined();
  });

  test("nor an item that holds itself", () => {
    type Tree = { id: string; parts: Tree[] };
    const Tree: z.ZodMiniType<Tree> = z.object({
      id: z.string(),
      get parts() {
        return z.array(Tree);
      },
    }) as never;
    expect(
      mistakeIn({ trees: read(table("trees", { item: Tree, key: { partition: "id" } })) }),
    ).toBeUndefined();
  });
});
