import * as lib from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask, type Engine, startDynoxide, startOurs } from "./engines.ts";
import { askBoth, documented } from "./same.ts";

// As differential.test.ts, with calls that fast-check makes up.
const isHere = process.platform === "linux" && process.arch === "x64";

let engines: readonly [Engine, Engine];
beforeAll(async () => {
  if (isHere) engines = await Promise.all([startOurs(), startDynoxide()]);
});
afterAll(() => Promise.all(engines?.map((engine) => engine.stop()) ?? []));

let tables = 0;
/** A fresh table on both engines. */
async function createTable(): Promise<string> {
  const TableName = `generated-${tables++}`;
  const key = (name: string, KeyType: string) => ({ AttributeName: name, KeyType });
  const creation = {
    TableName,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: ["id", "mail"]
      .map((AttributeName) => ({ AttributeName, AttributeType: "S" }))
      .concat({ AttributeName: "nth", AttributeType: "N" }),
    KeySchema: [key("id", "HASH"), key("nth", "RANGE")],
    GlobalSecondaryIndexes: [
      {
        IndexName: "byMail",
        KeySchema: [key("mail", "HASH"), key("nth", "RANGE")],
        Projection: { ProjectionType: "ALL" },
      },
    ],
  };
  await Promise.all(engines.map((engine) => ask(engine, "CreateTable", creation)));
  return TableName;
}

async function expectSame(operation: string, input: object): Promise<unknown> {
  const [ours, theirs] = await askBoth(engines, operation, input);
  expect(documented(ours), `${operation} ${JSON.stringify(input)}`).toEqual(documented(theirs));
  return ours;
}

const letters = fc.string({ unit: fc.constantFrom("a", "b", "é", "0", " ", "."), maxLength: 5 });
const numeral = fc.oneof(
  fc.integer({ min: -20, max: 20 }).map(String),
  fc.constantFrom(
    "0.5",
    "-1.25",
    "1e20",
    "-1e-20",
    "12345678901234567890",
    "98765432109876543210987654321098765432",
  ),
);
const small = fc.integer({ min: -9, max: 9 }).map(String);
const sets = (type: string, member: fc.Arbitrary<string>) =>
  fc.uniqueArray(member, { minLength: 1, maxLength: 3 }).map((members) => ({ [type]: members }));
const scalar = fc.oneof(
  letters.map((S) => ({ S })),
  numeral.map((N) => ({ N })),
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.constant({ NULL: true }),
  fc.uint8Array({ maxLength: 4 }).map((B) => ({ B })),
);
const { value } = fc.letrec<{ value: object }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    scalar,
    sets("SS", letters),
    sets("NS", small),
    fc.array(tie("value"), { maxLength: 3 }).map((L) => ({ L })),
    fc.dictionary(fc.constantFrom("x", "y", "z"), tie("value"), { maxKeys: 3 }).map((M) => ({ M })),
  ),
}));
const key = fc.record({
  id: fc.constantFrom("p", "q").map((S) => ({ S })),
  nth: fc.integer({ min: 1, max: 3 }).map((nth) => ({ N: String(nth) })),
});
const mail = fc.constantFrom("m", "o").map((S) => ({ S }));
const fields = fc.record(
  {
    f: value,
    g: value,
    n: numeral.map((N) => ({ N })),
    s: sets("SS", letters),
    l: fc.array(scalar, { maxLength: 3 }).map((L) => ({ L })),
    mail,
  },
  { requiredKeys: [] },
);

