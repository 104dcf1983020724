import { describe, expect, test } from "vitest";
import type { Budget } from "./budgets.ts";
import type { Figures, Measured } from "./figures.ts";
import { BY_HAND, EMPTY, EMPTY_AGAIN, OURS } from "./subjects.ts";
import { complaintsOf, judge, verdictTable } from "./verdict.ts";

const measured: readonly Measured[] = [
  { name: EMPTY, kind: "bound", library: EMPTY },
  { name: EMPTY_AGAIN, kind: "bound", library: EMPTY_AGAIN },
  { name: BY_HAND, kind: "bound", library: BY_HAND },
  { name: OURS, kind: "ours", library: OURS },
  { name: "zod", kind: "peer", library: "zod" },
  { name: "hono (cjs)", kind: "framework", library: "hono" },
  { name: "hono (esm)", kind: "framework", library: "hono" },
];

/** Rounds that are all alike: no noise but what is given. */
const warm = (ours: number, noise = 0): Figures => ({
  warm: {
    [EMPTY]: [1, 1],
    [EMPTY_AGAIN]: [1 + noise, 1 + noise],
    [BY_HAND]: [10, 10],
    [OURS]: [ours, ours],
    zod: [12, 12],
    "hono (cjs)": [60, 60],
    "hono (esm)": [90, 90],
  },
});
const limit = (over: Budget["over"], most: number, more: Partial<Budget> = {}): Budget => ({
  name: "speed",
  metric: "warm",
  ...(over !== undefined && { over }),
  limit: most,
  ...more,
});

describe("a budget is", () => {
  test("met at its limit", () => {
    expect(judge(limit(BY_HAND, 2), warm(20), measured)).toMatchObject({ status: "met", figure: 2 });
  });

  test("missed above it", () => {
    expect(judge(limit(BY_HAND, 2), warm(21), measured)).toMatchObject({ status: "missed", figure: 2.1 });
  });

  test("accepted above it, up to its ceiling, and missed above that", () => {
    const budget = limit(BY_HAND, 2, { accepted: { ceiling: 3, reason: "it does more" } });
    const statuses = [20, 30, 31].map((ours) => judge(budget, warm(ours), measured).status);
    expect(statuses).toEqual(["met", "accepted", "missed"]);
  });

  test("unmeasured where the run has no such figure", () => {
    expect(judge(limit(BY_HAND, 2), {}, measured)).toMatchObject({ status: "unmeasured" });
  });

  test("about the figure itself where nothing divides it", () => {
    const size: Budget = { name: "size", metric: "size.minified", limit: 24_000 };
    const figures: Figures = { "size.minified": { [OURS]: [24_001] } };
    expect(judge(size, figures, measured)).toMatchObject({ status: "missed", figure: 24_001 });
  });
});

describe("our opponent is", () => {
  test("the fastest framework, in its best format", () => {
    expect(judge(limit("the fastest framework", 1), warm(30), measured)).toMatchObject({
      opponent: "hono (cjs)",
      figure: 0.5,
    });
  });

  test("the fastest peer, which no bound is", () => {
    expect(judge(limit("the fastest peer", 1), warm(30), measured).opponent).toBe("zod");
  });

  test("never a handler that the caller has named", () => {
    const beside: Measured = { name: "beside", kind: "beside", library: "beside" };
    const figures: Figures = { warm: { ...warm(30).warm, beside: [1, 1] } };
    expect(judge(limit("the fastest peer", 1), figures, [...measured, beside]).opponent).toBe("zod");
  });
});

test("a peer that is faster by no more than noise is not faster", () => {
  const budget = limit("the fastest peer", 1);
  expect(judge(budget, warm(13, 0.05), measured).status).toBe("missed");
  expect(judge(budget, warm(13, 0.1), measured)).toMatchObject({ status: "met", isNoise: true });
});

describe("the gate", () => {
  test("tells which budgets are broken, and by how much", () => {
    const verdicts = [
      judge(limit(BY_HAND, 2), warm(25), measured),
      judge(limit(BY_HAND, 3), warm(25), measured),
    ];
    expect(complaintsOf(verdicts)).toEqual(["speed: 2.50 is 25 % above its limit of 2.00."]);
  });

  test("lets an accepted one pass, until it gets worse", () => {
    const budget = limit(BY_HAND, 2, { accepted: { ceiling: 3, reason: "it does more" } });
    expect(complaintsOf([judge(budget, warm(29), measured)])).toEqual([]);
    expect(complaintsOf([judge(budget, warm(33), measured)])).toEqual([
      "speed: 3.30 is 10 % above its ceiling of 3.00.",
    ]);
  });
});

test("the table shows an accepted budget as missed, with its reason", () => {
  const budget = limit(BY_HAND, 2, { accepted: { ceiling: 3, reason: "it does more" } });
  const { rows, notes } = verdictTable([judge(budget, warm(29), measured)]);
  expect(rows[0]?.cells).toEqual(["speed", "≤ 2.00", "2.90", BY_HAND, "missed, held to 3.00"]);
  expect(notes).toEqual(["speed is missed: it does more"]);
});
