import { describe, expect, test } from "vitest";
import { DrawId, KeptDraw, latestDraws, makeDraw } from "./draw.ts";
import * as z from "./zod.ts";

const now = new Date("2026-11-25T12:00:00.000Z");
const lowest = (min: number) => min;
const highest = (_: number, max: number) => max - 1;
const request = { name: "Anna", count: 3 };

describe("a draw", () => {
  test("is kept for 30 days, with what was drawn", () => {
    expect(makeDraw(request, now, lowest)).toEqual({
      message: "Hi, 'ANNA'. Your lucky numbers are:",
      numbers: [1, 1, 1],
      id: "01a21293-b600-7000-8000-000000000000",
      drawnAt: "2026-11-25T12:00:00.000Z",
      shard: 0,
      expiresAt: Date.parse("2026-12-25T12:00:00Z") / 1000,
    });
  });

  test.each([lowest, highest])("has an id of version 7, whatever is random", (randomInt) => {
    const draw = makeDraw(request, now, randomInt);
    expect(z.safeParse(KeptDraw, draw).success).toBe(true);
    expect(z.safeParse(DrawId, draw.id).success).toBe(true);
  });

  test("has ids in the order of time", () => {
    const later = new Date(now.getTime() + 1);
    expect(makeDraw(request, now, highest).id < makeDraw(request, later, lowest).id).toBe(true);
  });
});

describe("the latest draws", () => {
  const draws = Array.from({ length: 10 }, (_, nth) => {
    const draw = makeDraw(request, new Date(now.getTime() + nth), lowest);
    return { ...draw, shard: nth % 3 };
  });
  const readShard = async (shard: number, before: string | undefined, limit: number) =>
    draws
      .filter((draw) => draw.shard === shard && (before === undefined || draw.id < before))
      .reverse()
      .slice(0, limit);

  test.each([1, 3, 4, 9, 10, 11])("come in pages of %d, each once, the latest first", async (limit) => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await latestDraws(readShard, limit, cursor);
      expect(page.draws.length).toBeLessThanOrEqual(limit);
      ids.push(...page.draws.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(ids).toEqual(draws.map(({ id }) => id).reverse());
  });

  test("are none where nobody drew", async () => {
    expect(await latestDraws(async () => [], 5)).toEqual({ draws: [] });
  });
});
