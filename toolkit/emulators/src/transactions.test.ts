import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Dynamo, startDynamo } from "./dynamodb.ts";
import { call, failure, result } from "./testing.ts";

let dynamo: Dynamo;
let time = 1_800_000_000_000;
beforeAll(async () => {
  dynamo = await startDynamo({ now: () => time });
});
afterAll(() => dynamo.stop());

const TableName = "items";
beforeEach(async () => {
  await dynamo.createTable({
    name: TableName,
    partition: { name: "id", type: "S" },
    indexes: { byMail: { partition: { name: "mail", type: "S" } } },
  });
  await result(dynamo, "PutItem", { TableName, Item: kept });
  return () => dynamo.deleteTable(TableName);
});

const key = (id: string) => ({ id: { S: id } });
const kept = { ...key("kept"), n: { N: "1" }, drawn: { L: [] } };
const put = (id: string, item: object = {}, rest: object = {}) => ({
  Put: { TableName, Item: { ...key(id), ...item }, ...rest },
});
const remove = (id: string, rest: object = {}) => ({ Delete: { TableName, Key: key(id), ...rest } });
const check = (id: string, ConditionExpression: string, rest: object = {}) => ({
  ConditionCheck: { TableName, Key: key(id), ConditionExpression, ...rest },
});
const update = (id: string, UpdateExpression: string, value?: object, rest: object = {}) => ({
  Update: {
    TableName,
    Key: key(id),
    UpdateExpression,
    ...(value && { ExpressionAttributeValues: { ":v": value } }),
    ...rest,
  },
});

const write = (...TransactItems: object[]) => result(dynamo, "TransactWriteItems", { TransactItems });
const refusal = (...TransactItems: object[]) => failure(dynamo, "TransactWriteItems", { TransactItems });
const get = async (id: string) =>
  (await result(dynamo, "GetItem", { TableName, Key: key(id), ConsistentRead: true })).Item;
