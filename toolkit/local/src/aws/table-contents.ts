import { join } from "node:path";
import { UsageError } from "@lucky/command/usage-error";
import { definitionOf, startDynamo } from "@lucky/emulators/dynamodb";
import { type Attributes, fromAttributes, toAttributes } from "@lucky/resources/attribute";
import { awsCall, dynamodb } from "@lucky/resources/aws-call";
import { connect } from "@lucky/resources/connect";
import { type Table, variableOf, write } from "@lucky/resources/declare";
import { TABLES_FOLDER } from "./tables.ts";

export type TableContents = {
  /** Items as they are kept, whether their schema takes them or not. Throws a UsageError for what is no cursor. */
  list(
    limit: number,
    cursor?: string,
  ): Promise<{ readonly items: readonly unknown[]; readonly cursor?: string }>;
  /** Likewise. */
  get(key: object): Promise<unknown>;
  /** Throws an ItemError for what its schema refuses. */
  put(item: object): Promise<void>;
  delete(key: object): Promise<void>;
  /** Of all items; its key and its indexes are as declared then. */
  empty(): Promise<void>;
  close(): Promise<void>;
};

/** A table of an application on this machine, for this process alone; it is made unless `isEmptied`. */
export async function openTable(root: string, table: Table, isEmptied: boolean): Promise<TableContents> {
  const dynamo = await startDynamo({ folder: join(root, TABLES_FOLDER), ifHeld: "join" });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "NoRealAccessKeyId",
    AWS_SECRET_ACCESS_KEY: "NoRealSecretAccessKey",
    [variableOf(table)]: table.name,
  });
  if (!isEmptied) await dynamo.createTable(definitionOf(table));
  const { items } = connect({ uses: { items: write(table) } });
  const TableName = table.name;
  return {
    async list(Limit, cursor) {
      const input = {
        TableName,
        Limit,
        ...(cursor !== undefined && { ExclusiveStartKey: fromCursor(cursor) }),
      };
      const { Items, LastEvaluatedKey } = await awsCall<Scanned>(dynamodb, "Scan", input).catch((error) => {
        throw cursor !== undefined && error.status === 400 ? new UsageError(NO_CURSOR) : error;
      });
      const next = LastEvaluatedKey && Buffer.from(JSON.stringify(LastEvaluatedKey)).toString("base64url");
      return { items: Items.map(fromAttributes), ...(next && { cursor: next }) };
    },
    async get(key) {
      const { Item } = await awsCall<Got>(dynamodb, "GetItem", { TableName, Key: toAttributes(key) });
      return Item && fromAttributes(Item);
    },
    async put(item) {
      await items.put(item as never); // which its schema checks
    },
    async delete(key) {
      await items.delete(key as never); // of this table, by its caller
    },
    async empty() {
      await dynamo.deleteTable(TableName).catch(() => {}); // it may not be there yet
      await dynamo.createTable(definitionOf(table));
    },
    close: () => dynamo.stop(),
  };
}

type Got = { readonly Item?: Attributes };
type Scanned = { readonly Items: readonly Attributes[]; readonly LastEvaluatedKey?: Attributes };

const NO_CURSOR = "--cursor takes the cursor that a list of this table ended with.";

function fromCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    throw new UsageError(NO_CURSOR);
  }
}
