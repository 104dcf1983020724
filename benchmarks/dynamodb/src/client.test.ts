import { createHash, createHmac, type Hash } from "node:crypto";
import * as sdk from "@aws-sdk/client-dynamodb";
import * as lib from "@aws-sdk/lib-dynamodb";
import { type Dynamo, startDynamo } from "@lucky/emulators/dynamodb";
import { awsCall, dynamodb } from "@lucky/resources/aws-call";
import { AwsError } from "@lucky/resources/aws-error";
import { connect } from "@lucky/resources/connect";
import { table, write } from "@lucky/resources/declare";
import { transaction } from "@lucky/resources/transaction";
import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { sign } from "../../../toolkit/resources/src/aws/sign.ts";
import { storableItem } from "../../../toolkit/resources/src/testing/storable.ts";
import { calls, item as callsItem, definition, TABLE } from "./calls.ts";
import { ask } from "./engines.ts";

// The client of functions beside the AWS SDK, on one engine: the same items, results and errors.

const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
const before = { ...process.env };
let dynamo: Dynamo;
let client: sdk.DynamoDBClient;
let documents: lib.DynamoDBDocumentClient;
beforeAll(async () => {
  dynamo = await startDynamo();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.url,
    AWS_REGION: "eu-central-1",
    TABLE_ITEMS: "items-1",
    TABLE_ROWS: "rows-1",
  });
  client = new sdk.DynamoDBClient({
    endpoint: dynamo.url,
    region: "eu-central-1",
    credentials,
    maxAttempts: 1,
  });
  // Without that option it takes a map that has a "constructor" for an object of a class.
  documents = lib.DynamoDBDocumentClient.from(client, {
    marshallOptions: { convertClassInstanceToMap: true },
  });
  await dynamo.createTable({ name: "items-1", partition: { name: "id", type: "S" }, indexes: {} });
  await dynamo.createTable({
    name: "rows-1",
    partition: { name: "id", type: "S" },
    sort: { name: "nr", type: "N" },
    indexes: { byText: { partition: { name: "id", type: "S" }, sort: { name: "text", type: "S" } } },
  });
  await dynamo.createTable(definition);
});
afterAll(async () => {
  client.destroy();
  await dynamo.stop();
  process.env = { ...before };
});

/** A schema that lets everything through. */
const anything = {
  "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) },
} as never;
type Item = { id: string };
type Items = {
  put(item: object, options?: object): Promise<boolean>;
  get(key: Item): Promise<object | undefined>;
};
const { items } = connect({
  uses: { items: write(table("items", { item: anything, key: { partition: "id" as never } } as never)) },
}) as unknown as { readonly items: Items };

/** But for a name that the SDK and dynalite lose; the client's own tests have it. */
const item = storableItem.filter((each) => !JSON.stringify(each, withoutBigints).includes("__proto__"));
function withoutBigints(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

const errorOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "none",
    (error: unknown) => error,
  );

