import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Dynamo, startDynamo, type TableDefinition } from "./dynamodb.ts";
import { byId, failure, result } from "./testing.ts";

let dynamo: Dynamo;
let time = 1_800_000_000_000;
beforeAll(async () => {
  dynamo = await startDynamo({ now: () => time });
});
afterAll(() => dynamo.stop());
afterEach(async () => {
  const { TableNames } = await result(dynamo, "ListTables", {});
  for (const name of TableNames as string[]) await dynamo.deleteTable(name);
});

const TableName = "users";
const creation = {
  TableName,
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
};
const byMail = { byMail: { partition: { name: "mail", type: "S" } } } as const;
const define = (rest: Partial<TableDefinition> = {}) => dynamo.createTable({ ...byId(TableName), ...rest });
const put = (id: string, item: object = {}) =>
  result(dynamo, "PutItem", { TableName, Item: { id: { S: id }, ...item } });
const scan = async (table = TableName) =>
  ((await result(dynamo, "Scan", { TableName: table })).Items as { id: { S: string } }[]).map(
    ({ id }) => id.S,
  );
const find = async (mail: string, IndexName = "byMail", type = "S") =>
  (
    await result(dynamo, "Query", {
      TableName,
      IndexName,
      KeyConditionExpression: "mail = :m",
      ExpressionAttributeValues: { ":m": { [type]: mail } },
    })
  ).Count;

describe("a table", () => {
  test("that is there as it is defined stays, with its items", async () => {
    await define({ indexes: byMail });
    await put("a", { mail: { S: "m" } });
    await define({ indexes: byMail });
    expect(await scan()).toEqual(["a"]);
    expect(await find("m")).toBe(1);
  });

  test.each([
    ["id (S)", "id (N)", { partition: { name: "id", type: "N" } }],
    ["id (S)", "name (S)", { partition: { name: "name", type: "S" } }],
    ["id (S)", "id (S) and at (N)", { sort: { name: "at", type: "N" } }],
  ] as const)(
    "with the key %s cannot be had with %s: the error says how to go on",
    async (kept, wanted, key) => {
      await define();
      await put("a");
      await expect(define(key)).rejects.toThrow(
        `The table "users" is kept with the key ${kept}, and now has the key ${wanted}.\nA table's key cannot change: give the new table another name, or start afresh without the items that are kept.`,
      );
      expect(await scan()).toEqual(["a"]);
    },
  );

  test("of a wrong name is refused", async () => {
    await expect(define({ name: "no spaces" })).rejects.toThrow("regular expression");
    await expect(define({ name: "ab" })).rejects.toThrow("at least 3 characters");
  });

  test("gets a new index with what is there, but for items that cannot be in it", async () => {
    await define();
    await put("a", { mail: { S: "m" } });
    await put("b", { mail: { S: "m" } });
    await put("number", { mail: { N: "1" } });
    await put("empty", { mail: { S: "" } });
    await put("none");
    await define({ indexes: byMail });
    expect(await find("m")).toBe(2);
    await put("c", { mail: { S: "m" } });
    expect(await find("m")).toBe(3);
    expect((await scan()).length).toBe(6);
  });

  test("misses no write while it gets an index", async () => {
    await define();
    const writeAll = (mail: string) =>
      Promise.all(Array.from({ length: 200 }, (_, n) => put(`u${n}`, { mail: { S: mail } })));
    await writeAll("old");
    await Promise.all([define({ indexes: byMail }), writeAll("new")]);
    expect([await find("old"), await find("new")]).toEqual([0, 200]);
  });

  test("has an index anew whose key changed, and loses one that is gone", async () => {
    await define({ indexes: { ...byMail, second: byMail.byMail } });
    await put("a", { mail: { S: "m" }, at: { N: "1" } });
    await put("b", { mail: { S: "m" } });
    await define({ indexes: { byMail: { ...byMail.byMail, sort: { name: "at", type: "N" } } } });
    expect(await find("m")).toBe(1);
    expect(await failure(dynamo, "Scan", { TableName, IndexName: "second" })).toMatchObject({
      message: "The table does not have the specified index: second",
    });
    await define();
    expect(JSON.stringify(await result(dynamo, "DescribeTable", { TableName }))).not.toContain("byMail");
  });

  test("leaves nothing to the next one of its name", async () => {
    await define({ indexes: byMail, expires: "over" });
    await put("a", { mail: { S: "m" } });
    await dynamo.deleteTable(TableName);
    await result(dynamo, "CreateTable", creation);
    expect(await scan()).toEqual([]);
    expect(await result(dynamo, "DescribeTimeToLive", { TableName })).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: "DISABLED" },
    });
  });

  test("leaves those alone whose names start with its own", async () => {
    for (const name of ["users", "users-2", "users.2", "user"]) {
      await define({ name });
      await result(dynamo, "PutItem", { TableName: name, Item: { id: { S: name } } });
    }
    await dynamo.deleteTable("users");
    expect((await result(dynamo, "ListTables", {})).TableNames).toEqual(["user", "users-2", "users.2"]);
    for (const name of ["users-2", "users.2", "user"]) expect(await scan(name)).toEqual([name]);
  });

  test("that is protected is not deleted", async () => {
    await result(dynamo, "CreateTable", { ...creation, DeletionProtectionEnabled: true });
    expect(await result(dynamo, "DescribeTable", { TableName })).toMatchObject({
      Table: { DeletionProtectionEnabled: true, TableStatus: "ACTIVE" },
    });
    await expect(dynamo.deleteTable(TableName)).rejects.toThrow("protected against deletion");
    await result(dynamo, "UpdateTable", { TableName, DeletionProtectionEnabled: false });
    await dynamo.deleteTable(TableName);
  });

  test("that is there cannot be created by a call, and one that is not cannot be deleted", async () => {
    await define();
    expect(await failure(dynamo, "CreateTable", creation)).toEqual({
      name: "ResourceInUseException",
      message: "Table already exists: users",
    });
    await expect(dynamo.deleteTable("nothing")).rejects.toThrow();
  });
});

