import { type Dynamo, startDynamo } from "@lucky/emulators/dynamodb";
import type { Key, Table } from "../declare/table.ts";
import { variableOf } from "../declare/variable.ts";

let tables = 0;

/** DynamoDB in memory, and this process's variables set to it. */
export async function startEngine(): Promise<Dynamo> {
  const dynamo = await startDynamo();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.url,
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "key",
    AWS_SECRET_ACCESS_KEY: "secret",
  });
  return dynamo;
}

/** A fresh table; gives its name. */
export async function makeTable(dynamo: Dynamo, table: Table): Promise<string> {
  const attribute = (name: string) => ({ name, type: table.numbers.includes(name) ? "N" : "S" }) as const;
  const keyOf = ({ partition, sort }: Key) => ({
    partition: attribute(partition),
    ...(sort !== undefined && { sort: attribute(sort) }),
  });
  const name = `${table.name}-${++tables}`;
  const indexes = Object.fromEntries(Object.entries(table.indexes).map(([each, key]) => [each, keyOf(key)]));
  await dynamo.createTable({ name, ...keyOf(table.key), indexes });
  process.env[variableOf(table)] = name;
  return name;
}