describe("an item", () => {
  test("that the client puts is the same for the SDK", async () => {
    await fc.assert(
      fc.asyncProperty(item, async (item) => {
        await items.put({ ...item, id: "a" });
        const { Item } = await documents.send(new lib.GetCommand({ TableName: "items-1", Key: { id: "a" } }));
        expect(Item).toEqual({ ...item, id: "a" });
      }),
      { numRuns: 300 },
    );
  });

  test("that the SDK puts is the same for the client", async () => {
    await fc.assert(
      fc.asyncProperty(item, async (item) => {
        await documents.send(new lib.PutCommand({ TableName: "items-1", Item: { ...item, id: "b" } }));
        expect(await items.get({ id: "b" })).toEqual({ ...item, id: "b" });
      }),
      { numRuns: 300 },
    );
  });

  test.each<[what: string, value: unknown]>([
    ["a number beyond 2^53", 2 ** 53],
    ["one below -2^53", -(2 ** 60)],
    ["no number", Number.NaN],
    ["an infinite number", Number.POSITIVE_INFINITY],
    ["a symbol", Symbol("a")],
    ["an empty set", new Set()],
    ["a set of lists", new Set([[1]])],
  ])("with %s is refused by both", async (_, value) => {
    const theirs = documents.send(new lib.PutCommand({ TableName: "items-1", Item: { id: "a", value } }));
    expect(await errorOf(items.put({ id: "a", value }))).toBeInstanceOf(Error);
    expect(await errorOf(theirs)).toBeInstanceOf(Error);
  });

  test.each([400 * 1024 - 8, 400 * 1024 - 7])(
    "of %d bytes and its names is taken by both or by neither",
    async (length) => {
      const value = "x".repeat(length);
      const ours = await errorOf(items.put({ id: "a", value }));
      const theirs = await errorOf(
        documents.send(new lib.PutCommand({ TableName: "items-1", Item: { id: "a", value } })),
      );
      expect(ours === "none").toBe(theirs instanceof Error === false);
      expect(ours === "none").toBe(length === 400 * 1024 - 8);
    },
  );
});

/** Bytes are base64 on the wire. */
function toWire(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toWire(each)]));
}

/** Batches and sets have no order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      /^[SNB]S$/.test(name) && Array.isArray(each) ? each.toSorted() : sorted(each),
    ]),
  );
}

describe.each(Object.entries(calls))("a call of %s", (_, those) => {
  const reset = () => ask({ client, stop: async () => {} }, "PutItem", { TableName: TABLE, Item: callsItem });

  test.each(those.map((call) => [JSON.stringify(call).slice(0, 120), call] as const))(
    "has the same result, or error: %s",
    async (_name, [operation, input]) => {
      await reset();
      const theirs = await ask({ client, stop: async () => {} }, operation, structuredClone(input)).catch(
        () => undefined,
      );
      if (theirs === undefined) return; // the SDK itself refuses what it is given
      await reset();
      const ours = await awsCall<object>(dynamodb, operation, toWire(input) as object).catch(
        (error: unknown) => {
          if (!(error instanceof AwsError)) throw error;
          const { name, message, status, details } = error;
          const { Item, CancellationReasons } = details;
          return {
            error: name,
            message,
            status,
            ...(Item !== undefined && { Item }),
            ...(CancellationReasons !== undefined && { CancellationReasons }),
          };
        },
      );
      expect(sorted(ours)).toEqual(sorted(JSON.parse(JSON.stringify(toWire(theirs)))));
    },
  );
});

const Row = z.object({
  id: z.string(),
  nr: z.number(),
  text: z.string(),
  n: z.optional(z.number()),
  list: z.optional(z.array(z.number())),
});
type Row = z.infer<typeof Row>;
const Rows = table("rows", {
  item: Row,
  key: { partition: "id", sort: "nr" },
  indexes: { byText: { partition: "id", sort: "text" } },
  numbers: ["nr"],
});
const { rows } = connect({ uses: { rows: write(Rows) } });

// Without U+FFFF: dynalite checks where a page starts by UTF-16, and DynamoDB by bytes.
const text = fc.constantFrom("a", "ab", "b", "é", "z", "\u{1f600}");
const nr = fc.integer({ min: -3, max: 3 });
const row = fc.record(
  { id: fc.constantFrom("p", "q"), nr, text, n: nr, list: fc.array(nr, { maxLength: 2 }) },
  { requiredKeys: ["id", "nr", "text"] },
) as fc.Arbitrary<Row>;
const operators = { is: "=", before: "<", after: ">", atMost: "<=", atLeast: ">=", not: "<>" } as const;

/** An operator of the client's, and what one writes for the SDK. */
const ranges = (value: fc.Arbitrary<string | number>) =>
  fc.oneof(
    fc.tuple(fc.constantFrom("before", "after", "atMost", "atLeast"), value).map(([operator, v]) => ({
      ours: { [operator]: v },
      theirs: `#a ${operators[operator as keyof typeof operators]} :v`,
      values: { ":v": v },
    })),
    fc
      .tuple(value, value)
      .map(([a, b]) => (a <= b ? [a, b] : [b, a]))
      .filter(
        ([a, b]) =>
          typeof a === "number" || Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b))) <= 0,
      )
      .map(([v, w]) => ({
        ours: { between: [v, w] },
        theirs: "#a BETWEEN :v AND :w",
        values: { ":v": v, ":w": w },
      })),
    value.map((v) => ({ ours: v, theirs: "#a = :v", values: { ":v": v } })),
  );

