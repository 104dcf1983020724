import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runScript, writeFunction } from "../testing/testing.ts";

// The AWS SDK itself in a function, of a person who has credentials.

const HANDLER = `
  import { DescribeTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
  const client = new DynamoDBClient({ maxAttempts: 1 });
  export const handler = async ({ TableName = process.env.TABLE_NOTES }) => {
    const Item = { id: { S: "a" }, key: { S: process.env.AWS_ACCESS_KEY_ID } };
    try {
      const { Table } = await client.send(new DescribeTableCommand({ TableName }));
      await client.send(new PutItemCommand({ TableName, Item }));
      const got = await client.send(new GetItemCommand({ TableName, Key: { id: Item.id } }));
      return { item: got.Item, name: TableName, indexes: Table.GlobalSecondaryIndexes?.map((index) => index.IndexName) };
    } catch ({ name, message }) {
      return { name, message };
    }
  };`;
/** Plain data, for nothing is installed there that declares it. */
const USES = `{ notes: { right: "allow", actions: [], resource: { kind: "table", name: "notes", key: { partition: "id" }, numbers: [],
  indexes: { byKey: { partition: "key" } }, item: { "~standard": { version: 1, vendor: "", validate: (value) => ({ value }) } } } } }`;
const contractsOf = (uses: string) =>
  `export const api = { one: { method: "GET", path: "/one", summary: "", reply: { 204: null }, uses: ${uses} } };`;
const env = { AWS_ACCESS_KEY_ID: "SHELLKEY", AWS_SECRET_ACCESS_KEY: "s", AWS_REGION: "eu-central-1" };
const PACKAGES = ["@aws-sdk/client-dynamodb"];

let [using, plain]: [string, string] = ["", ""];
beforeAll(() => {
  using = writeFunction(HANDLER, { "packages/contracts/src/index.ts": contractsOf(USES) }, PACKAGES);
  plain = writeFunction(HANDLER, {}, PACKAGES);
});
afterAll(() => {
  for (const root of [using, plain]) rmSync(root, { recursive: true });
});

async function invoke(cwd: string, event: object): Promise<unknown> {
  const { stdout } = await runScript("invoke.ts", ["one", "--data", JSON.stringify(event)], { cwd, env });
  return JSON.parse(stdout);
}

describe("a function with the AWS SDK", () => {
  test("reaches its table on this machine, as nobody", async () => {
    expect(await invoke(using, {})).toEqual({
      item: { id: { S: "a" }, key: { S: "NoRealAccessKeyId" } },
      name: "notes",
      indexes: ["byKey"],
    });
  });

  test("reaches no other table, and no table of AWS's", async () => {
    expect(await invoke(using, { TableName: "production" })).toMatchObject({
      name: "ResourceNotFoundException",
    });
  });

  test("is told that no DynamoDB runs where no contract uses a table", async () => {
    expect(await invoke(plain, { TableName: "production" })).toEqual({
      name: "ServiceNotOnThisMachine",
      message:
        "No contract uses a table, so DynamoDB does not run on this machine. Declare one, or run with --aws to call AWS itself.",
    });
  });
});
