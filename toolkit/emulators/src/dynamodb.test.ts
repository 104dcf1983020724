import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Dynamo, startDynamo } from "./dynamodb.ts";
import { byId, call, failure, result } from "./testing.ts";

let dynamo: Dynamo;
beforeAll(async () => {
  dynamo = await startDynamo();
  await dynamo.createTable({
    ...byId("users"),
    indexes: { byMail: { partition: { name: "mail", type: "S" } } },
  });
});
afterAll(() => dynamo.stop());

const TableName = "users";
const id = (text: string) => ({ id: { S: text } });

describe("a write", () => {
  test("is read back as it was, empty texts, binary and sets included", async () => {
    const Item = {
      ...id("all"),
      empty: { S: "" },
      bytes: { B: "AQI=" },
      none: { B: "" },
      set: { SS: ["a", ""] },
      number: { N: "12345678901234567890123456789012345678" },
      list: { L: [{ M: { "": { NULL: true } } }, { BOOL: false }] },
    };
    await result(dynamo, "PutItem", { TableName, Item });
    expect(await result(dynamo, "GetItem", { TableName, Key: id("all") })).toEqual({ Item });
  });

  test("whose condition fails shows the item, if it asks for it", async () => {
    const Item = { ...id("old"), n: { N: "1" } };
    await result(dynamo, "PutItem", { TableName, Item });
    const condition = { ConditionExpression: "attribute_not_exists(id)" };
    const asked = { ...condition, ReturnValuesOnConditionCheckFailure: "ALL_OLD" };
    const writes = [
      ["PutItem", { TableName, Item: id("old") }],
      ["DeleteItem", { TableName, Key: id("old") }],
      ["UpdateItem", { TableName, Key: id("old"), UpdateExpression: "REMOVE n" }],
    ] as const;
    for (const [operation, write] of writes) {
      const error = { name: "ConditionalCheckFailedException", message: "The conditional request failed" };
      expect(await failure(dynamo, operation, { ...write, ...condition })).toEqual(error);
      expect(await failure(dynamo, operation, { ...write, ...asked })).toEqual({ ...error, Item });
    }
    const absent = { TableName, Item: id("absent"), ConditionExpression: "attribute_exists(id)" };
    expect(
      await failure(dynamo, "PutItem", { ...absent, ReturnValuesOnConditionCheckFailure: "ALL_OLD" }),
    ).not.toHaveProperty("Item");
  });

  test.each([
    ["PutItem", { Item: { ...id("e"), mail: { S: "" } } }],
    [
      "BatchWriteItem",
      { RequestItems: { users: [{ PutRequest: { Item: { ...id("e"), mail: { S: "" } } } }] } },
    ],
    [
      "UpdateItem",
      {
        Key: id("e"),
        UpdateExpression: "SET mail = if_not_exists(mail, :e)",
        ExpressionAttributeValues: { ":e": { S: "" } },
      },
    ],
  ])("by %s gives no index an empty key", async (operation, write) => {
    const table = operation === "BatchWriteItem" ? {} : { TableName };
    expect(await failure(dynamo, operation, { ...table, ...write })).toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining("secondary index key"),
    });
    expect(await result(dynamo, "GetItem", { TableName, Key: id("e") })).toEqual({});
  });

  test("of a batch keeps the index true to the items", async () => {
    const put = (n: number, mail: string) => ({
      PutRequest: { Item: { ...id(`b${n}`), mail: { S: mail } } },
    });
    for (const mail of ["batch-old", "batch-new"])
      await result(dynamo, "BatchWriteItem", {
        RequestItems: { users: Array.from({ length: 25 }, (_, n) => put(n, mail)) },
      });
    const count = async (mail: string) =>
      (
        await result(dynamo, "Query", {
          TableName,
          IndexName: "byMail",
          KeyConditionExpression: "mail = :mail",
          ExpressionAttributeValues: { ":mail": { S: mail } },
        })
      ).Count;
    expect([await count("batch-old"), await count("batch-new")]).toEqual([0, 25]);
  });
});

