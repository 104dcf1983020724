import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Dynamo, startDynamo } from "./dynamodb.ts";
import { byId, result } from "./testing.ts";

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

async function stop(): Promise<void> {
  await running.pop()?.stop();
}

/** A process that writes pairs, and the lines that it prints. */
function startWriter(first: number, limit = ""): { child: ChildProcess; lines: AsyncIterable<string> } {
  const writer = join(import.meta.dirname, "testing-writer.ts");
  const words = [process.execPath, writer, folder, String(first)];
  const child = spawn("sh", ["-c", `${limit} exec "$@"`, "sh", ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return { child, lines: createInterface({ input: child.stdout as NodeJS.ReadableStream }) }; // a pipe, as asked for
}

type Pair = { readonly id: { readonly S: string }; readonly number: { readonly S: string } };

/** All that is kept, by number: which of left, right and single there are. */
async function readPairs(dynamo: Dynamo, rest: object = {}): Promise<ReadonlyMap<number, readonly string[]>> {
  const pairs = new Map<number, string[]>();
  let page: Readonly<Record<string, unknown>> = {};
  do {
    const start = page.LastEvaluatedKey === undefined ? {} : { ExclusiveStartKey: page.LastEvaluatedKey };
    page = await result(dynamo, "Scan", { TableName: "pairs", ...rest, ...start });
    for (const { id, number } of page.Items as Pair[])
      pairs.set(Number(number.S), [...(pairs.get(Number(number.S)) ?? []), id.S.replace(/\d/g, "")].sort());
  } while (page.LastEvaluatedKey !== undefined);
  return pairs;
}

describe("a folder", () => {
  test("keeps tables, items, indexes, expiry and tokens", async () => {
    const definition = {
      ...byId("users"),
      indexes: { byMail: { partition: { name: "mail", type: "S" } } },
      expires: "over",
    } as const;
    const add = {
      ClientRequestToken: "once",
      TransactItems: [
        {
          Update: {
            TableName: "users",
            Key: { id: { S: "a" } },
            UpdateExpression: "SET mail = :m ADD n :n",
            ExpressionAttributeValues: { ":m": { S: "m" }, ":n": { N: "1" } },
          },
        },
      ],
    };
    const first = await start();
    await first.createTable(definition);
    await result(first, "TransactWriteItems", add);
    await stop();
    const second = await start();
    expect(second.folder).toBe(folder);
    await second.createTable(definition);
    await result(second, "TransactWriteItems", add);
    const { Items } = await result(second, "Scan", { TableName: "users", IndexName: "byMail" });
    expect(Items).toEqual([{ id: { S: "a" }, mail: { S: "m" }, n: { N: "1" } }]);
    expect(await result(second, "DescribeTimeToLive", { TableName: "users" })).toMatchObject({
      TimeToLiveDescription: { TimeToLiveStatus: "ENABLED" },
    });
  });

  test("loses nothing that was acknowledged, and keeps no half, when its process is killed again and again", async () => {
    const acknowledged: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const { child, lines } = startWriter(round * 100_000);
      let count = 0;
      for await (const line of lines) {
        acknowledged.push(Number(line));
        count += 1;
        if (count === 40 + round * 35) child.kill("SIGKILL"); // what it printed until it died counts too
      }
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(5 * 40);
    const dynamo = await start();
    const pairs = await readPairs(dynamo);
    expect(acknowledged.filter((number) => pairs.get(number)?.length !== 3)).toEqual([]);
    const torn = [...pairs].filter(([, names]) => names.includes("left") !== names.includes("right"));
    expect(torn).toEqual([]);
    expect(await readPairs(dynamo, { IndexName: "byNumber" })).toEqual(pairs);
  });

  test("is held by one process: another gets an error that names it, or keeps nothing", async () => {
    await (await start()).createTable(byId("users"));
    await expect(start()).rejects.toThrow(
      `Process ${process.pid} holds the tables in ${folder}: end it, or name another folder.`,
    );
    await expect(start({ isFresh: true })).rejects.toThrow(`Process ${process.pid} holds`);
    const other = await start({ ifHeld: "memory" });
    expect(other.folder).toBeUndefined();
    expect(await result(other, "ListTables", {})).toEqual({ TableNames: [] });
    await stop();
    await stop();
    expect(await result(await start(), "ListTables", {})).toEqual({ TableNames: ["users"] });
  });

  test("is free as soon as its process is killed", async () => {
    const { child, lines } = startWriter(0);
    for await (const _ of lines) child.kill("SIGKILL");
    await expect(start()).resolves.toMatchObject({ folder });
  });

  test("is emptied where the caller wants it fresh", async () => {
    await (await start()).createTable(byId("users"));
    await stop();
    expect(await result(await start({ isFresh: true }), "ListTables", {})).toEqual({ TableNames: [] });
  });

  test.each(["CURRENT", "MANIFEST"])("that is damaged (%s) is an error, until it is fresh", async (file) => {
    await (await start()).createTable(byId("users"));
    await stop();
    const tables = join(folder, "tables");
    for (const name of readdirSync(tables).filter((each) => each.startsWith(file)))
      writeFileSync(join(tables, name), "damaged");
    await expect(start()).rejects.toThrow(
      `The tables in ${folder} are damaged: delete that folder to start afresh. What is wrong: Corruption`,
    );
    expect(await result(await start({ isFresh: true }), "ListTables", {})).toEqual({ TableNames: [] });
  });

  test("that lost files is an error", async () => {
    for (let n = 0; n < 3; n += 1) {
      await (await start()).createTable(byId(`table-${n}`));
      await stop(); // each opening writes what the last left in its log into a file
    }
    const files = readdirSync(join(folder, "tables")).filter((name) => name.endsWith(".ldb"));
    expect(files).not.toEqual([]);
    for (const name of files) rmSync(join(folder, "tables", name));
    await expect(start()).rejects.toThrow(/are damaged: delete that folder.*missing files/);
  });

  test("that cannot be one is an error that says so", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    await expect(start({ folder: join(file, "tables") })).rejects.toThrow(
      /cannot be opened: make sure that it is a folder that you may write to.*ENOTDIR/,
    );
    await expect(start({ folder: file })).rejects.toThrow(/cannot be opened.*EEXIST/);
  });

  test("whose disk is full refuses writes with an error, goes on, and keeps what was acknowledged", async () => {
    const { child, lines } = startWriter(0, "ulimit -f 1024;"); // no file beyond 512 KB: writing more fails as on a full disk
    const acknowledged: number[] = [];
    const errors: string[] = [];
    for await (const line of lines)
      if (/^\d+$/.test(line)) acknowledged.push(Number(line));
      else if (errors.push(line) === 8) child.kill("SIGKILL"); // all of its writers have one: it lives
    expect(errors).toHaveLength(8);
    expect(errors[0]).toMatch(
      /^500 .*InternalServerError.*The DynamoDB on this machine failed: .*File too large/,
    );
    const pairs = await readPairs(await start());
    expect(acknowledged.filter((number) => pairs.get(number)?.length !== 3)).toEqual([]);
    expect([...pairs].filter(([, names]) => names.includes("left") !== names.includes("right"))).toEqual([]);
  });
});

test("without a folder nothing is written", async () => {
  const dynamo = await startDynamo();
  running.push(dynamo);
  await dynamo.createTable(byId("users"));
  expect(dynamo.folder).toBeUndefined();
  expect(existsSync(join(folder, "tables"))).toBe(false);
});

test("stopping answers what has begun", async () => {
  const dynamo = await startDynamo({ folder });
  await dynamo.createTable(byId("users"));
  const writes = Array.from({ length: 20 }, (_, n) =>
    result(dynamo, "PutItem", { TableName: "users", Item: { id: { S: String(n) } } }).then(
      () => n,
      () => undefined,
    ),
  );
  await dynamo.stop();
  const made = (await Promise.all(writes)).filter((n) => n !== undefined);
  const { Count } = await result(await start(), "Scan", { TableName: "users" });
  expect(Count).toBeGreaterThanOrEqual(made.length);
});