type Expression = readonly [expression: string, values?: object];
const updateExpression: fc.Arbitrary<Expression> = fc.oneof(
  value.map((v): Expression => ["SET f = :v", { ":v": v }]),
  value.map((v): Expression => ["SET f = if_not_exists(g, :v), g = :v", { ":v": v }]),
  fc
    .constantFrom("SET f = g", "SET f = g, g = f", "REMOVE f, g", "REMOVE l, f", "SET f.x = g, g = n")
    .map((e): Expression => [e]),
  numeral.chain((N) =>
    fc
      .constantFrom(
        "SET n = n + :v",
        "SET n = :v - n",
        "SET n = if_not_exists(n, :v) + :v",
        "ADD n :v",
        "SET f = n ADD n :v",
        "ADD f :v",
      )
      .map((e): Expression => [e, { ":v": { N } }]),
  ),
  sets("SS", letters).chain((v) =>
    fc
      .constantFrom("ADD s :v", "DELETE s :v", "SET f = s ADD s :v", "DELETE f :v")
      .map((e): Expression => [e, { ":v": v }]),
  ),
  fc
    .array(scalar, { maxLength: 2 })
    .chain((L) =>
      fc
        .constantFrom(
          "SET l = list_append(l, :v)",
          "SET l = list_append(:v, if_not_exists(l, :v))",
          "SET g = list_append(f, :v)",
          "SET l[0] = :v, f = l",
        )
        .map((e): Expression => [e, { ":v": { L } }]),
    ),
);
const condition: fc.Arbitrary<Expression> = fc.oneof(
  fc
    .constantFrom(
      "attribute_exists(id)",
      "attribute_not_exists(id)",
      "attribute_exists(f.x)",
      "attribute_not_exists(l[1])",
      "f = g",
      "n > f",
    )
    .map((e): Expression => [e]),
  scalar.chain((v) =>
    fc
      .constantFrom(
        "f = :c",
        "f <> :c",
        "f < :c",
        "f >= :c",
        "n BETWEEN :c AND :c",
        "f IN (:c, n)",
        "contains(f, :c)",
        "contains(s, :c)",
        "NOT f = :c",
        "size(l) > :c",
        "f = :c OR (g = :c AND n <> :c)",
      )
      .map((e): Expression => [e, { ":c": v }]),
  ),
);
const guard = fc.option(condition, { nil: undefined });

type Request = (table: string) => readonly [operation: string, input: object];
const withCondition = (given: Expression | undefined, values: object = {}) => {
  const all = { ...values, ...given?.[1] };
  return {
    ...(given && { ConditionExpression: given[0], ReturnValuesOnConditionCheckFailure: "ALL_OLD" }),
    ...(Object.keys(all).length > 0 && { ExpressionAttributeValues: all }),
  };
};
const put = fc.record({ key, fields, given: guard }).map(({ key, fields, given }) => ({
  kind: "Put",
  input: { Item: { ...key, ...fields }, ...withCondition(given) },
}));
const change = fc
  .record({ Key: key, update: updateExpression, given: guard })
  .map(({ Key, update, given }) => ({
    kind: "Update",
    input: { Key, UpdateExpression: update[0], ...withCondition(given, update[1]) },
  }));
const remove = fc.record({ Key: key, given: guard }).map(({ Key, given }) => ({
  kind: "Delete",
  input: { Key, ...withCondition(given) },
}));
const check = fc.record({ Key: key, given: condition }).map(({ Key, given }) => ({
  kind: "ConditionCheck",
  input: { Key, ...withCondition(given) },
}));

// Not an update's old item: of one that was not there dynoxide returns the key, and AWS nothing.
const single: fc.Arbitrary<Request> = fc
  .oneof(put, change, change, remove)
  .map(({ kind, input }) => (TableName) => [
    `${kind}Item`,
    { TableName, ...input, ReturnValues: kind === "Update" ? "ALL_NEW" : "ALL_OLD" },
  ]);
const transaction: fc.Arbitrary<Request> = fc
  .array(fc.oneof(put, change, remove, check), { minLength: 1, maxLength: 4 })
  .map((parts) => (TableName) => [
    "TransactWriteItems",
    { TransactItems: parts.map(({ kind, input }) => ({ [kind]: { TableName, ...input } })) },
  ]);
const readAll: fc.Arbitrary<Request> = fc
  .array(key, { minLength: 1, maxLength: 4 })
  .map((keys) => (TableName) => [
    "TransactGetItems",
    { TransactItems: keys.map((Key) => ({ Get: { TableName, Key } })) },
  ]);
const batch: fc.Arbitrary<Request> = fc
  .uniqueArray(put, {
    minLength: 1,
    maxLength: 4,
    selector: ({ input }) => JSON.stringify([input.Item.id, input.Item.nth]),
  })
  .map((puts) => (TableName) => [
    "BatchWriteItem",
    { RequestItems: { [TableName]: puts.map(({ input: { Item } }) => ({ PutRequest: { Item } })) } },
  ]);

/** The client refuses numbers that JavaScript may have rounded. */
function roundNumbers(value: unknown): unknown {
  const round = (_: string, each: unknown) => (typeof each === "number" ? Math.round(each % 1e6) + 0 : each);
  return JSON.parse(JSON.stringify(value), round);
}

