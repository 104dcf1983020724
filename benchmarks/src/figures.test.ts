import { describe, expect, test } from "vitest";
import { type Figures, type Measured, noiseIn, ranked, ratioOf } from "./figures.ts";
import { EMPTY, EMPTY_AGAIN, OURS } from "./subjects.ts";

const figures: Figures = {
  "cold.cpuMs": {
    [EMPTY]: [10, 20, 40],
    [EMPTY_AGAIN]: [10.5, 21, 42],
    [OURS]: [11, 22, 44],
    "hono (cjs)": [30, 60, 120],
    "hono (esm)": [20, 40, 80],
    near: [10.4, 20.8, 41.6],
  },
};
const measured: readonly Measured[] = [
  { name: EMPTY, kind: "bound", library: EMPTY },
  { name: EMPTY_AGAIN, kind: "bound", library: EMPTY_AGAIN },
  { name: "hono (cjs)", kind: "framework", library: "hono" },
  { name: "hono (esm)", kind: "framework", library: "hono" },
  { name: OURS, kind: "ours", library: OURS },
];

test("noise is what the two identical subjects differ by", () => {
  expect(noiseIn(figures, "cold.cpuMs")).toBeCloseTo(0.05);
  expect(noiseIn(figures, "warm")).toBeUndefined();
  const rounds = {
    "no table again": [11, 11, 11],
    "no table": [10, 10, 10],
    [EMPTY]: [1, 1, 1],
    [EMPTY_AGAIN]: [1, 1, 1],
  };
  expect(noiseIn({ "table.cpuMs": rounds }, "table.cpuMs")).toBeCloseTo(0.1);
});

describe("a ratio", () => {
  test("is of the same round, however the rounds differ", () => {
    const ratio = ratioOf(figures, "cold.cpuMs", OURS, EMPTY);
    expect(ratio?.median).toBeCloseTo(1.1);
    expect(ratio?.isBeyondNoise).toBe(true);
  });

  test("says nothing where identical subjects differ by more", () => {
    expect(ratioOf(figures, "cold.cpuMs", "near", EMPTY)?.isBeyondNoise).toBe(false);
  });

  test("needs both figures", () => {
    expect(ratioOf(figures, "cold.cpuMs", "nobody", EMPTY)).toBeUndefined();
    expect(ratioOf(figures, "warm", OURS, EMPTY)).toBeUndefined();
  });
});

test("each library is ranked once, in its best format, and the second empty handler not at all", () => {
  expect(ranked(figures, "cold.cpuMs", measured).map(({ name }) => name)).toEqual([
    EMPTY,
    OURS,
    "hono (esm)",
  ]);
});
