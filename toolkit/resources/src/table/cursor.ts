import type { Table } from "../declare/table.ts";
import { type Attributes, fromNumber, toAttribute } from "./attribute.ts";
import { isWithin } from "./range.ts";
import { InvalidCursorError } from "./table-error.ts";

/** DynamoDB's limits, in bytes. */
const LONGEST = 2048;
const LONGEST_SORT = 1024;

/** Where a query's pages may begin. */
export type Query = {
  readonly table: Table;
  readonly index: string | undefined;
  readonly where: object;
};

/** As text that a caller may hold: the values of the last item's keys, which the caller has got. */
export function toCursor(last: Attributes, { table, index }: Query): string {
  const values = namesOf(table, index).map((name) => Object.values(last[name] ?? {})[0]);
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

/** Where a page begins. Throws an InvalidCursorError for anything but a cursor of this query. */
export function fromCursor(cursor: string, query: Query): Attributes {
  const start = parse(cursor, query);
  if (start) return start;
  throw refused(cursor);
}

export function refused(cursor: string): InvalidCursorError {
  return new InvalidCursorError("The cursor is not of this query: begin without one.", cursor);
}

function parse(cursor: string, { table, index, where }: Query): Attributes | undefined {
  const names = namesOf(table, index);
  const sorts = [table.key.sort, index === undefined ? undefined : table.indexes[index]?.sort];
  try {
    const texts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (!Array.isArray(texts) || texts.length !== names.length) return undefined;
    const start: [name: string, attribute: Attributes[string]][] = [];
    for (const [nth, name] of names.entries()) {
      const text = texts[nth];
      const longest = sorts.includes(name) ? LONGEST_SORT : LONGEST;
      if (typeof text !== "string" || text === "" || Buffer.byteLength(text) > longest) return undefined;
      const value = table.numbers.includes(name) ? fromNumber(text) : text;
      const asked = (where as Record<string, unknown>)[name]; // an object
      if (asked !== undefined && !isWithin(value, asked)) return undefined;
      start.push([name, toAttribute(value, name)]);
    }
    return Object.fromEntries(start);
  } catch {
    return undefined; // no JSON, or what is no number or text here
  }
}

/** The attributes that say where an item is: those of the table's key, and of the index. */
function namesOf({ key, indexes }: Table, index: string | undefined): readonly string[] {
  const used = index === undefined ? key : indexes[index];
  const names = [key.partition, key.sort, used?.partition, used?.sort];
  return [...new Set(names.filter((name) => name !== undefined))];
}
