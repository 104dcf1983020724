import {
  type Action,
  actionOf,
  type Custom,
  type Data,
  type Item,
  readTable,
  run,
  type Store,
  type SubDatabase,
  type Table,
  validationOf,
} from "./dynalite.ts";
import { EmptyKeyError, findEmptyIndexKey } from "./mended.ts";
import { isServiceError, nameOf } from "./service-error.ts";
import { atomicStore } from "./store.ts";
import { copyOperands, refuseNumbers } from "./update-expression.ts";

/** What a write checks first, and how it is then made: alone, or by a transaction on a recording store. */
export type WriteOperation = {
  readonly types: Readonly<Record<string, unknown>>;
  readonly custom?: Custom;
  write(store: Store, data: Data): Promise<Record<string, unknown>>;
};

/** PutItem, UpdateItem and DeleteItem as dynalite has them, and what it lacks of them. */
export const writes: Readonly<Record<"putItem" | "updateItem" | "deleteItem", WriteOperation>> = {
  putItem: writeOperation("putItem"),
  updateItem: writeOperation("updateItem"),
  deleteItem: writeOperation("deleteItem"),
};

/** Makes one write with its index entries at once. */
export function writeAlone(operation: WriteOperation) {
  return (store: Store, data: Data) => operation.write(atomicStore(store), data);
}

function writeOperation(name: "putItem" | "updateItem" | "deleteItem"): WriteOperation {
  const { types, custom } = validationOf(name);
  const action = actionOf(name);
  return {
    types: {
      ...types,
      ReturnValuesOnConditionCheckFailure: { type: "String", enum: ["ALL_OLD", "NONE"] },
    },
    ...(custom && { custom }),
    async write(store, data) {
      const table = await readTable(store, data.TableName);
      return writeOrShowItem(action, withResultCheck(store, table), data);
    },
  };
}

/** Rejects as the action does; a failed condition with the item that failed it, where the request asks for it. */
async function writeOrShowItem(action: Action, store: Store, data: Data): Promise<Record<string, unknown>> {
  let found: unknown;
  const noticing: Store = {
    ...store,
    getItemDb(table) {
      const inner = store.getItemDb(table);
      const get: SubDatabase["get"] = (key, callback) =>
        inner.get(key, (error, item) => {
          found = item;
          copyOperands(data, item as Item | undefined); // whatever is kept there is an item
          callback(error, item);
        });
      return { ...inner, get };
    },
  };
  try {
    return await run(action, noticing, data);
  } catch (error) {
    const isAsked = data.ReturnValuesOnConditionCheckFailure === "ALL_OLD" && found !== undefined;
    if (isAsked && isServiceError(error) && nameOf(error) === "ConditionalCheckFailedException")
      error.body.Item = found;
    throw error;
  }
}

/** An update's result is known only when it is written. */
function withResultCheck(store: Store, table: Table): Store {
  return {
    ...store,
    getItemDb(name) {
      const inner = store.getItemDb(name);
      const put: SubDatabase["put"] = (key, item, callback) => {
        try {
          refuseNumbers(item as Item); // what is put is an item
          refuseEmptyIndexKey(item as Item, table);
        } catch (error) {
          return callback(error);
        }
        inner.put(key, item, callback);
      };
      return { ...inner, put };
    },
  };
}

function refuseEmptyIndexKey(item: Item, table: Table): void {
  const empty = findEmptyIndexKey(item, table);
  if (empty === undefined) return;
  throw new EmptyKeyError(
    `One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty ${empty.kind} value.`,
  );
}
