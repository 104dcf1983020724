import { withToken } from "./client-request-token.ts";
import type { Callback, Data, Item, Store, Write } from "./dynalite.ts";
import { recordingStore } from "./store.ts";
import { capacityOf, findTargets, type Part, runAll, withLocks } from "./transaction.ts";
import { type WriteOperation, writes } from "./writes.ts";

/** Deleting checks the key, reads the item and checks the condition; what it would write goes nowhere. */
const conditionCheck: WriteOperation = {
  ...writes.deleteItem,
  write: (store, data) =>
    writes.deleteItem.write(recordingStore(store, { lock: unlocked, flush: drop }), data),
};

const operations: Readonly<Record<string, WriteOperation>> = {
  ConditionCheck: conditionCheck,
  Put: writes.putItem,
  Delete: writes.deleteItem,
  Update: writes.updateItem,
};

/** What each action may have: no member that only a single write has. */
const members: Readonly<Record<string, readonly string[]>> = {
  ConditionCheck: ["Key", "ConditionExpression"],
  Put: ["Item", "ConditionExpression"],
  Delete: ["Key", "ConditionExpression"],
  Update: ["Key", "UpdateExpression", "ConditionExpression"],
};
const COMMON = [
  "TableName",
  "ExpressionAttributeNames",
  "ExpressionAttributeValues",
  "ReturnValuesOnConditionCheckFailure",
];
const REQUIRED = ["Update.UpdateExpression", "ConditionCheck.ConditionExpression"];

export const types = {
  ClientRequestToken: { type: "String", lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 36 },
  ReturnConsumedCapacity: { type: "String", enum: ["INDEXES", "TOTAL", "NONE"] },
  ReturnItemCollectionMetrics: { type: "String", enum: ["SIZE", "NONE"] },
  TransactItems: {
    type: "List",
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: 100,
    children: {
      type: "ValueStruct<TransactWriteItem>",
      children: Object.fromEntries(
        Object.entries(operations).map(([name, { types }]) => [name, action(name, types)]),
      ),
    },
  },
};

type TransactItem = Readonly<Record<string, Data>>;

export function custom(data: Data, store: Store): string | undefined {
  for (const item of data.TransactItems as readonly TransactItem[]) {
    const names = Object.keys(item);
    if (names.length > 1) return "TransactItems can only contain one of Check, Put, Update or Delete";
    const [name] = names;
    if (name === undefined)
      return "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request";
    const mistake = operations[name]?.custom?.(item[name] as Data, store); // named just now
    if (mistake) return mistake;
  }
  return undefined;
}

/** Makes all of a transaction's writes, or none, as one write to LevelDB. */
export async function transactWriteItems(
  store: Store,
  data: Data,
  now: () => number,
): Promise<Record<string, unknown>> {
  const items = data.TransactItems as readonly TransactItem[];
  const parts = items.flatMap((item) =>
    Object.entries(item).map(([name, part]) => ({ name, data: part, item: (part.Item ?? part.Key) as Item })),
  );
  return withToken(store, data, now(), async (token) => {
    if (token.isKnown) return capacityOf(parts, data, "Read"); // AWS charges the repetition as if it had read the items
    const targets = await findTargets(store, parts satisfies readonly Part[]);
    await withLocks(store, targets, async () => {
      const made: Write[] = [];
      const recording = recordingStore(store, {
        lock: unlocked,
        flush(writes, callback) {
          made.push(...writes);
          callback(null);
        },
      });
      await runAll(
        parts.map(
          ({ name, data: part }) =>
            () =>
              (operations[name] as WriteOperation).write(recording, part),
        ),
      );
      await store.db.batch([...made, ...token.writes]);
    });
    return capacityOf(parts, data, "Write");
  });
}

function unlocked(_key: string, run: (release: <T>(callback: Callback<T>) => Callback<T>) => void): void {
  run((callback) => callback);
}

function drop(_writes: readonly Write[], callback: Callback): void {
  callback(null);
}

function action(name: string, types: Readonly<Record<string, unknown>>): unknown {
  const names = [...COMMON, ...(members[name] ?? [])];
  const known = Object.entries(types).filter(([member]) => names.includes(member));
  return {
    type: `FieldStruct<${name}>`,
    children: Object.fromEntries(
      known.map(([member, type]) => [
        member,
        REQUIRED.includes(`${name}.${member}`) ? { ...(type as object), notNull: true } : type,
      ]),
    ),
  };
}
