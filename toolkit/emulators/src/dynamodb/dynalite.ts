import { createRequire } from "node:module";

// dynalite's own parts, typed as far as they are used here. Its server is not used: it ends the process on a full disk, answers
// browsers, and knows nothing of transactions.

const require = createRequire(import.meta.url);
const requireOfDynalite = createRequire(require.resolve("dynalite"));

export type AttributeValue = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, AttributeValue>>;
export type KeySchema = readonly { readonly AttributeName: string; readonly KeyType: "HASH" | "RANGE" }[];
export type Index = {
  readonly IndexName: string;
  readonly KeySchema: KeySchema;
  readonly Projection: { readonly ProjectionType: string };
  readonly IndexStatus?: string;
};
export type Table = {
  readonly TableName: string;
  readonly TableStatus: string;
  readonly KeySchema: KeySchema;
  readonly AttributeDefinitions: readonly {
    readonly AttributeName: string;
    readonly AttributeType: "S" | "N" | "B";
  }[];
  readonly GlobalSecondaryIndexes?: readonly Index[];
  readonly LocalSecondaryIndexes?: readonly Index[];
  readonly DeletionProtectionEnabled?: boolean;
};

/** A request's members after dynalite checked their types; it writes what it parsed into it. */
export type Data = { TableName: string } & Record<string, unknown>;

export type Callback<T = void> = (error: unknown, value?: T) => void;
type Release = <T>(callback: Callback<T>) => Callback<T>;
export type Lock = (key: string, run: (release: Release) => void) => void;
export type Write =
  | { readonly type: "put"; readonly key: string; readonly value: unknown }
  | { readonly type: "del"; readonly key: string };
export type Range = { readonly gte: string; readonly lt: string };

/** LevelDB, on disk or in memory, with callbacks beside its promises. */
export type Level = {
  open(): Promise<void>;
  get(key: string): Promise<unknown>;
  get(key: string, callback: Callback<unknown>): void;
  batch: {
    (writes: readonly Write[]): Promise<void>;
    (writes: readonly Write[], callback: Callback): void;
  };
  clear(range: Range): Promise<void>;
  keys(range: Range): AsyncIterable<string>;
  values(range: Range): AsyncIterable<unknown>;
  createKeyStream(range: Range): NodeJS.ReadableStream;
  createValueStream(range: Readonly<Record<string, unknown>>): NodeJS.ReadableStream;
  close(): Promise<void>;
};

export type SubDatabase = {
  readonly lock: Lock;
  get(key: string, callback: Callback<unknown>): void;
  put(key: string, value: unknown, callback: Callback): void;
  del(key: string, callback: Callback): void;
  batch(writes: readonly Write[], callback: Callback): void;
  createKeyStream(): NodeJS.ReadableStream;
  createValueStream(options?: Readonly<Record<string, string>>): NodeJS.ReadableStream;
};

/** What dynalite's actions read and write. */
export type Store = {
  readonly options: { readonly maxItemSize: number };
  readonly db: Level;
  readonly tableDb: SubDatabase & { readonly awsAccountId: string; readonly awsRegion: string };
  getItemDb(table: string): SubDatabase;
  getIndexDb(kind: string, table: string, index: string): SubDatabase;
  getTagDb(table: string): SubDatabase;
  /** Drops what is held in memory of a table that is deleted. */
  forget(table: string): void;
  getTable(table: string, isActive: boolean, callback: Callback<Table>): void;
};

/** What DynamoDB answers in place of a result: its `body` is sent as it is. */
export type ServiceError = Error & {
  readonly statusCode: number;
  readonly body: { __type: string; message?: string; [member: string]: unknown };
};

/** The members of a request, or of a part of it: types and constraints. */
export type Types = Readonly<Record<string, unknown>>;
export type Validation = { readonly types: Types; readonly custom?: Custom };
export type Custom = (data: Data, store: Store) => string | undefined | null;
export type Action = (store: Store, data: Data, callback: Callback<Record<string, unknown>>) => void;

type Database = {
  create(options: { readonly path?: string; readonly createTableMs: number }): Omit<Store, "forget">;
  createKey(item: Item, table: Table): string;
  validateKey(key: Item, table: Table, ...rest: unknown[]): ServiceError | undefined | null;
  validateItem(item: Item, table: Table): ServiceError | undefined | null;
  validationError(message: string): ServiceError;
  checkConditional(data: Data, item: Item | undefined): ServiceError | undefined | null;
  queryTable(store: Store, table: Table, data: Data, ...rest: unknown[]): void;
  mapPaths(paths: unknown, item: Item): Item;
  capacityUnits(item: Item | undefined, isRead: boolean, isConsistent: boolean): number;
  traverseIndexes<T>(table: Table, visit: (name: string, type: string, index: Index) => T): T | undefined;
  getIndexActions(
    indexes: readonly Index[],
    before: undefined,
    item: Item,
    table: Table,
  ): { readonly puts: readonly { readonly index: string; readonly key: string; readonly item: Item }[] };
  itemSize(item: Item, ...rest: unknown[]): number;
  mapPath(path: readonly (string | number)[], item: Item): AttributeValue | undefined | null;
};

type Validations = {
  checkTypes(data: unknown, types: Types): Data;
  checkValidations(data: Data, types: Types, custom: Custom | undefined, store: Store): void;
};

// What is required is what package.json pins: the types above were read off it.
export const database = require("dynalite/db") as Database;
export const validations = require("dynalite/validations") as Validations;
export const createLock = (requireOfDynalite("lock") as { Lock(): Lock }).Lock;

/** Decimal numbers, exact. */
export const Big = requireOfDynalite("big.js") as new (number: string) => { cmp(other: string): -1 | 0 | 1 };

/** An operation's action, such as `putItem`. */
export function actionOf(operation: string): Action {
  return require(`dynalite/actions/${operation}`) as Action;
}

/** What an operation checks before it looks at any table. */
export function validationOf(operation: string): Validation {
  return require(`dynalite/validations/${operation}`) as Validation;
}

/** Runs an action; rejects with a ServiceError where DynamoDB would answer with one. */
export function run(action: Action, store: Store, data: Data): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    action(store, data, (error, result) => (error ? reject(error) : resolve(result ?? {})));
  });
}

/** The table; rejects with a ResourceNotFoundException. `isActive` chooses between AWS's two messages, as dynalite has them. */
export function readTable(store: Store, name: string, isActive = true): Promise<Table> {
  return new Promise((resolve, reject) => {
    store.getTable(name, isActive, (error, table) =>
      error || table === undefined ? reject(error) : resolve(table),
    );
  });
}
