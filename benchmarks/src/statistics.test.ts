import { describe, expect, test } from "vitest";
import { isBeyondNoise, median, noiseOf, quantile, ratiosOf, spreadOf } from "./statistics.ts";

describe("a spread", () => {
  test("is the median and the quartiles, of figures in any order", () => {
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ median: 3, low: 2, high: 4 });
  });

  test("lies between the two middle figures where their number is even", () => {
    expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, low: 1.75, high: 3.25 });
  });

  test("of one figure is that figure", () => {
    expect(spreadOf([7])).toEqual({ median: 7, low: 7, high: 7 });
  });

  test("sorts by size, not as text", () => {
    expect(median([100, 20, 3])).toBe(20);
  });
});

test("a quantile reaches from the least to the greatest", () => {
  expect([0, 0.99, 1].map((share) => quantile([0, 100], share))).toEqual([0, 99, 100]);
});

test("ratios are paired by round, not by rank", () => {
  expect(ratiosOf([10, 40], [5, 10])).toEqual([2, 4]);
});

describe("noise", () => {
  test("is how far the ratio of two identical subjects is from 1", () => {
    expect(noiseOf([1.1, 1.1, 1.1, 1.1])).toBeCloseTo(0.1);
    expect(noiseOf([0.8, 0.8])).toBeCloseTo(0.2);
  });

  test("is no less than chance allows, where that median happens to be 1", () => {
    expect(noiseOf([0.5, 0.75, 1, 1.25, 1.5])).toBeCloseTo((1.57 * 0.5) / Math.sqrt(5));
  });

  test("shrinks with more rounds", () => {
    const few = [0.9, 1, 1.1];
    expect(noiseOf([...few, ...few, ...few, ...few])).toBeLessThan(noiseOf(few));
  });
});

test.each([
  [1.05, 0.04, true],
  [1.05, 0.06, false],
  [0.9, 0.04, true],
  [0.97, 0.04, false],
])("a ratio of %d beside noise of %d says something: %s", (ratio, noise, says) => {
  expect(isBeyondNoise({ median: ratio, low: ratio, high: ratio }, noise)).toBe(says);
});
