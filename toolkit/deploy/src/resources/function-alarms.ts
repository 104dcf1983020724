import type { AlarmArgs } from "./alarm.ts";
import type { DeployedFunction } from "./function.ts";
import { type LogCount, metricOf } from "./log-count.ts";

/**
 * Raised when in two of five minutes the function failed more than `over` times: it threw, exited or timed out, or answered 500
 * or 503, which Lambda takes for a success and the gateway logs at level ERROR. So does whatever else it logs at that level.
 */
export function errors(each: DeployedFunction, { over }: { readonly over: number }): AlarmArgs {
  const { name, resource, lambda } = each;
  const counts: LogCount = {
    logGroup: lambda.nodes.logGroup.apply((group) => $output(group?.name ?? "")),
    pattern: '{ ($.level = "ERROR") || ($.level = "FATAL") }',
    metricName: `${resource}Errors`,
  };
  return {
    ...exceeds(over),
    counts,
    alarmDescription: `${name} threw, exited, timed out, or answered with a 5xx. See docs/operating.md.`,
    metricQueries: [
      {
        id: "errors",
        expression: "FILL(failed, 0) + FILL(logged, 0)",
        label: "errors",
        returnData: true,
      },
      { id: "failed", metric: { ...ofFunction(each), metricName: "Errors", stat: "Sum" } },
      { id: "logged", metric: { ...metricOf(counts), period: 60, stat: "Sum" } },
    ],
  };
}

/** Raised when in two of five minutes more than `over` events were refused, as too many ran at once. */
export function throttles(each: DeployedFunction, { over }: { readonly over: number }): AlarmArgs {
  return {
    ...exceeds(over),
    ...ofFunction(each),
    alarmDescription: `${each.name} is called more often at once than its concurrency allows. See docs/operating.md.`,
    metricName: "Throttles",
    statistic: "Sum",
  };
}

/** Raised when in two of five minutes an event took more than that share of the function's timeout. */
export function slowness(
  each: DeployedFunction,
  { percentOfTimeout }: { readonly percentOfTimeout: number },
): AlarmArgs {
  const { timeoutSeconds } = each.limits;
  return {
    ...exceeds(percentOfTimeout * 10 * timeoutSeconds), // milliseconds
    ...ofFunction(each),
    alarmDescription: `${each.name} took more than ${percentOfTimeout} % of its timeout of ${timeoutSeconds} s. See docs/operating.md.`,
    metricName: "Duration",
    statistic: "Maximum",
  };
}

function exceeds(threshold: number) {
  return {
    comparisonOperator: "GreaterThanThreshold",
    threshold,
    evaluationPeriods: 5,
    datapointsToAlarm: 2,
  };
}

function ofFunction({ lambda }: DeployedFunction) {
  return { namespace: "AWS/Lambda", dimensions: { FunctionName: lambda.name }, period: 60 };
}
