import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { ThrottledError, UnknownOutcomeError } from "../aws/aws-error.ts";
import { clock } from "../aws/clock.ts";
import { table } from "../declare/declare.ts";
import { type Act, answer, drop, refusal, startRawServer } from "../testing/raw-server.ts";
import { transaction } from "../transaction.ts";
import { writerOf } from "./table-writer.ts";

// What faults make of each call, with a server that does as it is told.

const Counts = table("counts", {
  item: z.object({ id: z.string(), n: z.number(), tags: z.optional(z.set(z.string())), rev: z.number() }),
  key: { partition: "id" },
});
const Versions = table("versions", { item: Counts.item, key: { partition: "id" }, version: "rev" });
const counts = writerOf(Counts);
const versions = writerOf(Versions);
const item = { id: "a", n: 1, rev: 0 };
const key = { id: "a" };

const ordinary = { ...clock };
const before = { ...process.env };
let stop: () => Promise<void> = async () => {};
beforeEach(() => {
  clock.wait = async () => {};
});
afterEach(async () => {
  Object.assign(clock, ordinary);
  process.env = { ...before };
  await stop();
});

async function serve(...acts: Act[]) {
  const server = await startRawServer(...acts);
  stop = server.stop;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: server.url,
    AWS_REGION: "eu-central-1",
    TABLE_COUNTS: "counts-1",
    TABLE_VERSIONS: "versions-1",
  });
  return () => server.requests.map((request) => JSON.parse(request.split("\r\n\r\n")[1] ?? ""));
}
const errorOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "none",
    (error: unknown) => error,
  );

const Attributes = { id: { S: "a" }, n: { N: "1" }, rev: { N: "0" } };
const fine = answer(200, { Attributes, Item: Attributes, Items: [Attributes], Responses: {} });

describe("a connection that drops", () => {
  const repeated: Readonly<Record<string, () => Promise<unknown>>> = {
    get: () => counts.get(key),
    getMany: () => counts.getMany([key]),
    query: () => counts.query(key),
    put: () => counts.put(item),
    delete: () => counts.delete(key),
    "update that sets": () => counts.update(key, { set: { n: 1 } }),
    "update that adds to a set": () => counts.update(key, { add: { tags: new Set(["a"]) } }),
    "update that takes from one": () => counts.update(key, { take: { tags: new Set(["a"]) } }),
    putMany: () => counts.putMany([item]),
    deleteMany: () => counts.deleteMany([key]),
    transaction: () => transaction([counts.writes.update(key, { add: { n: 1 } })]),
  };
  test.each(Object.keys(repeated))("has a %s repeated", async (name) => {
    const requests = await serve(drop, fine);
    await repeated[name]?.();
    expect(requests()).toHaveLength(2);
    expect(requests()[0]).toEqual(requests()[1]);
  });

  const once: Readonly<Record<string, () => Promise<unknown>>> = {
    create: () => counts.create(item),
    "put with conditions": () => counts.put(item, { if: { n: 1 } }),
    "delete with conditions": () => counts.delete(key, { if: { n: 1 } }),
    "update that counts": () => counts.update(key, { add: { n: 1 } }),
    "update that counts beside a set": () => counts.update(key, { add: { n: 1, tags: new Set(["a"]) } }),
    "update with conditions": () => counts.update(key, { set: { n: 1 } }, { if: { n: 1 } }),
    "update that counts versions": () => versions.update(key, { set: { n: 1 } }),
    "update of a version": () => versions.update(key, { set: { n: 1 } }, { version: 0 }),
  };
  test.each(Object.keys(once))("leaves a %s alone, and says that nobody knows", async (name) => {
    const requests = await serve(drop, fine);
    expect(await errorOf(once[name]?.() ?? Promise.resolve())).toBeInstanceOf(UnknownOutcomeError);
    expect(requests()).toHaveLength(1);
  });
});