type Reason = { Code: string; Message?: string; Item?: object };
const cancelled = (...reasons: Reason[]) => ({
  name: "TransactionCanceledException",
  message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(", ")}]`,
  CancellationReasons: reasons,
});
const invalid = (message: string) => ({ name: "ValidationException", message });
const None = { Code: "None" };
const failed = { Code: "ConditionalCheckFailed", Message: "The conditional request failed" };
const wrong = (Message: string) => ({ Code: "ValidationError", Message });

describe("a transaction", () => {
  test("makes all of its writes, and the indexes with them", async () => {
    await result(dynamo, "PutItem", { TableName, Item: key("gone") });
    await write(
      put("new", { mail: { S: "m" } }),
      update("kept", "ADD n :v", { N: "2" }),
      remove("gone"),
      check("never", "attribute_not_exists(id)"),
    );
    expect(await get("kept")).toEqual({ ...kept, n: { N: "3" } });
    expect([await get("gone"), await get("never")]).toEqual([undefined, undefined]);
    const found = await result(dynamo, "Query", {
      TableName,
      IndexName: "byMail",
      KeyConditionExpression: "mail = :m",
      ExpressionAttributeValues: { ":m": { S: "m" } },
    });
    expect(found.Items).toEqual([{ ...key("new"), mail: { S: "m" } }]);
  });

  test("makes none of them where one fails, and names each one's reason in order", async () => {
    const absent = { ConditionExpression: "attribute_not_exists(id)" };
    const old = { ReturnValuesOnConditionCheckFailure: "ALL_OLD" };
    expect(await refusal(put("new"), put("kept", {}, absent))).toEqual(cancelled(None, failed));
    expect(
      await refusal(
        remove("other", { ConditionExpression: "attribute_exists(id)", ...old }),
        put("new"),
        remove("kept", { ...absent, ...old }),
      ),
    ).toEqual(cancelled(failed, None, { ...failed, Item: kept }));
    expect(await refusal(check("kept", "n > drawn", old), put("new"))).toEqual(
      cancelled({ ...failed, Item: kept }, None),
    );
    expect(
      await refusal(update("kept", "SET n = :v", { N: "5" }, { ...absent, ...old }), put("new")),
    ).toEqual(cancelled({ ...failed, Item: kept }, None));
    expect([await get("new"), await get("kept")]).toEqual([undefined, kept]);
  });

  test.each([
    ["SET n = drawn + :v", { N: "1" }, "An operand in the update expression has an incorrect data type"],
    [
      "SET n = nothing",
      undefined,
      "The provided expression refers to an attribute that does not exist in the item",
    ],
    [
      "SET nothing.x = :v",
      { N: "1" },
      "The document path provided in the update expression is invalid for update",
    ],
    [
      "SET mail = :v",
      { N: "1" },
      "One or more parameter values were invalid: Type mismatch for Index Key mail Expected: S Actual: N IndexName: byMail",
    ],
    [
      "SET id = :v",
      { S: "x" },
      "One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key",
    ],
    ["SET x = :v", { S: "x".repeat(409_600) }, "Item size to update has exceeded the maximum allowed size"],
  ])("is cancelled where the item cannot take %s", async (expression, value, message) => {
    expect(await refusal(put("new"), update("kept", expression, value))).toEqual(
      cancelled(None, wrong(message)),
    );
    expect([await get("new"), await get("kept")]).toEqual([undefined, kept]);
  });

  test.each([
    ["Put", { Item: { id: { N: "1" } } }, "Type mismatch for key id expected: S actual: N"],
    ["Put", { Item: {} }, "Missing the key id in the item"],
    ["Put", { Item: { ...key("x"), mail: { N: "1" } } }, "Type mismatch for Index Key mail"],
    ["Delete", { Key: { id: { N: "1" } } }, "The provided key element does not match the schema"],
    ["Delete", { Key: {} }, "The provided key element does not match the schema"],
    [
      "ConditionCheck",
      { Key: { id: { L: [] } }, ConditionExpression: "attribute_exists(id)" },
      "The provided key element does not match the schema",
    ],
    [
      "Update",
      { Key: { id: { N: "1" } }, UpdateExpression: "REMOVE n" },
      "The provided key element does not match the schema",
    ],
  ])("is cancelled for a key that does not fit: %s %j", async (action, part, message) => {
    expect(await refusal(put("new"), { [action]: { TableName, ...part } })).toMatchObject(
      cancelled(None, wrong(expect.stringContaining(message) as unknown as string)),
    );
    expect(await get("new")).toBeUndefined();
  });
});

describe("a transaction is refused as a whole", () => {
  const emptyKey =
    "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id";
  const missing = (path: string) =>
    `1 validation error detected: Value null at 'transactItems.1.member.${path}' failed to satisfy constraint: Member must not be null`;

  test.each([
    [
      "no action",
      [],
      "1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      "an action of no kind",
      [{}],
      "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request",
    ],
    [
      "an action of two kinds",
      [{ ...put("a"), ...remove("b") }],
      "TransactItems can only contain one of Check, Put, Update or Delete",
    ],
    [
      "one item twice",
      [put("a"), remove("a")],
      "Transaction request cannot include multiple operations on one item",
    ],
    [
      "a check of what is written",
      [check("a", "attribute_exists(id)"), put("a")],
      "Transaction request cannot include multiple operations on one item",
    ],
    ["an empty key", [put("")], emptyKey],
    ["an empty key beside one item twice", [put("a"), put("a"), put("")], emptyKey],
    ["an empty key to delete", [put("a"), remove("")], emptyKey],
    ["an empty key to check", [check("", "attribute_exists(id)")], emptyKey],
    ["an empty key to update", [update("", "REMOVE n")], emptyKey],
    [
      "an empty key of an index",
      [put("a", { mail: { S: "" } })],
      "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: byMail, IndexKey: mail",
    ],
    [
      "an update to an empty key of an index",
      [put("a"), update("kept", "SET mail = :v", { S: "" })],
      "One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value.",
    ],
    [
      "a large item",
      [put("a", { x: { S: "x".repeat(409_600) } })],
      "Item size has exceeded the maximum allowed size",
    ],
    ["no item", [{ Put: { TableName } }], missing("put.item")],
    ["no key", [{ Delete: { TableName } }], missing("delete.key")],
    ["no update", [{ Update: { TableName, Key: key("a") } }], missing("update.updateExpression")],
    [
      "no condition",
      [{ ConditionCheck: { TableName, Key: key("a") } }],
      missing("conditionCheck.conditionExpression"),
    ],
    [
      "a wrong table's name",
      [put("a"), { Delete: { TableName: "bad!name", Key: key("b") } }],
      "1 validation error detected: Value 'bad!name' at 'transactItems.2.member.delete.tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    ],
    [
      "an unused value before a table that is not there",
      [
        { Put: { TableName: "nothing", Item: key("a") } },
        check("b", "attribute_exists(id)", { ExpressionAttributeValues: { ":v": { S: "x" } } }),
      ],
      "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}",
    ],
    [
      "an empty condition",
      [put("a", {}, { ConditionExpression: "" })],
      "Invalid ConditionExpression: The expression can not be empty;",
    ],
  ])("with %s", async (_, items, message) => {
    expect(await refusal(...items)).toEqual(invalid(message));
    expect(await get("kept")).toEqual(kept);
    expect(await get("a")).toBeUndefined();
  });

  test("with more than a hundred actions, and not with a hundred", async () => {
    const puts = Array.from({ length: 101 }, (_, n) => put(`n${n}`));
    expect(await refusal(...puts)).toEqual(
      invalid(
        expect.stringMatching(
          /at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100$/,
        ) as unknown as string,
      ),
    );
    await write(...puts.slice(1));
    expect(await get("n100")).toBeDefined();
  });

  test("with more than 4 MB, and not with 4 MB", async () => {
    const puts = (last: number) =>
      Array.from({ length: 11 }, (_, n) =>
        put(`mb${n}`.padEnd(10), { x: { S: "x".repeat(n < 10 ? 409_587 : last) } }),
      );
    const rest = 4 * 1024 * 1024 - 10 * 409_600 - 13;
    expect(await refusal(...puts(rest + 1))).toEqual(
      invalid(expect.stringContaining("exceeding the 4MB limit") as unknown as string),
    );
    await write(...puts(rest));
  });

  test("on a table that is not there", async () => {
    expect(await refusal(put("new"), { Put: { TableName: "nothing", Item: key("a") } })).toEqual({
      name: "ResourceNotFoundException",
      message: "Requested resource not found",
    });
    expect(await get("new")).toBeUndefined();
  });
});

describe("a client request token", () => {
  const send = (ClientRequestToken: string, ...TransactItems: object[]) =>
    call(dynamo, "TransactWriteItems", { ClientRequestToken, TransactItems });
  const add = () => update("kept", "ADD n :v", { N: "1" });

  test("makes the same transaction once, for ten minutes", async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => send("once", add())));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    time += 10 * 60 * 1000 - 1;
    await send("once", add());
    expect(await get("kept")).toMatchObject({ n: { N: "2" } });
    time += 1;
    await send("once", add());
    expect(await get("kept")).toMatchObject({ n: { N: "3" } });
  });

  test("refuses another transaction", async () => {
    await send("mine", add());
    expect((await send("mine", update("kept", "ADD n :v", { N: "2" }))).body.__type).toContain(
      "#IdempotentParameterMismatchException",
    );
    expect((await send("mine", add())).status).toBe(200);
    expect(await get("kept")).toMatchObject({ n: { N: "2" } });
  });

  test("is not used up by a transaction that was cancelled", async () => {
    expect((await send("again", check("new", "attribute_exists(id)"), add())).status).toBe(400);
    await result(dynamo, "PutItem", { TableName, Item: key("new") });
    expect((await send("again", check("new", "attribute_exists(id)"), add())).status).toBe(200);
    expect(await get("kept")).toMatchObject({ n: { N: "2" } });
  });

  test("has 36 characters at most", async () => {
    expect((await send("x".repeat(37), add())).body.message).toContain("less than or equal to 36");
    expect((await send("", add())).body.message).toContain("greater than or equal to 1");
  });
});

describe("reading in a transaction", () => {
  const read = (...TransactItems: object[]) => result(dynamo, "TransactGetItems", { TransactItems });
  const wrongRead = (...TransactItems: object[]) => failure(dynamo, "TransactGetItems", { TransactItems });
  const item = (id: string, rest: object = {}) => ({ Get: { TableName, Key: key(id), ...rest } });

  test("gives items in order, and nothing for those that are not there", async () => {
    expect(await read(item("none"), item("kept"))).toEqual({ Responses: [{}, { Item: kept }] });
    expect(await read(item("kept", { ProjectionExpression: "n" }))).toEqual({
      Responses: [{ Item: { n: { N: "1" } } }],
    });
  });

  test("is cancelled for a key that does not fit, and refused for the same item twice", async () => {
    expect(await wrongRead(item("kept"), { Get: { TableName, Key: {} } })).toEqual(
      cancelled(None, wrong("The provided key element does not match the schema")),
    );
    expect(await wrongRead(item("kept"), item("kept"))).toEqual(
      invalid("Transaction request cannot include multiple operations on one item"),
    );
    expect(await wrongRead(item(""))).toMatchObject({ name: "ValidationException" });
    expect(await wrongRead()).toMatchObject({ name: "ValidationException" });
  });

  test("never sees half of another transaction", async () => {
    const both = (n: number) => [put("left", { n: { N: String(n) } }), put("right", { n: { N: String(n) } })];
    await write(...both(0));
    const writing = Promise.all(Array.from({ length: 50 }, (_, n) => write(...both(n))));
    const reading = Array.from({ length: 50 }, async () => {
      const { Responses } = await read(item("right"), item("left"));
      const [right, left] = Responses as { Item: { n: unknown } }[];
      expect(right?.Item.n).toEqual(left?.Item.n);
    });
    await Promise.all([writing, ...reading]);
  });
});

describe("many at once", () => {
  test("lose no money: transfers in every direction, some without cover", async () => {
    const ids = ["a", "b", "c", "d"];
    for (const id of ids)
      await result(dynamo, "PutItem", { TableName, Item: { ...key(id), n: { N: "10" } } });
    const transfer = (from: string, to: string) => [
      update(from, "SET n = n - :v", { N: "3" }, { ConditionExpression: "n >= :v" }),
      update(to, "SET n = n + :v", { N: "3" }),
    ];
    const pairs = ids.flatMap((from) => ids.filter((to) => to !== from).map((to) => [from, to] as const));
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => pairs)
        .flat()
        .map(([from, to]) => call(dynamo, "TransactWriteItems", { TransactItems: transfer(from, to) })),
    );
    expect(new Set(answers.map(({ status }) => status))).toContain(200);
    const balances = await Promise.all(ids.map(async (id) => Number(((await get(id)) as typeof kept).n.N)));
    expect(balances.reduce((sum, each) => sum + each)).toBe(40);
    expect(Math.min(...balances)).toBeGreaterThanOrEqual(0);
  });

  test("writers of one counter, single and in transactions, are all counted", async () => {
    const add = { UpdateExpression: "ADD n :v", ExpressionAttributeValues: { ":v": { N: "1" } } };
    const single = () => result(dynamo, "UpdateItem", { TableName, Key: key("kept"), ...add });
    await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        n % 2 === 0 ? single() : write(update("kept", "ADD n :v", { N: "1" }), put(`p${n}`)),
      ),
    );
    expect(await get("kept")).toMatchObject({ n: { N: "101" } });
  });
});
