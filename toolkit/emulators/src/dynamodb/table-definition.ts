import { activate } from "./create-table.ts";
import {
  type AttributeValue,
  database,
  type Index,
  type Item,
  type KeySchema,
  readTable,
  type Store,
  type Table,
} from "./dynalite.ts";
import { isServiceError } from "./service-error.ts";
import { indexRange, rangeOf } from "./store.ts";
import { setExpiry } from "./time-to-live.ts";

/** An attribute of a key. */
export type KeyAttribute = { readonly name: string; readonly type: "S" | "N" };
export type Key = { readonly partition: KeyAttribute; readonly sort?: KeyAttribute };

/** A table as a product declares it. */
export type TableDefinition = Key & {
  /** Of 3 to 255 characters: letters, digits, `_`, `.` and `-`. */
  readonly name: string;
  /** Each with all attributes of the items. */
  readonly indexes: Readonly<Record<string, Key>>;
  /** The attribute that says in seconds since 1970 when an item is over. */
  readonly expires?: string;
};

/**
 * Makes a table as it is defined. One that is there stays, with its items; its indexes are made anew where they differ. Rejects
 * where its keys differ: items under other keys are other items.
 */
export async function makeTable(
  store: Store,
  definition: TableDefinition,
  call: (operation: string, request: object) => Promise<unknown>,
): Promise<void> {
  const found = await findTable(store, definition.name);
  if (found === undefined) await call("CreateTable", creation(definition));
  else {
    refuseOtherKeys(found, definition);
    await matchIndexes(store, found, definition);
  }
  await setExpiry(store, definition.name, definition.expires);
}

async function findTable(store: Store, name: string): Promise<Table | undefined> {
  try {
    return await readTable(store, name, false);
  } catch (error) {
    if (isServiceError(error)) return undefined;
    throw error;
  }
}

function creation(definition: TableDefinition): object {
  const indexes = Object.entries(definition.indexes).map(([name, key]) => indexOf(name, key));
  return {
    TableName: definition.name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: attributesOf(definition),
    KeySchema: schemaOf(definition),
    ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
  };
}

function indexOf(name: string, key: Key): Index {
  return { IndexName: name, KeySchema: schemaOf(key), Projection: { ProjectionType: "ALL" } };
}

function schemaOf({ partition, sort }: Key): KeySchema {
  const first = { AttributeName: partition.name, KeyType: "HASH" } as const;
  return sort === undefined ? [first] : [first, { AttributeName: sort.name, KeyType: "RANGE" }];
}

function attributesOf({ indexes, ...key }: TableDefinition): Table["AttributeDefinitions"] {
  const attributes = [key, ...Object.values(indexes)].flatMap(({ partition, sort }) =>
    sort ? [partition, sort] : [partition],
  );
  const types = new Map(attributes.map(({ name, type }) => [name, type]));
  return Array.from(types, ([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));
}

function refuseOtherKeys(found: Table, definition: TableDefinition): void {
  const wanted = describeKey(schemaOf(definition), attributesOf(definition));
  const kept = describeKey(found.KeySchema, found.AttributeDefinitions);
  if (kept === wanted) return;
  throw new Error(
    [
      `The table "${definition.name}" is kept with the key ${kept}, and now has the key ${wanted}.`,
      "A table's key cannot change: give the new table another name, or start afresh without the items that are kept.",
    ].join("\n"),
  );
}

function describeKey(schema: KeySchema, attributes: Table["AttributeDefinitions"]): string {
  const typeOf = (name: string) => attributes.find((each) => each.AttributeName === name)?.AttributeType;
  return schema.map(({ AttributeName: name }) => `${name} (${typeOf(name)})`).join(" and ");
}

/** New writes reach the new indexes first; then what is there is copied. An index that is not ACTIVE was never finished. */
async function matchIndexes(store: Store, found: Table, definition: TableDefinition): Promise<void> {
  const attributes = attributesOf(definition);
  const keys = (index: Index, types: Table["AttributeDefinitions"]) => describeKey(index.KeySchema, types);
  const isKept = (index: Index) =>
    (found.GlobalSecondaryIndexes ?? []).some(
      (each) =>
        each.IndexName === index.IndexName &&
        each.IndexStatus === "ACTIVE" &&
        keys(each, found.AttributeDefinitions) === keys(index, attributes),
    );
  const wanted = Object.entries(definition.indexes).map(([name, key]) => indexOf(name, key));
  const missing = wanted.filter((index) => !isKept(index));
  const gone = (found.GlobalSecondaryIndexes ?? []).filter(
    (index) => !wanted.some(({ IndexName }) => IndexName === index.IndexName),
  );
  if (missing.length + gone.length === 0) return;
  const table = (describe: (index: Index) => Index): Table => {
    const { GlobalSecondaryIndexes: _, ...rest } = found;
    return {
      ...rest,
      AttributeDefinitions: attributes,
      ...(wanted.length > 0 && { GlobalSecondaryIndexes: wanted.map(describe) }),
    };
  };
  await putTable(
    store,
    table((index) => ({ ...index, IndexStatus: isKept(index) ? "ACTIVE" : "CREATING" })),
  );
  for (const { IndexName } of [...gone, ...missing])
    await store.db.clear(indexRange(found.TableName, IndexName));
  const changed = table((index) => index);
  for await (const value of store.db.values(rangeOf(`item-${found.TableName}~`)))
    await copyToIndexes(store, changed, missing, value as Item); // whatever is kept there is an item
  await putTable(store, activate(changed));
}

async function putTable(store: Store, table: Table): Promise<void> {
  await store.db.batch([{ type: "put", key: `table~${table.TableName}`, value: table }]);
}

/** Under the item's lock, as it is then. */
async function copyToIndexes(
  store: Store,
  table: Table,
  indexes: readonly Index[],
  seen: Item,
): Promise<void> {
  const { TableName } = table;
  const key = database.createKey(seen, table);
  const release = await new Promise<() => void>((resolve) => {
    store.getItemDb(TableName).lock(key, (free) => resolve(() => free(() => {})(null)));
  });
  try {
    const item = (await store.db.get(`item-${TableName}~${key}`)) as Item | undefined; // as above
    if (item === undefined) return;
    const fitting = indexes.filter((index) => fits(item, index, table));
    const { puts } = database.getIndexActions(fitting, undefined, item, table);
    await store.db.batch(
      puts.map((put) => ({
        type: "put",
        key: indexRange(TableName, put.index).gte + put.key,
        value: put.item,
      })),
    );
  } finally {
    release();
  }
}

/** AWS leaves those out of a new index whose value cannot be a key of it. */
function fits(item: Item, index: Index, { AttributeDefinitions }: Table): boolean {
  return index.KeySchema.every(({ AttributeName }) => {
    const type = AttributeDefinitions.find((each) => each.AttributeName === AttributeName)?.AttributeType;
    const value: AttributeValue | undefined = item[AttributeName];
    return value === undefined || (typeof value[type ?? ""] === "string" && value[type ?? ""] !== "");
  });
}