describe("the typed calls", () => {
  const TableName = "rows-1";

  test("query as the SDK does, page by page", async () => {
    const sort = fc.oneof(
      ranges(nr).map((range) => ({ ...range, index: undefined, name: "nr" })),
      ranges(text).map((range) => ({ ...range, index: "byText" as const, name: "text" })),
    );
    const order = fc.constantFrom("ascending", "descending");
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(row, { minLength: 1, maxLength: 10, selector: ({ id, nr }) => `${id}${nr}` }),
        sort,
        order,
        fc.integer({ min: 1, max: 4 }),
        async (all, { index, name, ours, theirs, values }, order, limit) => {
          await empty();
          await rows.putMany(all);
          const { Items } = await documents.send(
            new lib.QueryCommand({
              TableName,
              IndexName: index,
              KeyConditionExpression: `id = :id AND ${theirs}`,
              ExpressionAttributeNames: { "#a": name },
              ExpressionAttributeValues: { ":id": "p", ...values },
              ScanIndexForward: order === "ascending",
            }),
          );
          const found: unknown[] = [];
          let cursor: string | undefined;
          do {
            const page: { items: readonly unknown[]; cursor: string | undefined } = await rows.query(
              { id: "p", [name]: ours } as never,
              { index, order, limit, cursor } as never,
            );
            found.push(...page.items);
            cursor = page.cursor;
          } while (cursor !== undefined);
          expect(found).toEqual(Items);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("judge conditions as the SDK's expressions do", async () => {
    const condition = fc.oneof(
      fc.tuple(fc.constantFrom("text"), ranges(text)),
      fc.tuple(fc.constantFrom("n"), ranges(nr)),
      fc.tuple(
        fc.constantFrom("n", "list", "text"),
        fc.boolean().map((exists) => ({
          ours: { exists },
          theirs: `attribute_${exists ? "exists" : "not_exists"}(#a)`,
          values: {},
        })),
      ),
      fc.tuple(
        fc.constantFrom("list"),
        nr.map((v) => ({ ours: { contains: v }, theirs: "contains(#a, :v)", values: { ":v": v } })),
      ),
      fc.tuple(
        fc.constantFrom("text"),
        text.map((v) => ({ ours: { beginsWith: v }, theirs: "begins_with(#a, :v)", values: { ":v": v } })),
      ),
      fc.tuple(
        fc.constantFrom("n"),
        fc.tuple(nr, nr).map(([v, w]) => ({
          ours: { in: [v, w] },
          theirs: "#a IN (:v, :w)",
          values: { ":v": v, ":w": w },
        })),
      ),
      fc.tuple(
        fc.constantFrom("n", "list"),
        nr.map((v) => ({ ours: { not: v }, theirs: "#a <> :v", values: { ":v": v } })),
      ),
    );
    await fc.assert(
      fc.asyncProperty(row, condition, async (row, [name, { ours, theirs, values }]) => {
        const Key = { id: row.id, nr: row.nr };
        await rows.put(row);
        const sent = documents.send(
          new lib.DeleteCommand({
            TableName,
            Key,
            ConditionExpression: theirs,
            ExpressionAttributeNames: { "#a": name },
            ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
          }),
        );
        const error = await errorOf(sent);
        expect(error === "none" || (error as Error).name === "ConditionalCheckFailedException").toBe(true);
        await rows.put(row);
        const conditions = { if: { [name]: ours } } as never;
        expect(await transaction([rows.writes.check(Key, { [name]: ours } as never)])).toEqual(
          error === "none" ? [] : [0],
        );
        expect(await rows.delete(Key, conditions)).toBe(error === "none");
      }),
      { numRuns: 300 },
    );
  });

  test("change items as the SDK does", async () => {
    const changes = fc.record(
      {
        set: fc.record({ text, list: fc.array(nr, { maxLength: 2 }) }, { requiredKeys: [] }),
        n: nr,
        remove: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(row, changes, async (row, { set = {}, n, remove = false }) => {
        const removed = remove && !("list" in set) ? ["list"] : [];
        if (Object.keys(set).length + removed.length === 0 && n === undefined) return;
        const Key = { id: row.id, nr: row.nr };
        await rows.put(row);
        const sets = Object.keys(set).map((name) => `#${name} = :${name}`);
        const parts = [
          sets.length > 0 && `SET ${sets.join(", ")}`,
          n !== undefined && "ADD #n :n",
          removed.length > 0 && "REMOVE #list",
        ];
        const named = [...Object.keys(set), ...(n === undefined ? [] : ["n"]), ...removed];
        const values = [...Object.entries(set), ...(n === undefined ? [] : [["n", n] as const])];
        const { Attributes } = await documents.send(
          new lib.UpdateCommand({
            TableName,
            Key,
            UpdateExpression: parts.filter(Boolean).join(" "),
            ExpressionAttributeNames: Object.fromEntries(named.map((name) => [`#${name}`, name])),
            ...(values.length > 0 && {
              ExpressionAttributeValues: Object.fromEntries(
                values.map(([name, value]) => [`:${name}`, value]),
              ),
            }),
            ReturnValues: "ALL_NEW",
          }),
        );
        await rows.put(row);
        const changed = await rows.update(Key, {
          set,
          ...(n !== undefined && { add: { n } }),
          remove: removed,
        } as never);
        expect(changed).toEqual(Attributes);
      }),
      { numRuns: 300 },
    );
  });

  async function empty(): Promise<void> {
    const { Items = [] } = await documents.send(new lib.ScanCommand({ TableName }));
    await rows.deleteMany(Items.map(({ id, nr }) => ({ id, nr })));
  }
});

describe("a signature", () => {
  class Sha256 {
    readonly #hash: Hash | ReturnType<typeof createHmac>;
    constructor(secret?: string | Uint8Array) {
      this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret);
    }
    update(data: string | Uint8Array) {
      this.#hash.update(data);
    }
    async digest() {
      return new Uint8Array(this.#hash.digest());
    }
    reset() {}
  }

  test("is the one of the SDK's own signer", async () => {
    const token = fc.option(
      fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 20 }).filter((each) => /^\S+$/.test(each)),
      { nil: undefined },
    );
    const day = fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary" }),
        fc.constantFrom("dynamodb", "ssm"),
        token,
        day,
        async (body, service, sessionToken, at) => {
          const host = `${service}.eu-central-1.amazonaws.com`;
          const headers = {
            "content-type": "application/x-amz-json-1.0",
            "x-amz-target": "DynamoDB_20120810.GetItem",
          };
          const signer = new SignatureV4({
            credentials: { ...credentials, ...(sessionToken !== undefined && { sessionToken }) },
            region: "eu-central-1",
            service,
            sha256: Sha256 as never,
            applyChecksum: false,
          });
          const theirs = await signer.sign(
            {
              method: "POST",
              protocol: "https:",
              hostname: host,
              path: "/",
              query: {},
              headers: { host, ...headers },
              body: Buffer.from(body),
            } as never,
            { signingDate: at },
          );
          const ours = sign(
            { host, region: "eu-central-1", service, headers, body: Buffer.from(body).toString() },
            { ...credentials, sessionToken },
            at,
          );
          expect(ours).toMatchObject((theirs as unknown as { readonly headers: object }).headers);
        },
      ),
      { numRuns: 300 },
    );
  });
});
