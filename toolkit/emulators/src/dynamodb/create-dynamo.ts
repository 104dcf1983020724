import type { Dynamo } from "../dynamodb.ts";
import { call } from "./call.ts";
import { sweepTokens } from "./client-request-token.ts";
import { isLoopback } from "./guard.ts";
import { type Kept, open } from "./open.ts";
import { serve } from "./server.ts";
import { makeTable } from "./table-definition.ts";
import { sweepExpired } from "./time-to-live.ts";

type Options = Kept & { readonly host: string; readonly port: number; readonly now: () => number };

/** DynamoDB with all its parts; it sweeps when it is told to. */
export async function createDynamo({ host, port, now, ...kept }: Options): Promise<Dynamo> {
  if (!isLoopback(host)) throw new Error(`DynamoDB on this machine listens to it alone, so not on ${host}.`);
  const { store, folder } = await open(kept);
  const request = (operation: string, body: object) => call(store, operation, body, now);
  const server = await serve(request, { host, port }).catch(async (error) => {
    await store.db.close();
    throw error;
  });
  return {
    url: server.url,
    ...(folder !== undefined && { folder }),
    createTable: (definition) => makeTable(store, definition, request),
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
