import type { Chart, Metric, Table } from "./dashboard.ts";
import type { DeployedFunction } from "./function.ts";

/**
 * https://aws.amazon.com/lambda/pricing, arm64 in us-east-1, July 2026: dollars. As text, for JavaScript writes 2e-7, and the
 * query language knows no exponents.
 */
const PRICE = { gigabyteSecond: "0.0000133334", request: "0.0000002" };

/** More lines than that cannot be told apart. */
const MOST_LINES = 10;

/** CloudWatch Logs Insights reads no more at once. */
const MOST_LOG_GROUPS = 50;

/** A metric of Lambda such as Errors or Duration: a line for each function or, of many, for those with the highest values. */
export function perFunction(
  title: string,
  functions: readonly DeployedFunction[],
  metric: string,
  stat: string,
): $util.Output<Chart> {
  return $util.all(functions.map(({ lambda }) => lambda.name)).apply((names): Chart => {
    const hasAll = names.length <= MOST_LINES;
    const lines = names.map(
      (name, index): Metric => [
        "AWS/Lambda",
        metric,
        "FunctionName",
        name,
        { stat, label: functions[index]?.name, ...(!hasAll && { visible: false }) },
      ],
    );
    if (hasAll) return { title, metrics: lines };
    const expression = `SORT(METRICS(), ${stat === "Sum" ? "SUM" : "MAX"}, DESC, ${MOST_LINES})`;
    return {
      title: `${title}: the ${MOST_LINES} highest`,
      metrics: [[{ expression, id: "highest" }], ...lines],
    };
  });
}

/**
 * A row for each function: how often it started cold, how long it took, how much memory and what it cost, the most expensive
 * first. One table for all of them, as a dashboard runs 30 queries at once at most; one more from 51 functions on.
 */
export function coldStartsAndCost(functions: readonly DeployedFunction[]): readonly $util.Output<Table>[] {
  return chunksOf(functions, MOST_LOG_GROUPS).map((chunk) =>
    $util.all(chunk.map(logGroupOf)).apply((logGroups) => ({
      title: "Cold starts and cost",
      logGroups,
      query: [
        'filter type = "platform.report"',
        "stats count(*) as invocations, count(record.metrics.initDurationMs) as coldStarts, avg(record.metrics.initDurationMs) as coldStartMs, " +
          "pct(record.metrics.durationMs, 99) as p99Ms, max(record.metrics.maxMemoryUsedMB) as peakMB, " +
          `sum(record.metrics.billedDurationMs * record.metrics.memorySizeMB) / 1024000 * ${PRICE.gigabyteSecond} + count(*) * ${PRICE.request} as dollars by @log`,
        "sort dollars desc",
      ],
    })),
  );
}

function logGroupOf({ lambda }: DeployedFunction): $util.Output<string> {
  return lambda.nodes.logGroup.apply((group) => $output(group?.name ?? ""));
}

function chunksOf<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
