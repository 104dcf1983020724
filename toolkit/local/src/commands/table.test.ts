import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyVisits, runScript, startServer, stopServer } from "../testing/testing.ts";

let root: string;
beforeAll(() => {
  root = copyVisits(afterAll);
});
const table = (...words: readonly string[]) => runScript("table.ts", words, { cwd: root });

describe("pnpm table", () => {
  test("puts, gets, lists and deletes items, whether a server runs or not", async () => {
    const item = { page: "/", at: 7, day: "2026-11-25", expiresAt: 9_999_999_999 };
    expect(await table("visits", "put", JSON.stringify(item))).toEqual({
      stdout: "Written.\n",
      stderr: "",
      exitCode: 0,
    });
    expect(JSON.parse((await table("visits", "get", "/", "7")).stdout)).toEqual(item);
    const server = await startServer([], { cwd: root });
    try {
      expect((await table("visits")).stdout).toBe(`${JSON.stringify(item)}\n`);
      expect((await table("visits", "list", "--json")).stdout).toBe(`{"items":[${JSON.stringify(item)}]}\n`);
      expect(await table("visits", "delete", "/", "7", "--json")).toMatchObject({
        stdout: '{"deleted":true}\n',
      });
    } finally {
      await stopServer(server);
    }
    expect(await table("visits", "get", "/", "7")).toEqual({
      stdout: "",
      stderr: "The table visits has no item / 7.\n",
      exitCode: 1,
    });
    expect(await table("visits", "delete", "/", "7")).toMatchObject({ exitCode: 1 });
    expect(await table("visits")).toEqual({
      stdout: "",
      stderr: "The table visits has no items.\n",
      exitCode: 0,
    });
  });

  test("lists in pages, each item once", async () => {
    for (const page of ["a", "b", "c"])
      await table("known-pages", "put", JSON.stringify({ page, visits: 1 }));
    const found: string[] = [];
    for (let words: string[] = []; ; ) {
      const { stdout, stderr } = await table("known-pages", "--limit", "2", ...words);
      found.push(
        ...stdout
          .trim()
          .split("\n")
          .filter(Boolean)
          .map((line) => JSON.parse(line).page),
      );
      const [, cursor] = /There may be more: pnpm table known-pages --cursor (\S+)\n/.exec(stderr) ?? [];
      if (cursor === undefined) break;
      words = ["--cursor", cursor];
    }
    expect(found.sort()).toEqual(["a", "b", "c"]);
    expect(await table("known-pages", "empty", "--yes")).toMatchObject({
      stdout: "The table known-pages is empty.\n",
    });
    expect((await table("known-pages", "--json")).stdout).toBe('{"items":[]}\n');
  });

  test.each([
    [[], "Name a table. The tables are: visits, known-pages."],
    [["nope"], 'There is no table "nope". The tables are: visits, known-pages.'],
    [["visits", "drop"], '"drop" is none of list, get, put, delete and empty.'],
    [["visits", "get", "/"], "Give the key: <page> <at>."],
    [["visits", "get", "/", "soon"], 'at is a number, not "soon".'],
    [["visits", "put", "{"], "The item is no JSON:"],
    [["visits", "put", "[]"], "An item is an object in JSON."],
    [["visits", "put", '{"page":"/"}'], "An item of visits cannot be kept. at: "],
    [["visits", "--limit", "0"], "--limit"],
    [["visits", "--cursor", "e30"], "--cursor takes the cursor that a list of this table ended with."],
    [["visits", "empty"], "Nobody is there to ask: give --yes."],
  ])("is called wrongly with %j", async (words, sentence) => {
    const { exitCode, stdout, stderr } = await table(...words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(sentence);
  });

  test("says how it is called", async () => {
    expect(await table("--help")).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("The tables are: visits, known-pages."),
    });
  });
});
