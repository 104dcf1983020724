import { type Branch, itemAt } from "./branch.ts";
import type { Compare } from "./compare.ts";
import { type Difference, within } from "./difference.ts";

export function compareArrays(before: Branch, after: Branch, compare: Compare): readonly Difference[] {
  if (before.type !== "array") return [];
  const count = Math.max(before.firstItems.length, after.firstItems.length);
  const first = Array.from({ length: count }, (_, index) =>
    within(String(index), compare(itemAt(before, index), itemAt(after, index))),
  );
  return [...first.flat(), ...within("*", compare(before.items, after.items))];
}
