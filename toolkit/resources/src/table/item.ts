import { type Described, definitionOf } from "@lucky/gateway/definition";
import type { Output, Schema } from "@lucky/gateway/schema";
import type { Table } from "../declare/table.ts";
import { type Attributes, fromAttributes } from "./attribute.ts";
import { ItemError } from "./table-error.ts";

// biome-ignore lint/suspicious/noExplicitAny: of whatever item
type AnyTable = Table<Schema<any, any>>;

/** The item as its schema gives it. Throws an ItemError that names what it refuses. */
export async function checkItem(table: AnyTable, item: unknown): Promise<Output<AnyTable["item"]>> {
  const result = await table.item["~standard"].validate(item);
  if (!result.issues) return result.value;
  throw new ItemError(`An item of ${table.name} cannot be kept. ${describe(result.issues)}`);
}

/** An item as it is kept; undefined for one that has expired. Throws an ItemError that names its key and the fields. */
export async function readItem(table: AnyTable, attributes: Attributes | undefined): Promise<unknown> {
  if (attributes === undefined || hasExpired(table, attributes)) return undefined;
  const result = await table.item["~standard"].validate(decode(table, attributes));
  if (!result.issues) return result.value;
  const key = JSON.stringify(keyOf(table.key, attributes));
  throw new ItemError(
    `The item ${key} of ${table.name} is not of its schema. ${describe(result.issues)} Give the field a default, or mend the item.`,
  );
}

function decode(table: AnyTable, attributes: Attributes): unknown {
  try {
    return fromAttributes(attributes);
  } catch (cause) {
    const key = JSON.stringify(keyOf(table.key, attributes));
    throw new ItemError(`The item ${key} of ${table.name} cannot be read: ${cause}`, { cause });
  }
}

/** DynamoDB removes what has expired some days late. */
function hasExpired({ expires }: AnyTable, attributes: Attributes): boolean {
  const at = expires === undefined ? undefined : attributes[expires];
  return at !== undefined && "N" in at && Number(at.N) <= Date.now() / 1000;
}

export function keyOf({ partition, sort }: AnyTable["key"], attributes: Attributes): Attributes {
  const names = sort === undefined ? [partition] : [partition, sort];
  return Object.fromEntries(names.flatMap((name) => (attributes[name] ? [[name, attributes[name]]] : [])));
}

/** Holds single fields to what the item's schema says of each, if zod made it. Throws an ItemError. */
export async function checkFields(table: AnyTable, fields: object): Promise<void> {
  const { shape = {} } = definitionOf(table.item as Described);
  for (const [name, value] of Object.entries(fields)) {
    const schema = shape[name] as Schema | undefined; // zod's are standard schemas
    if (value === undefined || schema === undefined) continue;
    const result = await schema["~standard"].validate(value);
    if (result.issues)
      throw new ItemError(`${name} of ${table.name} cannot be kept. ${describe(result.issues)}`);
  }
}

type Issues = readonly { readonly message: string; readonly path?: readonly unknown[] | undefined }[];

/** Without the values, which a log must not have. */
function describe(issues: Issues): string {
  return issues
    .map(({ path = [], message }) => [
      path.map((part) => String(Object(part).key ?? part)).join("."),
      message,
    ])
    .map(([path, message]) => (path ? `${path}: ${message}` : message))
    .join(" ");
}
