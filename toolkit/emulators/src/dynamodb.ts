import type { TableDefinition } from "./dynamodb/table-definition.ts";

export type { Key, KeyAttribute, TableDefinition } from "./dynamodb/table-definition.ts";

/** Where DynamoDB runs, and whether it keeps its tables. */
export type DynamoOptions = {
  /** Keeps the tables there, for one process at a time; without it they are in memory. */
  readonly folder?: string;
  /** Deletes what is kept there first. */
  readonly isFresh?: boolean;
  /** While another process holds the folder: `fail` (the default) rejects, `memory` keeps nothing. */
  readonly ifHeld?: "fail" | "memory";
  /** An address of this machine alone; 127.0.0.1 unless named. */
  readonly host?: string;
  /** A free one unless named. */
  readonly port?: number;
  /** The time in milliseconds since 1970, for expiry and tokens. */
  readonly now?: () => number;
};

/** DynamoDB on this machine. */
export type Dynamo = {
  /** For `AWS_ENDPOINT_URL_DYNAMODB`; any credentials will do. */
  readonly url: string;
  /** Where tables are kept; none in memory, so also where another process holds the folder. */
  readonly folder?: string;
  /**
   * Makes a table, or keeps the one that is there, with indexes and expiry as defined now. Rejects where its key has changed,
   * with an error that says what to do.
   */
  createTable(definition: TableDefinition): Promise<void>;
  /** Deletes a table and its items. */
  deleteTable(name: string): Promise<void>;
  /** Deletes what has expired, and returns how many items that were. It runs by itself each minute. */
  sweep(): Promise<number>;
  /** Answers what it has begun, closes the folder and frees the port. */
  stop(): Promise<void>;
};

const SWEEP_MILLISECONDS = 60_000;

/**
 * Starts DynamoDB in this process. What it lacks it refuses by name: see docs/emulators.md.
 *
 * @example
 * const dynamo = await startDynamo({ folder: ".local/dynamodb" });
 * await dynamo.createTable({ name: "users", partition: { name: "id", type: "S" }, indexes: {} });
 */
export async function startDynamo(options: DynamoOptions = {}): Promise<Dynamo> {
  const { host = "127.0.0.1", port = 0, isFresh = false, ifHeld = "fail", now = Date.now } = options;
  // Only here: whoever uses no table does not wait for it.
  const { createDynamo } = await import("./dynamodb/create-dynamo.ts");
  const dynamo = await createDynamo({
    ...(options.folder !== undefined && { folder: options.folder }),
    host,
    port,
    isFresh,
    ifHeld,
    now,
  });
  const timer = setInterval(() => void dynamo.sweep().catch(() => {}), SWEEP_MILLISECONDS).unref();
  return {
    ...dynamo,
    async stop() {
      clearInterval(timer);
      await dynamo.stop();
    },
  };
}
