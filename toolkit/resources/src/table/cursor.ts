import type { Key } from "../declare/table.ts";
import type { Attribute, Attributes } from "./attribute.ts";
import { toAttribute } from "./attribute.ts";
import { operatorOf } from "./condition.ts";
import { InvalidCursorError } from "./table-error.ts";

type Query = {
  readonly key: Key;
  /** Of the index; the table's own where there is none. */
  readonly used: Key;
  readonly numbers: readonly string[];
  readonly where: Readonly<Record<string, unknown>>;
};

/** As text that a caller may hold: it has nothing but key attributes of the last item, which the caller has got. */
export function toCursor(last: Attributes): string {
  return Buffer.from(JSON.stringify(last)).toString("base64url");
}

/** Where a page begins. Throws an InvalidCursorError for anything but a cursor of this query. */
export function fromCursor(cursor: string, query: Query): Attributes {
  const start = parse(cursor);
  const { key, used, where, numbers } = query;
  const due = [key.partition, key.sort, used.partition, used.sort].filter((name) => name !== undefined);
  const isWhole = start !== undefined && Object.keys(start).sort().join() === [...new Set(due)].sort().join();
  if (!isWhole || !due.every((name) => isOf(start[name], numbers.includes(name) ? "N" : "S")))
    throw refused();
  for (const [name, asked] of Object.entries(where)) {
    if (asked !== undefined && !isWithin(sortedBy(start[name]), asked, name)) throw refused();
  }
  return start;
}

function refused(): InvalidCursorError {
  return new InvalidCursorError("The cursor is not of this query: begin without one.");
}

function parse(cursor: string): Attributes | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Attributes)
      : undefined; // checked by whoever asked
  } catch {
    return undefined;
  }
}

function isOf(attribute: Attribute | undefined, type: "S" | "N"): boolean {
  const text = (attribute as Record<string, unknown> | null | undefined)?.[type];
  if (typeof text !== "string" || Object.keys(attribute ?? {}).length !== 1) return false;
  return type === "S" ? text !== "" : /^-?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?$/i.test(text);
}

function sortedBy(attribute: Attribute | undefined): Buffer | number {
  if (attribute && "N" in attribute) return Number(attribute.N);
  return Buffer.from(attribute && "S" in attribute ? attribute.S : "");
}

/** Whether a value is what a query asks for. DynamoDB orders text by its bytes. */
function isWithin(value: Buffer | number, asked: unknown, name: string): boolean {
  const order = (to: unknown) => compare(value, sortedBy(toAttribute(to, name)));
  const [operator, operand] = operatorOf(asked) ?? ["is", asked];
  switch (operator) {
    case "before":
      return order(operand) < 0;
    case "after":
      return order(operand) > 0;
    case "atMost":
      return order(operand) <= 0;
    case "atLeast":
      return order(operand) >= 0;
    case "between": {
      const [from, to] = operand as readonly unknown[]; // as its type says
      return order(from) >= 0 && order(to) <= 0;
    }
    case "beginsWith":
      return Buffer.isBuffer(value) && value.indexOf(String(operand)) === 0;
    default:
      return order(operand) === 0;
  }
}

function compare(a: Buffer | number, b: Buffer | number): number {
  return Buffer.isBuffer(a) && Buffer.isBuffer(b) ? Buffer.compare(a, b) : Number(a) - Number(b);
}
