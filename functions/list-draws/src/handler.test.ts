import { listDraws } from "@acme/contracts/list-draws";
import { invoke } from "@lucky/gateway/testing";
import { useTables } from "@lucky/resources/testing";
import { describe, expect, test } from "vitest";
import event from "../event.json" with { type: "json" };
import { handler } from "./handler.ts";

const { draws } = useTables(listDraws);

const idOf = (number: number) => `01a21293-${number.toString(16).padStart(4, "0")}-7000-8000-000000000000`;
/** The later of two has the higher number. */
const keptDraw = (number: number, expiresIn = 60) => ({
  id: idOf(number),
  message: `Hi, '${number}'. Your lucky numbers are:`,
  numbers: [7, 8],
  drawnAt: "2026-11-25T12:00:00.000Z",
  shard: number % 4,
  expiresAt: Math.floor(Date.now() / 1000) + expiresIn,
});
const numbersTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

async function list(query = "") {
  const { status, body } = await invoke(handler, { ...event, rawQueryString: query });
  expect(status).toBe(200);
  return { ids: body.draws.map(({ id }: { id: string }) => id), cursor: body.cursor, body };
}

describe("list-draws", () => {
  test("lists nothing where nothing is kept", async () => {
    expect((await list()).body).toEqual({ draws: [] });
  });

  test("lists the latest first, of all shards, twenty unless told", async () => {
    await draws.putMany(numbersTo(30).map((number) => keptDraw(number)));
    const { ids, body } = await list();
    expect(ids).toEqual(numbersTo(30).slice(10).reverse().map(idOf));
    expect(Object.keys(body.draws[0]).sort()).toEqual(["drawnAt", "id", "message", "numbers"]);
  });

  test("gives each draw once, whatever the size of its pages", async () => {
    await draws.putMany(numbersTo(23).map((number) => keptDraw(number)));
    for (const limit of [1, 4, 23, 100]) {
      const found: string[] = [];
      for (let cursor = ""; ; ) {
        const page = await list(`limit=${limit}${cursor && `&cursor=${cursor}`}`);
        expect(page.ids.length).toBeLessThanOrEqual(limit);
        found.push(...page.ids);
        if (page.cursor === undefined) break;
        cursor = page.cursor;
      }
      expect(found).toEqual(numbersTo(23).reverse().map(idOf));
    }
  });

  test("leaves out what has expired, though DynamoDB has not deleted it yet", async () => {
    await draws.putMany([keptDraw(1), keptDraw(2, -1), keptDraw(3), keptDraw(6, -1)]);
    expect((await list("limit=2")).ids).toEqual([idOf(3), idOf(1)]);
  });

  test.each(["limit=0", "limit=101", "limit=many", "cursor=yesterday"])("refuses %s", async (query) => {
    expect((await invoke(handler, { ...event, rawQueryString: query })).status).toBe(422);
  });
});
