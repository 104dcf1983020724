import { type Data, type Item, readTable, type Store, type Table } from "./dynalite.ts";
import { validationError } from "./service-error.ts";
import { rangeOf } from "./store.ts";

const PREFIX = "ttl~";
const FIVE_YEARS = 5 * 365 * 24 * 60 * 60;

export const updateTypes = {
  TableName: {
    type: "String",
    notNull: true,
    regex: "[a-zA-Z0-9_.-]+",
    lengthGreaterThanOrEqual: 3,
    lengthLessThanOrEqual: 255,
  },
  TimeToLiveSpecification: {
    type: "FieldStruct<TimeToLiveSpecification>",
    notNull: true,
    children: {
      AttributeName: {
        type: "String",
        notNull: true,
        lengthGreaterThanOrEqual: 1,
        lengthLessThanOrEqual: 255,
      },
      Enabled: { type: "Boolean", notNull: true },
    },
  },
};

type Specification = { readonly AttributeName: string; readonly Enabled: boolean };

export async function updateTimeToLive(store: Store, data: Data): Promise<Record<string, unknown>> {
  const wanted = data.TimeToLiveSpecification as Specification; // not null: its type says so
  await readTable(store, data.TableName, false);
  const current = await expiryOf(store, data.TableName);
  if (wanted.Enabled && current !== undefined)
    throw validationError(
      current === wanted.AttributeName
        ? "TimeToLive is already enabled"
        : `TimeToLive is active on a different AttributeName: current AttributeName is ${current}`,
    );
  if (!wanted.Enabled && current === undefined) throw validationError("TimeToLive is already disabled");
  await setExpiry(store, data.TableName, wanted.Enabled ? wanted.AttributeName : undefined);
  return { TimeToLiveSpecification: wanted };
}

export async function describeTimeToLive(store: Store, data: Data): Promise<Record<string, unknown>> {
  await readTable(store, data.TableName, false);
  const AttributeName = await expiryOf(store, data.TableName);
  const description =
    AttributeName === undefined
      ? { TimeToLiveStatus: "DISABLED" }
      : { TimeToLiveStatus: "ENABLED", AttributeName };
  return { TimeToLiveDescription: description };
}

export async function setExpiry(store: Store, table: string, name: string | undefined): Promise<void> {
  const key = PREFIX + table;
  await store.db.batch([name === undefined ? { type: "del", key } : { type: "put", key, value: name }]);
}

export const expiryKey = (table: string): string => PREFIX + table;

/**
 * Deletes what has expired, by a condition: an item that was renewed meanwhile stays. DynamoDB does so within days; what is more
 * than five years past it never deletes. Returns how many items are gone.
 */
export async function sweepExpired(
  store: Store,
  now: number,
  deleteItem: (request: object) => Promise<unknown>,
): Promise<number> {
  let count = 0;
  for await (const key of store.db.keys(rangeOf(PREFIX))) {
    const table = await readTable(store, key.slice(PREFIX.length));
    const name = (await expiryOf(store, table.TableName)) ?? "";
    for await (const value of store.db.values(rangeOf(`item-${table.TableName}~`))) {
      const item = value as Item; // whatever is kept there is an item
      if (!hasExpired(item[name]?.N, now / 1000)) continue;
      count += await deleteItem(deletion(table, item, name)).then(() => 1, ignoreRenewed);
    }
  }
  return count;
}

/** Whether what is kept in a table's attribute of expiry says that the item is over. */
function hasExpired(seconds: unknown, now: number): boolean {
  return typeof seconds === "string" && Number(seconds) < now && Number(seconds) > now - FIVE_YEARS;
}

function deletion({ TableName, KeySchema }: Table, item: Item, name: string): object {
  return {
    TableName,
    Key: Object.fromEntries(KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName]])),
    ConditionExpression: "#expires = :then",
    ExpressionAttributeNames: { "#expires": name },
    ExpressionAttributeValues: { ":then": item[name] },
  };
}

function ignoreRenewed(error: { readonly body?: { readonly __type: string } }): 0 {
  if (error.body?.__type.endsWith("ConditionalCheckFailedException")) return 0;
  throw error;
}

async function expiryOf(store: Store, table: string): Promise<string | undefined> {
  return (await store.db.get(PREFIX + table)) as string | undefined; // written above
}
