import { expect, test } from "vitest";
import { besideTable } from "./beside.ts";
import type { Figures, Measured } from "./figures.ts";
import { BESIDE, EMPTY, EMPTY_AGAIN, OURS } from "./subjects.ts";

const subject = (name: string, kind: Measured["kind"]) => ({ name, kind, library: name });
const ours = [subject(EMPTY, "bound"), subject(EMPTY_AGAIN, "bound"), subject(OURS, "ours")];
const noise = { [EMPTY]: [1, 1], [EMPTY_AGAIN]: [1.1, 1.1] };
const figures: Figures = {
  "cold.cpuMs": { ...noise, [BESIDE]: [50, 50], [OURS]: [40, 40] },
  warm: { ...noise, [BESIDE]: [20, 20], [OURS]: [21, 21] },
};

test("a change shows where it is beyond noise, and only there", () => {
  const table = besideTable({ figures, measured: [...ours, subject(BESIDE, "beside")] });
  expect(table?.rows.map(({ cells }) => cells)).toEqual([
    ["cold start, CPU time (ms)", "50", "40", "0.80 [0.80 0.80]"],
    ["warm time in process (µs)", "20", "21", "≈ 1"],
  ]);
});

test("there is no such table without a handler to compare with", () => {
  expect(besideTable({ figures, measured: ours })).toBeUndefined();
});
