import type { Chart, Metric, Table } from "./dashboard.ts";
import type { DeployedFunction } from "./function.ts";

/** https://aws.amazon.com/lambda/pricing, arm64 in us-east-1, July 2026: dollars per GB-second and per million requests. */
const PRICE = { gigabyteSecond: 0.0000133334, millionRequests: 0.2 };

/** A metric of Lambda such as Errors or Duration: a line for each function. */
export function perFunction(
  title: string,
  functions: readonly DeployedFunction[],
  metric: string,
  stat: string,
): $util.Output<Chart> {
  return $util.all(functions.map(({ lambda }) => lambda.name)).apply((names) => ({
    title,
    metrics: names.map(
      (name, index): Metric => [
        "AWS/Lambda",
        metric,
        "FunctionName",
        name,
        { stat, label: functions[index]?.name },
      ],
    ),
  }));
}

/** By the hour: how often it started cold, how long it took, how much memory and what it cost. */
export function coldStartsAndCost({ name, limits, lambda }: DeployedFunction): $util.Output<Table> {
  const gigabytes = limits.memoryMegabytes / 1024;
  return lambda.nodes.logGroup.apply((group) =>
    $output(group?.name ?? "").apply((logGroup) => ({
      title: `${name}: cold starts and cost`,
      logGroup,
      query: [
        'filter type = "platform.report"',
        "stats count(*) as invocations, count(record.metrics.initDurationMs) as coldStarts, avg(record.metrics.initDurationMs) as coldStartMs, " +
          "pct(record.metrics.durationMs, 99) as p99Ms, max(record.metrics.maxMemoryUsedMB) as peakMB, " +
          `sum(record.metrics.billedDurationMs) / 1000 * ${gigabytes} * ${PRICE.gigabyteSecond} + count(*) * ${PRICE.millionRequests} / 1000000 as dollars by bin(1h)`,
      ],
    })),
  );
}