describe("expiry", () => {
  const describeExpiry = async () =>
    (await result(dynamo, "DescribeTimeToLive", { TableName })).TimeToLiveDescription;
  const setExpiry = (Enabled: boolean, AttributeName: string) => ({
    TableName,
    TimeToLiveSpecification: { Enabled, AttributeName },
  });

  test("is kept, and changed by the definition", async () => {
    await define({ expires: "over" });
    expect(await describeExpiry()).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "over" });
    await define({ expires: "end" });
    expect(await describeExpiry()).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "end" });
    await define();
    expect(await describeExpiry()).toEqual({ TimeToLiveStatus: "DISABLED" });
  });

  test("is switched by calls as AWS has it", async () => {
    await define();
    const refused = (enabled: boolean, name: string) =>
      failure(dynamo, "UpdateTimeToLive", setExpiry(enabled, name));
    expect(await refused(false, "over")).toMatchObject({ message: "TimeToLive is already disabled" });
    expect(await refused(true, "")).toMatchObject({ name: "ValidationException" });
    expect(await result(dynamo, "UpdateTimeToLive", setExpiry(true, "over"))).toEqual({
      TimeToLiveSpecification: { Enabled: true, AttributeName: "over" },
    });
    expect(await refused(true, "over")).toMatchObject({ message: "TimeToLive is already enabled" });
    expect(await refused(true, "end")).toMatchObject({
      message: "TimeToLive is active on a different AttributeName: current AttributeName is over",
    });
    await result(dynamo, "UpdateTimeToLive", setExpiry(false, "over"));
    expect(await describeExpiry()).toEqual({ TimeToLiveStatus: "DISABLED" });
    expect(
      await failure(dynamo, "UpdateTimeToLive", { ...setExpiry(true, "x"), TableName: "nothing" }),
    ).toMatchObject({ name: "ResourceNotFoundException" });
  });

  test("deletes what is over at the next sweep, from indexes too, and nothing else", async () => {
    await define({ indexes: byMail, expires: "over" });
    const at = (seconds: number) => ({ over: { N: String(time / 1000 + seconds) }, mail: { S: "m" } });
    await put("over", at(-1));
    await put("now", at(0));
    await put("later", at(60));
    await put("ancient", at(-6 * 365 * 24 * 60 * 60)); // AWS never deletes it
    await put("text", { over: { S: "1" } });
    await put("none");
    expect(await dynamo.sweep()).toBe(1);
    expect((await scan()).sort()).toEqual(["ancient", "later", "none", "now", "text"]);
    expect(await find("m")).toBe(3);
  });

  test("follows a clock that jumps, and deletes nothing twice", async () => {
    await define({ expires: "over" });
    await put("a", { over: { N: String(time / 1000 + 3600) } });
    time -= 24 * 60 * 60 * 1000;
    expect(await dynamo.sweep()).toBe(0);
    time += 2 * 24 * 60 * 60 * 1000;
    expect(await Promise.all([dynamo.sweep(), dynamo.sweep()])).toContain(1);
    expect(await dynamo.sweep()).toBe(0);
    expect(await scan()).toEqual([]);
  });

  test("spares an item that was renewed while the sweep ran", async () => {
    await define({ expires: "over" });
    const ids = Array.from({ length: 50 }, (_, n) => `s${n}`);
    const over = (seconds: number) => ({ over: { N: String(time / 1000 + seconds) } });
    for (const id of ids) await put(id, over(-1));
    const renewing = Promise.all(ids.map((id) => put(id, over(60))));
    await Promise.all([dynamo.sweep(), renewing]);
    expect((await scan()).length).toBe(50);
  });
});

