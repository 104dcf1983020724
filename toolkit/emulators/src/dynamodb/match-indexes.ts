import { activate } from "./create-table.ts";
import { type AttributeValue, database, type Index, type Item, type Store, type Table } from "./dynalite.ts";
import { indexRange, rangeOf } from "./store.ts";
import { attributesOf, describeKey, indexOf, type TableDefinition } from "./table-schema.ts";

/**
 * Gives a table the indexes of its definition. Writes that begin now reach the new ones; once those are done that did not know
 * of them, what is there is copied. An index that is not ACTIVE was never finished, and is made again.
 */
export async function matchIndexes(
  store: Store,
  found: Table,
  definition: TableDefinition,
  settle: () => Promise<unknown>,
): Promise<void> {
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
  for (const { IndexName } of missing) await store.db.clear(indexRange(found.TableName, IndexName));
  await putTable(
    store,
    table((index) => ({ ...index, IndexStatus: isKept(index) ? "ACTIVE" : "CREATING" })),
  );
  await settle();
  for (const { IndexName } of gone) await store.db.clear(indexRange(found.TableName, IndexName));
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
