import { awsCall, dynamodb } from "../aws/aws-call.ts";
import { AwsError } from "../aws/aws-error.ts";
import type { Table } from "../declare/table.ts";
import type { Conditions, IfOption, TableWriter, UpdateOptions, Write } from "../handles.ts";
import { type Attributes, toAttributes } from "./attribute.ts";
import { inBatches } from "./batch.ts";
import { conditionOf } from "./condition.ts";
import { Expression } from "./expression.ts";
import { checkFields, checkItem, keyOf, readItem } from "./item.ts";
import { explain, nameOf } from "./table-error.ts";
import { callTable, readerOf } from "./table-reader.ts";
import { type AnyChanges, isRepeatable, updateOf } from "./update.ts";

const BATCH = 25;

/** What a function that writes a table gets. */
export function writerOf<T extends Table>(table: T): TableWriter<T> {
  const { key, version } = table as Table;

  // Each gives the input of its call, which is that of its part of a transaction, too.

  async function putInput(item: unknown, conditions?: object): Promise<object> {
    return withCondition({ Item: toAttributes(await checkItem(table, item)) }, new Expression(), conditions);
  }

  async function updateInput(
    given: object,
    changes: AnyChanges,
    options: AnyUpdateOptions = {},
  ): Promise<object> {
    await checkFields(table, { ...changes.set });
    const expression = new Expression();
    const { version: known, if: asked } = options;
    const UpdateExpression = updateOf(expression, changes, version);
    const isThere = { [key.partition]: { exists: true } };
    const isKnown = known === undefined || version === undefined ? {} : { [version]: known };
    return withCondition({ Key: toAttributes(given), UpdateExpression }, expression, {
      ...isThere,
      ...asked,
      ...isKnown,
    });
  }

  const deleteInput = async (given: object, conditions?: object) =>
    withCondition({ Key: toAttributes(given) }, new Expression(), conditions);

  const absent = { [key.partition]: { exists: false } };
  const writes: TableWriter<T>["writes"] = {
    put: (item, { if: asked } = {}) => part(table, "Put", () => putInput(item, asked)),
    create: (item) => part(table, "Put", () => putInput(item, absent)),
    update: (given, changes, options) =>
      part(table, "Update", () => updateInput(given, changes as AnyChanges, options as AnyUpdateOptions)),
    delete: (given, { if: asked } = {}) => part(table, "Delete", () => deleteInput(given, asked)),
    check: (given, asked) => part(table, "ConditionCheck", () => deleteInput(given, asked)),
  };

  const put = async (item: unknown, conditions?: object) =>
    holds(callTable(table, "PutItem", await putInput(item, conditions), conditions === undefined));

  return {
    ...readerOf(table),
    put: (item, { if: asked } = {}) => put(item, asked),
    create: (item) => put(item, absent),

    async update(given, changes, options) {
      const input = await updateInput(given, changes as AnyChanges, options as AnyUpdateOptions);
      const again = isRepeatable(changes as AnyChanges) && version === undefined && options?.if === undefined;
      const call = callTable<{ Attributes: Attributes }>(
        table,
        "UpdateItem",
        { ...input, ReturnValues: "ALL_NEW" },
        again,
      );
      return readItem(table, (await unlessConditionFails(call))?.Attributes);
    },

    async delete(given, { if: asked } = {}) {
      return holds(callTable(table, "DeleteItem", await deleteInput(given, asked), asked === undefined));
    },

    async putMany(items) {
      const checked = await Promise.all(items.map((item) => checkItem(table, item)));
      await writeMany(
        table,
        checked.map((item) => ({ PutRequest: { Item: toAttributes(item) } })),
      );
    },

    async deleteMany(keys) {
      await writeMany(
        table,
        keys.map((each) => ({ DeleteRequest: { Key: toAttributes(each) } })),
      );
    },

    writes,
  };
}

type AnyUpdateOptions = { readonly if?: object; readonly version?: number };

function part(table: Table, kind: string, input: () => Promise<object>): Write {
  return async () => ({ [kind]: { TableName: nameOf(table), ...(await input()) } });
}

function withCondition(input: object, expression: Expression, conditions: object | undefined): object {
  const ConditionExpression = conditionOf(expression, conditions);
  return { ...input, ...(ConditionExpression !== undefined && { ConditionExpression }), ...expression.parts };
}

/** Whether the conditions of a write held. */
async function holds(call: Promise<object>): Promise<boolean> {
  return (await unlessConditionFails(call)) !== undefined;
}

async function unlessConditionFails<Output>(call: Promise<Output>): Promise<Output | undefined> {
  return call.catch((error) => {
    if (error instanceof AwsError && error.name === "ConditionalCheckFailedException") return undefined;
    throw error;
  });
}

/** Two writes of one key in a call are refused: the last one wins, as it would one after the other. */
async function writeMany(table: Table, requests: readonly BatchWrite[]): Promise<void> {
  const idOf = ({ PutRequest, DeleteRequest }: BatchWrite) =>
    JSON.stringify(keyOf((table as Table).key, PutRequest?.Item ?? DeleteRequest?.Key ?? {}));
  const last = new Map(requests.map((each) => [idOf(each), each]));
  await inBatches([...last.values()], BATCH, async (batch) => {
    const name = nameOf(table);
    const { UnprocessedItems } = await awsCall<{
      UnprocessedItems?: Readonly<Record<string, readonly BatchWrite[]>>;
    }>(dynamodb, "BatchWriteItem", { RequestItems: { [name]: batch } }, { isRepeatable: true }).catch(
      (error) => {
        throw explain(error, table);
      },
    );
    return UnprocessedItems?.[name] ?? [];
  });
}

type BatchWrite = {
  readonly PutRequest?: { readonly Item: Attributes };
  readonly DeleteRequest?: { readonly Key: Attributes };
};

export type { Conditions, IfOption, UpdateOptions };
