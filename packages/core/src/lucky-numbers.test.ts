import { randomInt } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { drawLuckyNumbers, LuckyNumbers, LuckyNumbersRequest } from "./lucky-numbers.ts";
import * as z from "./zod.ts";

const request = fc.record({ name: fc.string({ maxLength: 80, unit: "binary" }), count: fc.nat(4294967295) });

describe("the draw", () => {
  test("greets in upper case, as the article does", () => {
    const { message } = drawLuckyNumbers({ name: "SilentByte", count: 10 }, randomInt);
    expect(message).toBe("Hi, 'SILENTBYTE'. Your lucky numbers are:");
  });

  test.each([
    ["straße", "STRASSE"],
    ["İstanbul ı i", "İSTANBUL I I"],
    ["\ufb01n \u0149 \u0390", "FIN \u02bcN \u0399\u0308\u0301"],
    ["🍀 né", "🍀 NÉ"],
    ["", ""],
  ])("upper case of %j is %j, whatever the locale", (name, upper) => {
    vi.spyOn(String.prototype, "toLocaleUpperCase").mockReturnValue("in the machine's language");
    expect(drawLuckyNumbers({ name, count: 2 }, randomInt).message).toContain(`'${upper}'`);
  });

  test.each([
    [0, 2],
    [1, 2],
    [2, 2],
    [10, 10],
    [20, 20],
    [21, 20],
    [99, 20],
    [4294967295, 20],
  ])("count %i draws %i numbers", (count, drawn) => {
    expect(drawLuckyNumbers({ name: "x", count }, randomInt).numbers).toHaveLength(drawn);
  });

  test("always keeps its own contract", () => {
    fc.assert(
      fc.property(request, (asked) => z.safeParse(LuckyNumbers, drawLuckyNumbers(asked, randomInt)).success),
    );
  });

  test("takes each number from the source as it comes, asking for 1 to 41", () => {
    const asked: number[][] = [];
    const numbers = [41, 1, 7, 7];
    const drawn = drawLuckyNumbers({ name: "x", count: 4 }, (...range) => {
      asked.push(range);
      return numbers[asked.length - 1] ?? 0;
    });
    expect(drawn.numbers).toEqual(numbers);
    expect(asked).toEqual(Array(4).fill([1, 42]));
  });

  test("is uniform over 1 to 41 when its source is", () => {
    const source = seededRandomInt(20191229);
    const drawn = Array.from(
      { length: 5_000 },
      () => drawLuckyNumbers({ name: "", count: 20 }, source).numbers,
    );
    const counts = new Array<number>(41).fill(0);
    for (const number of drawn.flat()) counts[number - 1] = (counts[number - 1] ?? 0) + 1;
    const expected = (5_000 * 20) / 41;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 40 degrees of freedom: a uniform source exceeds 73.4 once in a thousand seeds.
    expect(chiSquare).toBeLessThan(73.4);
  });
});

describe("a request", () => {
  const problems = (value: unknown) =>
    z
      .safeParse(LuckyNumbersRequest, value)
      .error?.issues.map(({ path, message }) => [path.join("."), message]);
  const COUNT = "Give a whole number from 0 to 4294967295.";

  test("loses the fields that it does not know", () => {
    const parsed = z.parse(LuckyNumbersRequest, { name: "x", count: 3, colour: "red" });
    expect(parsed).toEqual({ name: "x", count: 3 });
  });

  test.each([0, 1, 99, 4294967295, 3.0, -0])("takes count %d", (count) => {
    expect(problems({ name: "x", count })).toBeUndefined();
  });

  test.each([-1, 1.5, 4294967296, "10", null, true, [3], Number.NaN, Number.POSITIVE_INFINITY])(
    "refuses count %j",
    (count) => {
      expect(problems({ name: "x", count })).toEqual([["count", COUNT]]);
    },
  );

  test("counts characters as people do, not in UTF-16 units", () => {
    expect(problems({ name: "🍀".repeat(256), count: 3 })).toBeUndefined();
    expect(problems({ name: "x".repeat(257), count: 3 })).toEqual([["name", "Use at most 256 characters."]]);
  });

  test("is told everything that is wrong at once", () => {
    expect(problems({ count: -1 })).toEqual([
      ["name", "This field is required."],
      ["count", COUNT],
    ]);
  });
});

/** Uniform without modulo bias, from a 32-bit xorshift: the same numbers in every run. */
function seededRandomInt(seed: number): (min: number, max: number) => number {
  let state = seed;
  return function draw(min, max): number {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const value = state >>> 0;
    const range = max - min;
    return value < 2 ** 32 - (2 ** 32 % range) ? min + (value % range) : draw(min, max);
  };
}
