import { type Data, database, type Item, readTable, type Store, type Table } from "./dynalite.ts";
import { EmptyKeyError } from "./mended.ts";
import { isServiceError, nameOf, serviceError, validationError } from "./service-error.ts";

/** AWS's limit for the items of a transaction, in bytes. */
const MAX_BYTES = 4 * 1024 * 1024;

/** One action of a transaction, with the item that it is about, and its size as far as the request shows it. */
export type Part = { readonly data: Data; readonly item: Item };

/** A part, its table, and its item's key; none where the key does not match the table: the action says so when it runs. */
export type Target = Part & { readonly table: Table; readonly key?: string };

type Reason = { Code: string; Message?: string; Item?: unknown };

/** Finds each part's table and key, and refuses what AWS refuses before a transaction starts. */
export async function findTargets(store: Store, parts: readonly Part[]): Promise<readonly Target[]> {
  const tables = await Promise.all(parts.map(({ data }) => readTable(store, data.TableName)));
  const targets = parts.map((part, nth): Target => {
    const table = tables[nth] as Table; // one for each part
    const mistake =
      part.data.Item === undefined
        ? database.validateKey(part.item, table)
        : database.validateItem(part.item, table);
    if (mistake instanceof EmptyKeyError) throw mistake;
    return mistake ? { ...part, table } : { ...part, table, key: database.createKey(part.item, table) };
  });
  refuseDuplicates(targets);
  const bytes = parts.reduce((sum, { item }) => sum + database.itemSize(item), 0);
  if (bytes > MAX_BYTES) throw tooLarge();
  return targets;
}

/** Runs `work` while nobody else writes these items. All take their locks in one order, so none waits for ever. */
export async function withLocks<T>(
  store: Store,
  targets: readonly Target[],
  work: () => Promise<T>,
): Promise<T> {
  const locks = targets
    .flatMap(({ table: { TableName }, key }) => (key === undefined ? [] : [{ name: TableName, key }]))
    .sort((a, b) => compare(a.name, b.name) || compare(a.key, b.key));
  const releases: (() => void)[] = [];
  try {
    for (const { name, key } of locks) releases.push(await lock(store, name, key));
    return await work();
  } finally {
    for (const release of releases) release();
  }
}

/** The results of all parts in order. Cancels where one fails, with the reason of each. */
export async function runAll<T>(parts: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  const results: T[] = [];
  const reasons: Reason[] = [];
  for (const part of parts) {
    try {
      results.push(await part());
      reasons.push({ Code: "None" });
    } catch (error) {
      reasons.push(reasonOf(error));
    }
  }
  if (reasons.every(({ Code }) => Code === "None")) return results;
  const codes = reasons.map(({ Code }) => Code).join(", ");
  throw serviceError(
    "TransactionCanceledException",
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons: reasons },
  );
}

export function tooLarge(): Error {
  return validationError(
    "Collection size of items exceeded, which can also be caused by the aggregate size of the items in the transaction exceeding the 4MB limit",
  );
}

/** What AWS would charge: twice what the same calls cost alone. None unless the request asks for it. */
export function capacityOf(
  targets: readonly { readonly data: Data; readonly item: Item | undefined }[],
  { ReturnConsumedCapacity: mode }: Readonly<Record<string, unknown>>,
  kind: "Read" | "Write",
): Readonly<Record<string, unknown>> {
  if (mode !== "TOTAL" && mode !== "INDEXES") return {};
  const units = new Map<string, number>();
  for (const { data, item } of targets) {
    const cost = 2 * database.capacityUnits(item, kind === "Read", true);
    units.set(data.TableName, (units.get(data.TableName) ?? 0) + cost);
  }
  const figures = (count: number) => ({ CapacityUnits: count, [`${kind}CapacityUnits`]: count });
  return {
    ConsumedCapacity: Array.from(units, ([TableName, count]) => ({
      TableName,
      ...figures(count),
      ...(mode === "INDEXES" && { Table: figures(count) }),
    })),
  };
}

function refuseDuplicates(targets: readonly Target[]): void {
  const seen = new Set<string>();
  for (const { table, key } of targets) {
    if (key === undefined) continue;
    const target = `${table.TableName}~${key}`;
    if (seen.has(target))
      throw validationError("Transaction request cannot include multiple operations on one item");
    seen.add(target);
  }
}

function reasonOf(error: unknown): Reason {
  if (error instanceof EmptyKeyError || !isServiceError(error)) throw error;
  const { message = "", Item } = error.body;
  if (nameOf(error) === "ConditionalCheckFailedException")
    return {
      Code: "ConditionalCheckFailed",
      ...(Item !== undefined && { Item }),
      Message: message,
    };
  if (nameOf(error) === "ValidationException") return { Code: "ValidationError", Message: message };
  throw error;
}

function lock(store: Store, table: string, key: string): Promise<() => void> {
  return new Promise((resolve) => {
    store.getItemDb(table).lock(key, (release) => resolve(() => release(() => {})(null)));
  });
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
