import { type Condition, meets } from "./conditions.ts";
import { type Callback, type Data, database, type Item, type ServiceError, type Table } from "./dynalite.ts";
import { serviceError, validationError } from "./service-error.ts";

// What dynalite measures or says otherwise than DynamoDB does, put right in its own module: its actions call these through it.

/** An empty key: unlike for other mistakes in keys, AWS refuses a whole transaction for it before it starts. */
export class EmptyKeyError extends Error {
  readonly statusCode = 400;
  readonly body: ServiceError["body"];

  constructor(message: string) {
    super(message);
    this.body = validationError(message).body;
  }
}

const { checkConditional, queryTable, validateKey, validateItem, itemSize } = database;
database.validateKey = (key, table, ...rest) => checkKey(validateKey(key, table, ...rest), key, table);
database.validateItem = (item, table) =>
  checkKey(validateItem(item, table), item, table) ?? emptyIndexKey(item, table);
database.itemSize = (item, ...rest) => (rest.length > 0 ? itemSize(item, ...rest) : sizeOf(item));
database.checkConditional = (data, item) => {
  const condition = data._condition as Parsed | undefined; // what dynalite's parser makes
  if (condition === undefined) return checkConditional(data, item);
  return meets(item ?? {}, condition.expression)
    ? undefined
    : serviceError("ConditionalCheckFailedException", "The conditional request failed");
};
database.queryTable = (store, table, data, ...rest) => {
  const filter = data._filter as Parsed | undefined; // as above
  if (filter === undefined) return queryTable(store, table, data, ...rest);
  const callback = rest.pop() as Callback<Page>; // its last parameter
  const { _filter, _projection, Select, ...whole } = data;
  queryTable(store, table, whole as Data, ...rest, (error: unknown, page?: Page) => {
    if (error || page === undefined) return callback(error);
    const found = page.Items.filter((item) => meets(item, filter.expression));
    const paths = (_projection as { readonly paths: unknown } | undefined)?.paths;
    const Items = paths === undefined ? found : found.map((item) => database.mapPaths(paths, item));
    const { Items: _, ...counts } = page;
    callback(null, { ...counts, Count: found.length, ...(Select !== "COUNT" && { Items }) } as Page);
  });
};

type Parsed = { readonly expression: Condition };
type Page = { readonly Items: readonly Item[] };
type Mistake = ServiceError | undefined | null;

function checkKey(mistake: Mistake, item: Item, table: Table): Mistake {
  if (!mistake) return tooLongKey(item, table);
  const [, emptiness] =
    /(The AttributeValue for a key attribute cannot contain.*)/.exec(mistake.message) ?? [];
  return emptiness === undefined
    ? mistake
    : new EmptyKeyError(`One or more parameter values are not valid. ${emptiness}`);
}

/** dynalite counts characters, DynamoDB bytes. */
function tooLongKey(item: Item, { KeySchema }: Table): Mistake {
  const [partition = 0, sort = 0] = KeySchema.map(({ AttributeName }) => {
    const text = item[AttributeName]?.S;
    return typeof text === "string" ? Buffer.byteLength(text) : 0;
  });
  if (partition > 2048)
    return validationError(
      "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes",
    );
  if (sort > 1024)
    return validationError(
      "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes",
    );
  return undefined;
}

/** The first key of an index that an item has, and has empty. */
export function findEmptyIndexKey(
  item: Item,
  table: Table,
): { readonly kind: "string" | "binary"; readonly name: string; readonly index: string } | undefined {
  return database.traverseIndexes(table, (name, _type, { IndexName: index }) => {
    const value = item[name];
    if (value?.S === "") return { kind: "string" as const, name, index };
    return value?.B === "" ? { kind: "binary" as const, name, index } : undefined;
  });
}

function emptyIndexKey(item: Item, table: Table): Mistake {
  const empty = findEmptyIndexKey(item, table);
  return (
    empty &&
    new EmptyKeyError(
      `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${empty.kind} value. IndexName: ${empty.index}, IndexKey: ${empty.name}`,
    )
  );
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html, in bytes. */
function sizeOf(item: Item): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value),
    0,
  );
}

function valueSize(value: Item[string]): number {
  const { S, SS, L, M } = value as {
    S?: string;
    SS?: readonly string[];
    L?: readonly Item[string][];
    M?: Item;
  };
  if (S !== undefined) return Buffer.byteLength(S);
  if (SS !== undefined) return SS.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (L !== undefined) return L.reduce((sum, each) => sum + 1 + valueSize(each), 3);
  if (M !== undefined) return 3 + Object.keys(M).length + sizeOf(M);
  return itemSize({ "": value });
}
