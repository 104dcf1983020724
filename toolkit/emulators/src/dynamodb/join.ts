import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TableDefinition } from "./table-schema.ts";

/** What a table is defined by from another process: an operation of ours alone. */
export const DEFINE_TABLE = "LuckyDefineTable";

/** How long another process may take to answer. */
const PATIENCE_MS = 5000;

/** The DynamoDB of another process. */
export type Joined = {
  readonly url: string;
  createTable(definition: TableDefinition): Promise<void>;
  deleteTable(name: string): Promise<void>;
};

/** Says where the DynamoDB of a folder answers, for those that come later. */
export function writeAddress(folder: string, url: string): void {
  writeFileSync(addressOf(folder), url);
}

/** The DynamoDB of the process that holds a folder; undefined where none answers. */
export async function joinHolder(folder: string): Promise<Joined | undefined> {
  const url = readAddress(folder);
  if (url === undefined) return undefined;
  const answer = await call(url, "ListTables", {}).catch(() => undefined);
  if (!Array.isArray(answer?.TableNames)) return undefined; // the port may be another program's by now
  return {
    url,
    async createTable(definition) {
      await call(url, DEFINE_TABLE, definition);
    },
    async deleteTable(name) {
      await call(url, "DeleteTable", { TableName: name });
    },
  };
}

async function call(url: string, operation: string, request: object): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `DynamoDB_20120810.${operation}`,
      authorization: "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/dynamodb/aws4_request",
    },
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const body = (await response.json()) as Record<string, unknown>; // an object, from this package's own server
  if (!response.ok) throw new Error(String(body.message));
  return body;
}

function readAddress(folder: string): string | undefined {
  try {
    return readFileSync(addressOf(folder), "utf8");
  } catch {
    return undefined;
  }
}

function addressOf(folder: string): string {
  return join(folder, "address");
}
