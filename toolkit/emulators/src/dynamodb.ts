import type { Dynamo } from "./dynamodb/create-dynamo.ts";

export type { Dynamo } from "./dynamodb/create-dynamo.ts";
export { definitionOf } from "./dynamodb/declared-table.ts";
export type { Key, KeyAttribute, TableDefinition } from "./dynamodb/table-schema.ts";

/** Where DynamoDB runs, and whether it keeps its tables. */
export type DynamoOptions = {
  /** Keeps the tables there, for one process at a time; without it they are in memory. */
  readonly folder?: string;
  /** Deletes what is kept there first. */
  readonly isFresh?: boolean;
  /**
   * While another process holds the folder: `fail` (the default) rejects, `memory` keeps nothing, `join` uses that one's
   * DynamoDB, as long as it runs.
   */
  readonly ifHeld?: "fail" | "memory" | "join";
  /** An address of this machine alone; 127.0.0.1 unless named. */
  readonly host?: string;
  /** A free one unless named. */
  readonly port?: number;
  /** Whether the process may end while it runs. */
  readonly isBackground?: boolean;
  /** The time in milliseconds since 1970, for expiry and tokens. */
  readonly now?: () => number;
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
  const { isBackground = false } = options;
  // Only here: whoever uses no table does not wait for it.
  const { createDynamo } = await import("./dynamodb/create-dynamo.ts");
  const dynamo = await createDynamo({
    ...(options.folder !== undefined && { folder: options.folder }),
    host,
    port,
    isFresh,
    ifHeld,
    isBackground,
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
