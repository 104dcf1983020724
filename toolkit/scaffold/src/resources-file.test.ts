import { describe, expect, test } from "vitest";
import { addTable, importsResource, removeTable } from "./resources-file.ts";

const notes = addTable(undefined, "notes", "@shop");

describe("the file of the resources", () => {
  test("is whole with its first table", () => {
    expect(notes).toMatch(
      /^import \{ NotesItem \} from "@shop\/core\/notes-item";\nimport \{ table \} from "@lucky\/resources\/declare";\n\n\/\*\* .* \*\/\nexport const Notes = table\("notes", \{ item: NotesItem, key: \{ partition: "id" \} \}\);\n$/,
    );
  });

  test("imports table once, beside what it imports already", () => {
    const both = addTable(notes, "old-orders", "@shop");
    expect(both.match(/@lucky\/resources\/declare/g)).toHaveLength(1);
    const secrets =
      'import {\n  secret,\n} from "@lucky/resources/declare";\nexport const Key = secret("key");\n';
    expect(addTable(secrets, "notes", "@shop")).toContain(
      'import { secret, table } from "@lucky/resources/declare";\n',
    );
    const types = 'import type { Table } from "@lucky/resources/declare";\n';
    expect(addTable(types, "notes", "@shop")).toContain(
      'import { table } from "@lucky/resources/declare";\nimport type { Table }',
    );
  });

  test("is gone with its last table", () => {
    expect(removeTable(notes, "notes")).toBeUndefined();
  });

  test("loses a table with its comment and its imports alone, whatever stands around", () => {
    const both = addTable(notes, "old-orders", "@shop");
    const rest = removeTable(both, "notes");
    expect(rest).toContain('import { OldOrdersItem } from "@shop/core/old-orders-item";');
    expect(rest).toContain("export const OldOrders");
    expect(rest).not.toMatch(/notes/i);
    expect(rest?.match(/\/\*\*/g)).toHaveLength(1);
  });

  test("loses a table of several lines, and one without options", () => {
    const long = `import { a, idempotencyTable, table } from "@lucky/resources/declare";
/** One. */
export const One = table("one", {
  item: a,
  indexes: { by: { partition: "x" } },
});
/** Two. */
export const Two = idempotencyTable("two");
/** Three. */
export const Three = table("three", { item: a });
`;
    expect(removeTable(removeTable(long, "one") ?? "", "two")).toBe(
      'import { a, table } from "@lucky/resources/declare";\n/** Three. */\nexport const Three = table("three", { item: a });\n',
    );
  });

  test.each(["note", "nothing", "."])("stays where it has no table %s", (name) => {
    expect(removeTable(notes, name)).toBe(notes);
  });

  test("stays where the table is declared in another shape", () => {
    const odd = 'export const Notes: Table =\n  table("notes", { item });\n';
    expect(removeTable(odd, "notes")).toBe(odd);
  });

  test.each([
    ['import { Notes } from "./resources.ts";\n', true],
    ['import { Draws, Notes as Mine } from "@shop/contracts/resources";\n', true],
    ['import {\n  Draws,\n  Notes,\n} from "./resources.ts";\n', true],
    ['import { Notes } from "./others.ts";\n', false],
    ['import { NotesPage } from "./resources.ts";\n', false],
  ])("is imported by %j: %s", (source, expected) => {
    expect(importsResource(source, "Notes")).toBe(expected);
  });
});
