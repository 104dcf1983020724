import { describe, expect, test } from "vitest";
import { randomInt } from "./random-int.ts";

describe("randomInt", () => {
  test("stays within its bounds, and reaches both", () => {
    const drawn = Array.from({ length: 5_000 }, () => randomInt(1, 42));
    expect(Math.min(...drawn)).toBe(1);
    expect(Math.max(...drawn)).toBe(41);
    expect(drawn.every(Number.isInteger)).toBe(true);
  });

  test.each([
    [1, 1],
    [2, 1],
    [0, 2 ** 32 + 1],
    [0, Number.NaN],
  ])("refuses a range without numbers, or with too many: %d to %d", (min, max) => {
    expect(() => randomInt(min, max)).toThrow(RangeError);
  });

  test("does not repeat itself", () => {
    const draw = () => Array.from({ length: 20 }, () => randomInt(0, 1_000_000)).join();
    expect(new Set(Array.from({ length: 100 }, draw)).size).toBe(100);
  });

  test("is uniform", () => {
    const counts = new Array<number>(41).fill(0);
    for (let draws = 0; draws < 410_000; draws++) {
      const number = randomInt(0, 41);
      counts[number] = (counts[number] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    // 40 degrees of freedom: a uniform source exceeds 114 once in 200 million runs.
    expect(chiSquare).toBeLessThan(114);
  });

  test("favours no number where the span does not divide 2^32", () => {
    // Without rejection the lower third would come twice as often as the rest.
    const span = 3 * 2 ** 30;
    const low = Array.from({ length: 9_000 }, () => randomInt(0, span)).filter(
      (number) => number < 2 ** 30,
    ).length;
    // 3000 are expected, with a standard deviation of 45: within 7 of them but once in 400 billion runs.
    expect(Math.abs(low - 3_000)).toBeLessThan(315);
  });
});
