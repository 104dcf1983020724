import { figureOf, type MetricName, metrics, ratioOf } from "./figures.ts";
import type { Result } from "./result.ts";
import { verdictsOf } from "./verdict.ts";

/** The whole result: every round of every figure, and what it comes to. */
export function toJson(result: Result): string {
  const { figures, measured } = result;
  const names = Object.keys(figures) as MetricName[]; // those that figures has
  const summary = names.map((metric) => [
    metric,
    Object.fromEntries(
      measured.map(({ name }) => [
        name,
        {
          ...figureOf(figures, metric, name),
          ratio: ratioOf(figures, metric, name, metrics[metric].baseline),
        },
      ]),
    ),
  ]);
  const budgets = verdictsOf(result);
  return `${JSON.stringify({ ...result, metrics, summary: Object.fromEntries(summary), budgets }, null, 2)}\n`;
}