describe("a transaction", () => {
  const write = () => transaction([counts.writes.put(item)]);
  const cancelled = (...codes: string[]) =>
    refusal("TransactionCanceledException", "cancelled", 400, {
      CancellationReasons: codes.map((Code) => ({ Code })),
    });

  test("has one token in all its tries, and another next time", async () => {
    const requests = await serve(
      refusal("TransactionInProgressException"),
      drop,
      cancelled("TransactionConflict"),
      fine,
    );
    expect(await write()).toEqual([]);
    expect(requests()).toHaveLength(4);
    const [token, ...others] = new Set(requests().map(({ ClientRequestToken }) => ClientRequestToken));
    expect(token).toMatch(/^[\da-f-]{36}$/);
    expect(others).toEqual([]);
    await write();
    expect(requests()[4].ClientRequestToken).not.toBe(token);
  });

  test.each([
    ["TransactionConflict"],
    ["None", "ThrottlingError"],
    ["ProvisionedThroughputExceeded", "None"],
  ])("that was cancelled by what passes is done later: %s %s", async (...codes) => {
    const requests = await serve(cancelled(...codes), fine);
    expect(await write()).toEqual([]);
    expect(requests()).toHaveLength(2);
  });

  test("that conflicts for ever is throttled", async () => {
    await serve(cancelled("TransactionConflict"));
    expect(await errorOf(write())).toBeInstanceOf(ThrottledError);
  });

  test("whose condition failed is not repeated, whatever else there was", async () => {
    const requests = await serve(cancelled("TransactionConflict", "ConditionalCheckFailed"));
    expect(await write()).toEqual([1]);
    expect(requests()).toHaveLength(1);
  });

  test("that was refused for another reason is an error with it", async () => {
    const requests = await serve(cancelled("ValidationError"));
    expect(await errorOf(write())).toMatchObject({ name: "TransactionCanceledException" });
    expect(requests()).toHaveLength(1);
  });
});

describe("a batch", () => {
  const items = Array.from({ length: 60 }, (_, n) => ({ id: `${n}`, n, rev: 0 }));
  const unwritten =
    (count: number): Act =>
    (socket, request) => {
      const { RequestItems } = JSON.parse(request.split("\r\n\r\n")[1] ?? "");
      const UnprocessedItems = { "counts-1": RequestItems["counts-1"].slice(-count) };
      answer(200, { UnprocessedItems })(socket, request);
    };

  test("goes on with what was left", async () => {
    const requests = await serve(unwritten(20), unwritten(15), unwritten(1), fine);
    await counts.putMany(items);
    const sizes = requests().map(({ RequestItems }) => RequestItems["counts-1"].length);
    expect(sizes).toEqual([25, 20, 15, 1, 25, 10]);
  });

  test("of which a little is done each time is done in the end", async () => {
    let left = 25;
    const requests = await serve((socket, request) => (--left > 0 ? unwritten(left) : fine)(socket, request));
    await counts.putMany(items.slice(0, 25));
    expect(requests()).toHaveLength(25);
  });

  test("of which nothing is done ends, and says how much is left", async () => {
    const requests = await serve(unwritten(25));
    expect(await errorOf(counts.putMany(items))).toEqual(
      new ThrottledError("60 of 60 are not done: DynamoDB slows the calls down"),
    );
    expect(requests()).toHaveLength(8);
  });

  test("of reads likewise", async () => {
    const requests = await serve((socket, request) => {
      const { RequestItems } = JSON.parse(request.split("\r\n\r\n")[1] ?? "");
      answer(200, { Responses: {}, UnprocessedKeys: RequestItems })(socket, request);
    });
    expect(await errorOf(counts.getMany([key]))).toEqual(
      new ThrottledError("1 of 1 are not done: DynamoDB slows the calls down"),
    );
    expect(requests()).toHaveLength(8);
  });

  test("ends where there is no time", async () => {
    let left = 10_000;
    const requests = await serve((socket, request) => {
      left = 200;
      unwritten(25)(socket, request);
    });
    clock.remainingMs = () => left;
    expect(await errorOf(counts.putMany(items))).toBeInstanceOf(ThrottledError);
    expect(requests()).toHaveLength(1);
  });
});

test("a server that is slow for a while is asked again", async () => {
  const slow = refusal("ProvisionedThroughputExceededException");
  const requests = await serve(slow, slow, slow, fine);
  expect(await counts.create(item)).toBe(true);
  expect(requests()).toHaveLength(4);
});

test("a cursor that only AWS sees through is refused as others are", async () => {
  await serve(refusal("ValidationException", "The provided starting key is invalid"));
  const cursor = Buffer.from('["a"]').toString("base64url");
  expect(await errorOf(counts.query(key, { cursor }))).toMatchObject({ name: "InvalidCursorError", cursor });
  expect(await errorOf(counts.query(key))).toMatchObject({ name: "ValidationException" });
});
