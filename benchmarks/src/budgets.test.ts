import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { budgets } from "./budgets.ts";
import { bundle } from "./bundle.ts";
import { findProgram } from "./programs.ts";
import { OURS, subjects } from "./subjects.ts";
import { complaintsOf, judge } from "./verdict.ts";

// Sizes are the same on every machine; all other budgets are `pnpm bench --check`'s to hold.

const folder = mkdtempSync(join(tmpdir(), "lucky-size-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("this project's bundle keeps its budgets", async () => {
  const { size } = await bundle(findProgram(subjects, OURS), folder);
  const figures = {
    "size.minified": { [OURS]: [size.minified] },
    "size.gzipped": { [OURS]: [size.gzipped] },
  };
  const ofSize = budgets.filter(({ metric }) => metric.startsWith("size"));
  expect(ofSize).toHaveLength(2);
  expect(complaintsOf(ofSize.map((budget) => judge(budget, figures, subjects)))).toEqual([]);
});
