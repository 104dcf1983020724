import { afterEach, beforeEach, expect, test } from "vitest";
import { call } from "./call.ts";
import { database, readTable, type Store } from "./dynalite.ts";
import { open } from "./open.ts";
import { makeTable } from "./table-definition.ts";

// What a killed process or a slow write leaves, which no caller can make.

let store: Store;
beforeEach(async () => {
  ({ store } = await open({ isFresh: false, ifHeld: "fail" }));
});
afterEach(() => store.db.close());

const definition = { name: "users", partition: { name: "id", type: "S" }, indexes: {} } as const;
const indexes = { byMail: { partition: { name: "mail", type: "S" } } } as const;
const request = (operation: string, body: object) =>
  call(store, operation, { TableName: "users", ...body }, Date.now);
const running = { call: request, settle: async () => {} };
const scan = async (rest: object = {}) => ((await request("Scan", rest)) as { Items: unknown[] }).Items;

const Item = { id: { S: "a" }, mail: { S: "m" } };
async function keepItem(): Promise<void> {
  await makeTable(store, definition, running);
  await request("PutItem", { Item });
}

test("a table does not begin with what a killed process left of another", async () => {
  await keepItem();
  await store.db.batch([{ type: "del", key: "table~users" }]);
  await makeTable(store, definition, running);
  expect(await scan()).toEqual([]);
});

test("a new index has what a write left that began before it", async () => {
  await makeTable(store, definition, running);
  const key = `item-users~${database.createKey(Item, await readTable(store, "users"))}`;
  const settle = () => store.db.batch([{ type: "put", key, value: Item }]);
  await makeTable(store, { ...definition, indexes }, { ...running, settle });
  expect(await scan({ IndexName: "byMail" })).toEqual([Item]);
});

test("an index that a killed process did not finish is made again", async () => {
  await keepItem();
  const killed = { ...running, settle: () => Promise.reject(new Error("killed")) };
  await expect(makeTable(store, { ...definition, indexes }, killed)).rejects.toThrow("killed");
  expect(await scan({ IndexName: "byMail" })).toEqual([]);
  await makeTable(store, { ...definition, indexes }, running);
  expect(await scan({ IndexName: "byMail" })).toEqual([Item]);
});