describe("an update", () => {
  test.each([
    ["SET twin = n ADD n :v", { N: "1" }, { twin: { N: "1" }, n: { N: "2" } }],
    ["SET twin = s ADD s :v", { SS: ["b"] }, { twin: { SS: ["a"] }, s: { SS: ["a", "b"] } }],
    ["SET twin = l, l[0] = :v", { N: "9" }, { twin: { L: [{ N: "1" }] }, l: { L: [{ N: "9" }] } }],
    [
      "SET twin = if_not_exists(l, :v), l[0] = :v",
      { N: "9" },
      { twin: { L: [{ N: "1" }] }, l: { L: [{ N: "9" }] } },
    ],
  ])("%s reads what was there before", async (UpdateExpression, value, expected) => {
    const Item = { ...id("copy"), n: { N: "1" }, s: { SS: ["a"] }, l: { L: [{ N: "1" }] } };
    await result(dynamo, "PutItem", { TableName, Item });
    const update = { TableName, Key: id("copy"), UpdateExpression, ReturnValues: "ALL_NEW" };
    const { Attributes } = await result(dynamo, "UpdateItem", {
      ...update,
      ExpressionAttributeValues: { ":v": value },
    });
    expect(Attributes).toEqual({ ...Item, ...expected });
  });

  test.each([
    ["9e125", "9e125", "Number overflow"],
    ["1", "1e-38", "more than 38 significant digits"],
    ["1", "1e-130", "more than 38 significant digits"],
  ])("that adds %s and %s is refused", async (a, b, message) => {
    await result(dynamo, "PutItem", { TableName, Item: { ...id("sum"), n: { N: a } } });
    const ExpressionAttributeValues = { ":b": { N: b } };
    for (const UpdateExpression of ["SET n = n + :b", "ADD n :b"])
      expect(
        await failure(dynamo, "UpdateItem", {
          TableName,
          Key: id("sum"),
          UpdateExpression,
          ExpressionAttributeValues,
        }),
      ).toMatchObject({ name: "ValidationException", message: expect.stringContaining(message) });
  });
});

describe("what is not here", () => {
  test.each([
    "ExecuteStatement",
    "ExecuteTransaction",
    "DescribeStream",
    "CreateBackup",
    "UpdateContinuousBackups",
    "ImportTable",
    "constructor",
  ])("%s is refused by name", async (operation) => {
    expect(await failure(dynamo, operation, {})).toEqual({
      name: "UnknownOperationException",
      message: `The DynamoDB on this machine has no ${operation}.`,
    });
  });

  test("in an operation's members is refused, and not left out", async () => {
    const create = {
      TableName: "streamed",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    };
    const StreamSpecification = { StreamEnabled: true, StreamViewType: "NEW_IMAGE" };
    expect(await failure(dynamo, "CreateTable", { ...create, StreamSpecification })).toEqual({
      name: "ValidationException",
      message: "The CreateTable on this machine has no StreamSpecification.",
    });
    expect(
      await failure(dynamo, "UpdateTable", { TableName, GlobalSecondaryIndexUpdates: [{ Delete: {} }] }),
    ).toMatchObject({ message: "The UpdateTable on this machine has no GlobalSecondaryIndexUpdates." });
    await result(dynamo, "CreateTable", {
      ...create,
      StreamSpecification: { StreamEnabled: false },
      SSESpecification: { Enabled: true },
    });
    await dynamo.deleteTable("streamed");
  });
});

describe("a request", () => {
  const list = (headers: Record<string, string>) => call(dynamo, "ListTables", {}, headers);

  test.each([{ origin: "https://example.com" }, { origin: "null" }, { "sec-fetch-site": "same-origin" }])(
    "with %o comes from a browser, and is refused",
    async (headers) => {
      expect(await list(headers)).toMatchObject({ status: 403 });
    },
  );

  // fetch sets the Host itself.
  const withHost = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const sent = request(dynamo.url, { headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on("error", reject).end();
    });
  test.each(["example.com", "127.0.0.1.example.com", "localhost.example.com:80", "[::2]", "10.0.0.1"])(
    "to the host %j is refused",
    async (host) => {
      expect(await withHost(host)).toBe(403);
    },
  );
  test.each(["127.0.0.1", "localhost:80", "LOCALHOST", "[::1]:80"])(
    "to the host %s is read",
    async (host) => {
      expect(await withHost(host)).toBe(400); // a GET
    },
  );

  test("without a signature is refused", async () => {
    expect((await list({ authorization: "" })).body.__type).toContain("MissingAuthenticationTokenException");
  });

  test("that is no JSON, of the wrong types or too large gets an error, and the server goes on", async () => {
    const send = async (body: string) => {
      const headers = { "x-amz-target": "DynamoDB_20120810.PutItem", authorization: "AWS4-HMAC-SHA256" };
      const response = await fetch(dynamo.url, { method: "POST", headers, body });
      return [response.status, ((await response.json()) as { __type: string }).__type.replace(/^.*#/, "")];
    };
    expect(await send("{")).toEqual([400, "SerializationException"]);
    expect(await send("")).toEqual([400, "SerializationException"]);
    for (const body of ["[]", "1", '"a"', "null", '{"TableName":1}', '{"TableName":"users","Item":[]}'])
      expect((await send(body))[0]).toBe(400);
    expect(await send("x".repeat(16 * 1024 * 1024 + 1))).toEqual([413, "RequestEntityTooLargeException"]);
    expect(await list({})).toMatchObject({ status: 200 });
  });
});

test("a host of the network is refused", async () => {
  await expect(startDynamo({ host: "0.0.0.0" })).rejects.toThrow("not on 0.0.0.0");
});

test("a port that is taken is an error", async () => {
  const port = Number(new URL(dynamo.url).port);
  await expect(startDynamo({ port })).rejects.toThrow("EADDRINUSE");
});
