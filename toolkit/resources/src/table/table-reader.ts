import { awsCall, dynamodb } from "../aws/aws-call.ts";
import type { Table } from "../declare/table.ts";
import type { Page, QueryOptions, TableReader } from "../handles.ts";
import { type Attributes, toAttributes } from "./attribute.ts";
import { inBatches } from "./batch.ts";
import { keyConditionOf } from "./condition.ts";
import { fromCursor, toCursor } from "./cursor.ts";
import { Expression } from "./expression.ts";
import { keyOf, readItem } from "./item.ts";
import { explain, nameOf } from "./table-error.ts";

const BATCH = 100;
const PAGE = 100;
const LARGEST_PAGE = 1000;

/** A call about one table, of which AWS's errors are in the table's own words. */
export async function callTable<Output>(
  table: Table,
  action: string,
  input: object,
  isRepeatable: boolean,
): Promise<Output> {
  const call = awsCall<Output>(dynamodb, action, { TableName: nameOf(table), ...input }, { isRepeatable });
  return call.catch((error) => {
    throw explain(error, table);
  });
}

/** What a function that reads a table gets. */
export function readerOf<T extends Table>(table: T): TableReader<T> {
  const { key, indexes, numbers } = table as Table;

  async function query(
    where: object,
    options: Omit<QueryOptions<string>, "consistent"> & { consistent?: boolean } = {},
  ) {
    const { index, order = "ascending", limit = PAGE, cursor, consistent } = options;
    if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE)
      throw new RangeError(`a page has 1 to ${LARGEST_PAGE} items, not ${limit}`);
    const used = (index === undefined ? key : indexes[index]) ?? key;
    const expression = new Expression();
    const condition = keyConditionOf(expression, where);
    const fields = where as Readonly<Record<string, unknown>>; // an object
    let start = cursor === undefined ? undefined : fromCursor(cursor, { key, used, numbers, where: fields });
    const items: unknown[] = [];
    do {
      const { Items, LastEvaluatedKey } = await callTable<{
        Items: Attributes[];
        LastEvaluatedKey?: Attributes;
      }>(
        table,
        "Query",
        {
          ...(index !== undefined && { IndexName: index }),
          KeyConditionExpression: condition,
          ...expression.parts,
          ScanIndexForward: order === "ascending",
          Limit: limit - items.length,
          ...(consistent && { ConsistentRead: true }),
          ...(start !== undefined && { ExclusiveStartKey: start }),
        },
        true,
      );
      start = LastEvaluatedKey;
      for (const each of Items) {
        const item = await readItem(table, each);
        if (item !== undefined) items.push(item);
      }
    } while (start && items.length < limit); // what has expired is no reason for a short page
    return { items, cursor: start && toCursor(start) };
  }

  return {
    async get(given, { consistent = false } = {}) {
      const input = { Key: toAttributes(given), ...(consistent && { ConsistentRead: true }) };
      const { Item } = await callTable<{ Item?: Attributes }>(table, "GetItem", input, true);
      return readItem(table, Item);
    },

    async getMany(given, { consistent = false } = {}) {
      const idOf = (attributes: Attributes) => JSON.stringify(keyOf(key, attributes));
      const keys = new Map(given.map((each) => toAttributes(each)).map((each) => [idOf(each), each]));
      const found = new Map<string, unknown>();
      await inBatches([...keys.values()], BATCH, async (Keys) => {
        const request = { Keys, ...(consistent && { ConsistentRead: true }) };
        const name = nameOf(table);
        const { Responses, UnprocessedKeys } = await awsCall<BatchGot>(
          dynamodb,
          "BatchGetItem",
          { RequestItems: { [name]: request } },
          { isRepeatable: true },
        ).catch((error) => {
          throw explain(error, table);
        });
        for (const each of Responses[name] ?? []) found.set(idOf(each), await readItem(table, each));
        return UnprocessedKeys?.[name]?.Keys ?? [];
      });
      return given.map((each) => found.get(idOf(toAttributes(each))));
    },

    query: query as TableReader<T>["query"], // its types are for the author
  };
}

type BatchGot = {
  readonly Responses: Readonly<Record<string, readonly Attributes[]>>;
  readonly UnprocessedKeys?: Readonly<Record<string, { readonly Keys: readonly Attributes[] }>>;
};

export type { Page };
