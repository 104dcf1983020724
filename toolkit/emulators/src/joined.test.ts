import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Dynamo, startDynamo } from "./dynamodb.ts";
import { byId, failure, result } from "./testing.ts";

let folder: string;
const running: Dynamo[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dynamodb-"));
});
afterEach(async () => {
  for (const dynamo of running.splice(0)) await dynamo.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: Parameters<typeof startDynamo>[0] = {}): Promise<Dynamo> {
  const dynamo = await startDynamo({ folder, ...options });
  running.push(dynamo);
  return dynamo;
}
const joinFolder = () => start({ ifHeld: "join" });
const users = byId("users");
const item = { id: { S: "a" } };

describe("a folder that is held can be joined", () => {
  test("and its tables are those of its holder", async () => {
    const holder = await start();
    const joined = await joinFolder();
    expect(joined).toMatchObject({ url: holder.url, isJoined: true, folder });
    await joined.createTable(users);
    await result(joined, "PutItem", { TableName: "users", Item: item });
    expect((await result(holder, "GetItem", { TableName: "users", Key: item })).Item).toEqual(item);
    await joined.createTable({ ...users, indexes: { byMail: { partition: { name: "mail", type: "S" } } } });
    const { Table } = await result(holder, "DescribeTable", { TableName: "users" });
    expect(Table).toMatchObject({ GlobalSecondaryIndexes: [{ IndexName: "byMail", IndexStatus: "ACTIVE" }] });
    await expect(joined.createTable({ ...users, partition: { name: "id", type: "N" } })).rejects.toThrow(
      "A table's key cannot change",
    );
    await joined.deleteTable("users");
    expect(await failure(holder, "DescribeTable", { TableName: "users" })).toMatchObject({
      name: "ResourceNotFoundException",
    });
  });

  test("and is left to its holder when who joined stops", async () => {
    const holder = await start();
    await (await joinFolder()).stop();
    expect(await result(holder, "ListTables", {})).toEqual({ TableNames: [] });
  });

  test("and is opened by who comes when the holder has stopped", async () => {
    await (await start()).createTable(users);
    await running.pop()?.stop();
    const next = await joinFolder();
    expect(next.isJoined).toBeUndefined();
    expect(await result(next, "ListTables", {})).toEqual({ TableNames: ["users"] });
  });

  test("unless what answers at its address is another program", async () => {
    await start();
    const other = createServer((_, response) => response.end("{}")).listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo; // on TCP
    writeFileSync(join(folder, "address"), `http://127.0.0.1:${port}`);
    await expect(joinFolder()).rejects.toThrow(`Process ${process.pid} holds the tables in ${folder}`);
    other.close();
  });
});
