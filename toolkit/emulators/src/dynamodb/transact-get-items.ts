import { actionOf, type Data, database, type Item, run, type Store, validationOf } from "./dynalite.ts";
import { capacityOf, findTargets, runAll, tooLarge, withLocks } from "./transaction.ts";

const getItem = actionOf("getItem");
const validation = validationOf("getItem");
const { TableName, Key, ProjectionExpression, ExpressionAttributeNames } = validation.types;

export const types = {
  ReturnConsumedCapacity: { type: "String", enum: ["INDEXES", "TOTAL", "NONE"] },
  TransactItems: {
    type: "List",
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: 100,
    children: {
      type: "ValueStruct<TransactGetItem>",
      children: {
        Get: {
          type: "FieldStruct<Get>",
          notNull: true,
          children: { Key, TableName, ProjectionExpression, ExpressionAttributeNames },
        },
      },
    },
  },
};

export function custom(data: Data, store: Store): string | undefined {
  for (const part of partsOf(data)) {
    const mistake = validation.custom?.(part, store);
    if (mistake) return mistake;
  }
  return undefined;
}

/** Reads items as they all were at one moment. */
export async function transactGetItems(store: Store, data: Data): Promise<Record<string, unknown>> {
  const parts = partsOf(data).map((part) => ({ data: part, item: part.Key as Item })); // not null: its type says so
  const targets = await findTargets(store, parts);
  const found = await withLocks(store, targets, () =>
    runAll(parts.map((part) => () => run(getItem, store, part.data))),
  );
  const items = found.map(({ Item }) => Item as Item | undefined); // what GetItem returns
  const bytes = items.reduce((sum, item) => sum + (item ? database.itemSize(item) : 0), 0);
  if (bytes > 4 * 1024 * 1024) throw tooLarge();
  const read = parts.map((part, nth) => ({ ...part, item: items[nth] }));
  return {
    Responses: items.map((Item) => (Item ? { Item } : {})),
    ...capacityOf(read, data, "Read"),
  };
}

function partsOf({ TransactItems }: Data): readonly Data[] {
  return (TransactItems as readonly { readonly Get: Data }[]).map(({ Get }) => Get); // so its types say
}
