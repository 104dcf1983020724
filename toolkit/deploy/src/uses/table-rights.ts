import type { AnyUse, Table } from "@lucky/resources/declare";

/** A right to call actions, on the table itself or on its indexes. */
export type TableRight = { readonly actions: readonly string[]; readonly on: "table" | "indexes" };

/** A transaction needs the right to each of its parts, and has none of its own. */
const READING = ["BatchGetItem", "GetItem", "Query"];
const WRITING = ["BatchWriteItem", "ConditionCheckItem", "DeleteItem", "PutItem", "UpdateItem"];

/**
 * Those that can be called on an index.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
const OF_INDEXES = [
  "DescribeContributorInsights",
  "PartiQLSelect",
  "Query",
  "Scan",
  "SearchVectors",
  "UpdateContributorInsights",
].map((action) => `dynamodb:${action}`);

/**
 * What a function may do with a table by all the ways in which its contract uses it, and nothing else.
 *
 *     rightsToTable(Draws, [read(Draws)]) // BatchGetItem, GetItem, Query on the table, Query on its indexes
 */
export function rightsToTable(table: Table, uses: readonly AnyUse[]): readonly TableRight[] {
  const actions = [
    ...new Set(uses.filter(({ resource }) => resource === table).flatMap(actionsOf)),
  ].toSorted();
  const ofIndexes = actions.filter((action) => OF_INDEXES.includes(action) || action.includes("*"));
  const hasIndexes = Object.keys(table.indexes).length > 0;
  return [
    ...(actions.length > 0 ? [{ actions, on: "table" } as const] : []),
    ...(hasIndexes && ofIndexes.length > 0 ? [{ actions: ofIndexes, on: "indexes" } as const] : []),
  ];
}

function actionsOf({ right, actions = [] }: AnyUse): readonly string[] {
  if (right === "allow") return actions;
  const named = right === "write" ? [...READING, ...WRITING] : READING;
  return named.map((action) => `dynamodb:${action}`);
}
