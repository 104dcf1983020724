import type { Schema } from "@lucky/gateway/schema";
import { clock } from "../aws/clock.ts";
import type { Key, Table } from "../declare/table.ts";
import { type Attributes, fromAttributes, toAttributes } from "./attribute.ts";
import { ItemError } from "./table-error.ts";

// biome-ignore lint/suspicious/noExplicitAny: of whatever item
type AnyTable = Table<Schema<any, any>>;

/** The item as its schema gives it. Throws an ItemError that names what it refuses. */
export async function checkItem(table: AnyTable, item: unknown): Promise<Attributes> {
  const result = await table.item["~standard"].validate(item);
  if (result.issues) throw refused(`An item of ${table.name}`, result.issues);
  keyOf(table, result.value);
  return toAttributes(result.value);
}

/** Holds single fields to what the item's schema says of each: of an item with these alone, what it says of them. Throws an ItemError. */
export async function checkFields(table: AnyTable, fields: object): Promise<void> {
  const { issues = [] } = await table.item["~standard"].validate(fields);
  const ofThem = issues.filter(({ path: [first] = [] }) => Object.hasOwn(fields, nameOf(first)));
  if (ofThem.length > 0) throw refused(`A change of ${table.name}`, ofThem);
}

/** An item as it is kept; undefined for one that has expired. Throws an ItemError that names its key and the fields. */
export async function readItem(table: AnyTable, attributes: Attributes | undefined): Promise<unknown> {
  if (attributes === undefined || hasExpired(table, attributes)) return undefined;
  try {
    const result = await table.item["~standard"].validate(fromAttributes(attributes));
    if (!result.issues) return result.value;
    throw new ItemError(`${describe(result.issues)} Give the field a default, or mend the item.`);
  } catch (cause) {
    const key = namesOf(table.key).map((name) => `${name} ${JSON.stringify(attributes[name])}`);
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ItemError(`The item of ${table.name} with ${key.join(" and ")} cannot be read. ${message}`, {
      cause,
    });
  }
}

/** DynamoDB removes what has expired some days late. */
function hasExpired({ expires }: AnyTable, attributes: Attributes): boolean {
  const at = expires === undefined ? undefined : attributes[expires];
  return at !== undefined && "N" in at && Number(at.N) <= clock.now() / 1000;
}

/** The key in an object that has it. Throws an ItemError where it has not, or what no key can be. */
export function keyOf({ name, key, numbers }: Table, given: object): Attributes {
  const values = given as Readonly<Record<string, unknown>>; // an object
  const entries = namesOf(key).map((each) => [each, values[each]] as const);
  for (const [each, value] of entries) {
    const isNumber = typeof value === "number" || typeof value === "bigint";
    const isOne = numbers.includes(each) ? isNumber : typeof value === "string" && value !== "";
    if (!isOne)
      throw new ItemError(
        `${each} of ${name} is part of its key: ${numbers.includes(each) ? "a number" : "a text that is not empty"}.`,
      );
  }
  return toAttributes(Object.fromEntries(entries));
}

/** What is the same of two items with one key. */
export function identityOf({ key }: Table, attributes: Attributes): string {
  const { [key.partition]: partition, [key.sort ?? ""]: sort } = fromAttributes(attributes);
  return JSON.stringify([String(partition), String(sort)]); // of one type each
}

function namesOf({ partition, sort }: Key): readonly string[] {
  return sort === undefined ? [partition] : [partition, sort];
}

type Issues = readonly { readonly message: string; readonly path?: readonly unknown[] | undefined }[];

function refused(what: string, issues: Issues): ItemError {
  return new ItemError(`${what} cannot be kept. ${describe(issues)}`);
}

/** Without the values, which a log must not have. */
function describe(issues: Issues): string {
  return issues
    .map(({ path = [], message }) => [...path.map(nameOf), ""].join(".").replace(/\.$/, ": ") + message)
    .join(" ");
}

/** A part of a path, as text. */
function nameOf(part: unknown): string {
  return String(Object(part).key ?? part);
}
