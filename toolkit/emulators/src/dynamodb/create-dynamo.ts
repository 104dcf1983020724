import { call } from "./call.ts";
import { sweepTokens } from "./client-request-token.ts";
import { isLoopback } from "./guard.ts";
import { type Kept, open } from "./open.ts";
import { serve } from "./server.ts";
import { makeTable } from "./table-definition.ts";
import type { TableDefinition } from "./table-schema.ts";
import { sweepExpired } from "./time-to-live.ts";

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

type Options = Kept & { readonly host: string; readonly port: number; readonly now: () => number };

/** DynamoDB with all its parts; it sweeps when it is told to. */
export async function createDynamo({ host, port, now, ...kept }: Options): Promise<Dynamo> {
  if (!isLoopback(host)) throw new Error(`DynamoDB on this machine listens to it alone, so not on ${host}.`);
  const { store, folder } = await open(kept);
  const calls = new Set<Promise<unknown>>();
  const request = (operation: string, body: object) => {
    const answer = call(store, operation, body, now).finally(() => calls.delete(answer));
    calls.add(answer);
    return answer;
  };
  const running = { call: request, settle: () => Promise.allSettled(calls) };
  const server = await serve(request, { host, port }).catch(async (error) => {
    await store.db.close();
    throw error;
  });
  return {
    url: server.url,
    ...(folder !== undefined && { folder }),
    createTable: (definition) => makeTable(store, definition, running),
    async deleteTable(name) {
      await request("DeleteTable", { TableName: name });
    },
    async sweep() {
      await sweepTokens(store, now());
      return sweepExpired(store, now(), (deletion) => request("DeleteItem", deletion));
    },
    async stop() {
      await server.close();
      await store.db.close();
    },
  };
}
