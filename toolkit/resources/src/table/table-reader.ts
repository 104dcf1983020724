import { awsCall, type CallOptions, dynamodb } from "../aws/aws-call.ts";
import type { Table } from "../declare/table.ts";
import type { QueryOptions, TableReader } from "../handles.ts";
import type { Attributes } from "./attribute.ts";
import { inBatches } from "./batch.ts";
import { fromCursor, refused, toCursor } from "./cursor.ts";
import { Expression } from "./expression.ts";
import { identityOf, keyOf, readItem } from "./item.ts";
import { ranges, renderAll } from "./range.ts";
import { explain, nameOf } from "./table-error.ts";

const BATCH = 100;
const PAGE = 100;
const LARGEST_PAGE = 1000;

/** A call about one table, of which AWS's errors are in the table's own words. */
export async function callTable<Output>(
  table: Table,
  action: string,
  input: object,
  options: CallOptions,
): Promise<Output> {
  return awsCall<Output>(dynamodb, action, input, options).catch((error) => {
    throw explain(error, `${table.name} (${nameOf(table)})`);
  });
}

/** What a function that reads a table gets. */
export function readerOf<T extends Table>(table: T): TableReader<T> {
  const read = <Output>(action: string, input: object) =>
    callTable<Output>(table, action, input, { isRepeatable: true });

  async function query(where: object, options: AnyQueryOptions = {}) {
    const { index, order, limit = PAGE, cursor, consistent } = options;
    if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE)
      throw new RangeError(`a page has 1 to ${LARGEST_PAGE} items, not ${limit}`);
    const expression = new Expression();
    const asked = {
      TableName: nameOf(table),
      IndexName: index,
      KeyConditionExpression: renderAll(ranges, expression, where).join(" AND "),
      ...expression.parts,
      ScanIndexForward: order !== "descending",
      Limit: limit,
      ConsistentRead: consistent,
    };
    const place = { table, index, where };
    const found: { readonly item: unknown; readonly at: Attributes }[] = [];
    let start = cursor === undefined ? undefined : fromCursor(cursor, place);
    let isCut: boolean;
    do {
      const { Items, LastEvaluatedKey } = await read<Queried>("Query", {
        ...asked,
        ExclusiveStartKey: start,
      }).catch((error: Error) => {
        throw cursor !== undefined && /starting key/.test(error.message) ? refused(cursor) : error; // AWS sees more
      });
      for (const at of Items) {
        const item = await readItem(table, at);
        if (item !== undefined) found.push({ item, at });
      }
      start = LastEvaluatedKey;
      isCut = Items.length < limit; // at 1 MB
    } while (start && found.length < limit && !(isCut && found.length > 0)); // what has expired makes no page short
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1)?.at : start;
    return { items: page.map(({ item }) => item), cursor: last && toCursor(last, place) };
  }

  return {
    async get(given, { consistent } = {}) {
      const input = { TableName: nameOf(table), Key: keyOf(table, given), ConsistentRead: consistent };
      const { Item } = await read<{ Item?: Attributes }>("GetItem", input);
      return readItem(table, Item);
    },

    async getMany(given, { consistent } = {}) {
      const keys = given.map((each) => keyOf(table, each));
      const once = new Map(keys.map((each) => [identityOf(table, each), each]));
      const found = new Map<string, unknown>();
      const name = nameOf(table);
      await inBatches([...once.values()], BATCH, async (Keys) => {
        const RequestItems = { [name]: { Keys, ConsistentRead: consistent } };
        const { Responses, UnprocessedKeys } = await read<BatchGot>("BatchGetItem", { RequestItems });
        for (const each of Responses[name] ?? [])
          found.set(identityOf(table, each), await readItem(table, each));
        return UnprocessedKeys?.[name]?.Keys ?? [];
      });
      return keys.map((each) => found.get(identityOf(table, each)));
    },

    query: query as TableReader<T>["query"], // its types are for the author
  };
}

type AnyQueryOptions = Omit<QueryOptions<string>, "consistent"> & { readonly consistent?: boolean };
type Queried = { readonly Items: readonly Attributes[]; readonly LastEvaluatedKey?: Attributes };
type BatchGot = {
  readonly Responses: Readonly<Record<string, readonly Attributes[]>>;
  readonly UnprocessedKeys?: Readonly<Record<string, { readonly Keys: readonly Attributes[] }>>;
};