describe("much of it", () => {
  test("a thousand tables, one after the other, leave nothing behind", async () => {
    for (let n = 0; n < 1000; n += 1) {
      await dynamo.createTable({ ...byId(`table-${n}`), indexes: byMail });
      await result(dynamo, "PutItem", {
        TableName: `table-${n}`,
        Item: { id: { S: "a" }, mail: { S: "m" } },
      });
      await dynamo.deleteTable(`table-${n}`);
    }
    expect(await result(dynamo, "ListTables", {})).toEqual({ TableNames: [] });
  });

  test("ten thousand items are read in pages, each once and in order", async () => {
    await define({ sort: { name: "at", type: "N" } });
    for (let first = 0; first < 10_000; first += 25)
      await result(dynamo, "BatchWriteItem", {
        RequestItems: {
          [TableName]: Array.from({ length: 25 }, (_, n) => ({
            PutRequest: {
              Item: { id: { S: "all" }, at: { N: String(first + n) }, text: { S: "x".repeat(300) } },
            },
          })),
        },
      });
    const seen: number[] = [];
    const pages = new Set<number>();
    let ExclusiveStartKey: unknown;
    do {
      const page = await result(dynamo, "Query", {
        TableName,
        KeyConditionExpression: "id = :id",
        ExpressionAttributeValues: { ":id": { S: "all" } },
        ...(ExclusiveStartKey !== undefined && { ExclusiveStartKey }),
      });
      const items = page.Items as { at: { N: string } }[];
      pages.add(JSON.stringify(items).length);
      seen.push(...items.map(({ at }) => Number(at.N)));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    expect(seen).toEqual(Array.from({ length: 10_000 }, (_, n) => n));
    expect(pages.size).toBeGreaterThan(1); // 3 MB
  });

  test.each([
    ["x", 1],
    ["é", 2],
    ["😀", 4],
  ])("an item of %s has 409,600 bytes, and not one more", async (letter, bytes) => {
    await define();
    const item = (length: number) => ({
      x: { S: letter.repeat((length - 4) / bytes) + "x".repeat((length - 4) % bytes) },
    });
    await put("a", item(409_600));
    expect(
      await failure(dynamo, "PutItem", { TableName, Item: { id: { S: "a" }, ...item(409_601) } }),
    ).toEqual({ name: "ValidationException", message: "Item size has exceeded the maximum allowed size" });
    const update = {
      TableName,
      Key: { id: { S: "b" } },
      UpdateExpression: "SET x = :x",
      ExpressionAttributeValues: { ":x": item(409_601).x },
    };
    expect(await failure(dynamo, "UpdateItem", update)).toMatchObject({
      message: "Item size to update has exceeded the maximum allowed size",
    });
  });

  test.each([
    ["id", 2048, "hashkey"],
    ["at", 1024, "range keys"],
  ])("the key %s has %i bytes, and not one more", async (name, limit, message) => {
    await define({ sort: { name: "at", type: "S" } });
    const Key = (text: string) => ({ id: { S: "a" }, at: { S: "a" }, [name]: { S: text } });
    await result(dynamo, "PutItem", { TableName, Item: Key("é".repeat(limit / 2)) });
    for (const [operation, member] of [
      ["PutItem", "Item"],
      ["GetItem", "Key"],
      ["DeleteItem", "Key"],
    ] as const)
      expect(
        await failure(dynamo, operation, { TableName, [member]: Key(`${"é".repeat(limit / 2)}x`) }),
      ).toMatchObject({ message: expect.stringContaining(message) });
  });
});
