import { AwsError } from "../aws/aws-error.ts";
import type { Table } from "../declare/table.ts";
import type { TableWriter, Write } from "../handles.ts";
import type { Attributes } from "./attribute.ts";
import { inBatches } from "./batch.ts";
import { conditionOf } from "./condition.ts";
import { Expression } from "./expression.ts";
import { checkFields, checkItem, identityOf, keyOf, readItem } from "./item.ts";
import { nameOf } from "./table-error.ts";
import { callTable, readerOf } from "./table-reader.ts";
import { type AnyChanges, isRepeatable, updateOf } from "./update.ts";

const BATCH = 25;

/** What a function that writes a table gets. */
export function writerOf<T extends Table>(given: T): TableWriter<T> {
  const table: Table = given;
  const { key, version } = table;
  const absent = { [key.partition]: { exists: false } };

  // Each gives the input of its call, which is that of its part of a transaction, too.

  async function putInput(item: unknown, conditions: object = {}) {
    return input({ Item: await checkItem(table, item) }, conditions);
  }

  async function updateInput(of: object, changes: AnyChanges, options: AnyUpdateOptions = {}) {
    await checkFields(table, { ...changes.set });
    const expression = new Expression();
    const UpdateExpression = updateOf(expression, changes, version);
    const conditions = {
      [key.partition]: { exists: true },
      ...options.if,
      ...(version !== undefined && options.version !== undefined && { [version]: options.version }),
    };
    return input({ Key: keyOf(table, of), UpdateExpression }, conditions, expression);
  }

  async function keyInput(of: object, conditions: object = {}) {
    return input({ Key: keyOf(table, of) }, conditions);
  }

  function input(parts: object, conditions: object, expression = new Expression()): object {
    const ConditionExpression = conditionOf(table, expression, conditions);
    return { TableName: nameOf(table), ...parts, ConditionExpression, ...expression.parts };
  }

  const write = async (action: string, made: Promise<object>, again: boolean) =>
    unlessConditionFails(
      callTable<{ Attributes?: Attributes }>(table, action, await made, { isRepeatable: again }),
    );

  async function put(item: unknown, conditions?: object): Promise<boolean> {
    return (await write("PutItem", putInput(item, conditions), conditions === undefined)) !== undefined;
  }

  async function writeMany(requests: readonly BatchWrite[]): Promise<void> {
    // Two writes of one key in a call are refused: the last one wins, as it would one after the other.
    const last = new Map(requests.map((each) => [identityOf(table, keyIn(each)), each]));
    const name = nameOf(table);
    await inBatches([...last.values()], BATCH, async (batch) => {
      const { UnprocessedItems } = await callTable<BatchWritten>(
        table,
        "BatchWriteItem",
        { RequestItems: { [name]: batch } },
        { isRepeatable: true },
      );
      return UnprocessedItems?.[name] ?? [];
    });
  }

  return {
    ...readerOf(given),
    put: (item, { if: asked } = {}) => put(item, asked),
    create: (item) => put(item, absent),

    async update(of, changes, options) {
      const made = updateInput(of, changes as AnyChanges, options as AnyUpdateOptions);
      const again = isRepeatable(changes as AnyChanges) && version === undefined && !options?.if;
      const input = made.then((made) => ({ ...made, ReturnValues: "ALL_NEW" }));
      return readItem(table, (await write("UpdateItem", input, again))?.Attributes);
    },

    async delete(of, { if: asked } = {}) {
      return (await write("DeleteItem", keyInput(of, asked), asked === undefined)) !== undefined;
    },

    async putMany(items) {
      const checked = await Promise.all(items.map((item) => checkItem(table, item)));
      await writeMany(checked.map((Item) => ({ PutRequest: { Item } })));
    },

    async deleteMany(keys) {
      await writeMany(keys.map((each) => ({ DeleteRequest: { Key: keyOf(table, each) } })));
    },

    writes: {
      put: (item, { if: asked } = {}) => part("Put", () => putInput(item, asked)),
      create: (item) => part("Put", () => putInput(item, absent)),
      update: (of, changes, options) =>
        part("Update", () => updateInput(of, changes as AnyChanges, options as AnyUpdateOptions)),
      delete: (of, { if: asked } = {}) => part("Delete", () => keyInput(of, asked)),
      check: (of, asked) => part("ConditionCheck", () => keyInput(of, asked)),
    },
  };
}

type AnyUpdateOptions = { readonly if?: object; readonly version?: number };

function part(kind: string, input: () => Promise<object>): Write {
  return async () => ({ [kind]: await input() });
}

async function unlessConditionFails<Output>(call: Promise<Output>): Promise<Output | undefined> {
  return call.catch((error) => {
    if (error instanceof AwsError && error.name === "ConditionalCheckFailedException") return undefined;
    throw error;
  });
}

type BatchWrite =
  | { readonly PutRequest: { readonly Item: Attributes } }
  | { readonly DeleteRequest: { readonly Key: Attributes } };
type BatchWritten = { readonly UnprocessedItems?: Readonly<Record<string, readonly BatchWrite[]>> };

function keyIn(write: BatchWrite): Attributes {
  return "PutRequest" in write ? write.PutRequest.Item : write.DeleteRequest.Key;
}
