import { setTimeout as delay } from "node:timers/promises";
import { call } from "./call.ts";
import { sweepTokens } from "./client-request-token.ts";
import { isLoopback } from "./guard.ts";
import { DEFINE_TABLE, joinHolder, writeAddress } from "./join.ts";
import { isHeld, type Kept, open } from "./open.ts";
import { serve } from "./server.ts";
import { isServiceError, serviceError } from "./service-error.ts";
import { makeTable } from "./table-definition.ts";
import type { TableDefinition } from "./table-schema.ts";
import { sweepExpired } from "./time-to-live.ts";

/** DynamoDB on this machine. */
export type Dynamo = {
  /** For `AWS_ENDPOINT_URL_DYNAMODB`; any credentials will do. */
  readonly url: string;
  /** Where tables are kept; none in memory, so also where another process holds the folder. */
  readonly folder?: string;
  /** Whether it is the DynamoDB of another process, which holds the folder; it ends with that one. */
  readonly isJoined?: boolean;
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

type Options = Kept & {
  readonly host: string;
  readonly port: number;
  readonly isBackground: boolean;
  readonly now: () => number;
};

/** How often a holder that does not answer is asked again: it may begin, or end. */
const ATTEMPTS = 40;
const PAUSE_MS = 50;

/** DynamoDB with all its parts; it sweeps when it is told to. */
export async function createDynamo(options: Options): Promise<Dynamo> {
  const { folder, ifHeld, host } = options;
  if (!isLoopback(host)) throw new Error(`DynamoDB on this machine listens to it alone, so not on ${host}.`);
  for (let attempt = 1; ; attempt++) {
    try {
      return await openDynamo(options);
    } catch (error) {
      if (folder === undefined || ifHeld !== "join" || !isHeld(error)) throw error;
      const joined = await joinHolder(folder);
      if (joined) return { ...joined, folder, isJoined: true, sweep: async () => 0, stop: async () => {} };
      if (attempt === ATTEMPTS) throw error;
      await delay(PAUSE_MS);
    }
  }
}

async function openDynamo({ host, port, isBackground, now, ...kept }: Options): Promise<Dynamo> {
  const { store, folder } = await open(kept);
  const calls = new Set<Promise<unknown>>();
  const request = (operation: string, body: object) => {
    const answer = call(store, operation, body, now).finally(() => calls.delete(answer));
    calls.add(answer);
    return answer;
  };
  const running = { call: request, settle: () => Promise.allSettled(calls) };
  const define = async (definition: TableDefinition) => {
    await makeTable(store, definition, running).catch((error) => {
      throw isServiceError(error) ? error : serviceError("ValidationException", error.message);
    });
    return {};
  };
  const answer = (operation: string, body: object) =>
    operation === DEFINE_TABLE ? define(body as TableDefinition) : request(operation, body); // from this package alone
  const server = await serve(answer, { host, port, isBackground }).catch(async (error) => {
    await store.db.close();
    throw error;
  });
  if (folder !== undefined) writeAddress(folder, server.url);
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