/** The client loses an attribute of this name. */
function isPlain(value: unknown): boolean {
  return !JSON.stringify(value).includes("__proto__");
}

const numRuns = 150;

describe.runIf(isHere)("generated calls", () => {
  test("one after the other leave the same items, and get the same answers on the way", async () => {
    const requests = fc.array(
      fc.oneof({ weight: 4, arbitrary: single }, { weight: 2, arbitrary: transaction }, readAll, batch),
      {
        minLength: 5,
        maxLength: 15,
      },
    );
    await fc.assert(
      fc.asyncProperty(requests, async (those) => {
        const table = await createTable();
        for (const request of those) await expectSame(...request(table));
        for (const id of ["p", "q"])
          await expectSame("Query", {
            TableName: table,
            KeyConditionExpression: "id = :id",
            ExpressionAttributeValues: { ":id": { S: id } },
          });
      }),
      { numRuns },
    );
  });

  test("that query read the same pages, forwards and backwards, by table and by index", async () => {
    const table = await createTable();
    const items = fc.sample(fc.record({ fields, mail, id: fc.constantFrom("p", "q") }), {
      numRuns: 60,
      seed: 1,
    });
    for (const [nth, { fields, mail, id }] of items.entries()) {
      const Item = { ...fields, id: { S: id }, nth: { N: String((nth - 30) * 1.5) }, mail };
      await expectSame("PutItem", { TableName: table, Item });
    }
    const range = fc.oneof(
      fc.constant(["", {}] as const),
      fc
        .tuple(fc.constantFrom("=", "<", "<=", ">", ">="), fc.integer({ min: -30, max: 30 }))
        .map(
          ([operator, nth]) => [` AND nth ${operator} :nth`, { ":nth": { N: String(nth * 1.5) } }] as const,
        ),
      fc
        .tuple(fc.integer({ min: -30, max: 0 }), fc.integer({ min: 0, max: 30 }))
        .map(
          ([from, to]) =>
            [
              " AND nth BETWEEN :from AND :to",
              { ":from": { N: String(from) }, ":to": { N: String(to) } },
            ] as const,
        ),
    );
    const query = fc.record({
      partition: fc.constantFrom(["id", "p"], ["id", "q"], ["id", "none"], ["mail", "m"], ["mail", "o"]),
      range,
      ScanIndexForward: fc.boolean(),
      Limit: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
      filter: fc.option(
        condition.filter(([e]) => !e.includes("id")),
        { nil: undefined },
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        query,
        async ({ partition: [name = "", of = ""], range: [more, values], filter, Limit, ...rest }) => {
          let start: unknown;
          do {
            const page = await expectSame("Query", {
              TableName: table,
              ...(name === "mail" && { IndexName: "byMail" }),
              KeyConditionExpression: `${name} = :of${more}`,
              ExpressionAttributeValues: { ":of": { S: of }, ...values, ...filter?.[1] },
              ...(filter && { FilterExpression: filter[0] }),
              ...(Limit !== undefined && { Limit }),
              ...(start !== undefined && { ExclusiveStartKey: start }),
              ...rest,
            });
            start = (page as { LastEvaluatedKey?: unknown }).LastEvaluatedKey;
          } while (start !== undefined);
        },
      ),
      { numRuns },
    );
  });

  test("of the document client keep JavaScript's values alike", async () => {
    const table = await createTable();
    const values = fc.record({
      json: fc.jsonValue({ maxDepth: 4 }).map(roundNumbers).filter(isPlain),
      text: fc.string({ unit: "grapheme" }),
      big: fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n }),
      number: fc
        .double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })
        .filter((n) => n === 0 || Math.abs(n) > 1e-100),
      set: fc.uniqueArray(letters, { minLength: 1 }).map((members) => new Set(members)),
      bytes: fc.uint8Array(),
    });
    const clients = engines.map(({ client }) => lib.DynamoDBDocumentClient.from(client));
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        const Key = { id: "document", nth: 1 };
        const answers = clients.map(async (client) => {
          await client.send(new lib.PutCommand({ TableName: table, Item: { ...Key, ...value } }));
          return (await client.send(new lib.GetCommand({ TableName: table, Key }))).Item;
        });
        const [ours, theirs] = await Promise.all(answers);
        expect(ours).toEqual(theirs);
        expect(ours?.text).toBe(value.text);
        expect(BigInt(ours?.big)).toBe(value.big);
      }),
      { numRuns },
    );
  });
});
