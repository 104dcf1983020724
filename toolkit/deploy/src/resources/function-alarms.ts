import type { AlarmArgs } from "./alarm.ts";
import type { DeployedFunction } from "./function.ts";

/** Raised when in two of five minutes the function threw, exited or timed out more than `over` times. */
export function errors(each: DeployedFunction, { over }: { readonly over: number }): AlarmArgs {
  return {
    ...exceeds(each, over),
    alarmDescription: `${each.name} threw, exited or timed out. See docs/operating.md.`,
    metricName: "Errors",
    statistic: "Sum",
  };
}

/** Raised when in two of five minutes more than `over` events were refused, as too many ran at once. */
export function throttles(each: DeployedFunction, { over }: { readonly over: number }): AlarmArgs {
  return {
    ...exceeds(each, over),
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
    ...exceeds(each, percentOfTimeout * 10 * timeoutSeconds), // milliseconds
    alarmDescription: `${each.name} took more than ${percentOfTimeout} % of its timeout of ${timeoutSeconds} s. See docs/operating.md.`,
    metricName: "Duration",
    statistic: "Maximum",
  };
}

function exceeds({ lambda }: DeployedFunction, threshold: number) {
  return {
    namespace: "AWS/Lambda",
    dimensions: { FunctionName: lambda.name },
    period: 60,
    comparisonOperator: "GreaterThanThreshold",
    threshold,
    evaluationPeriods: 5,
    datapointsToAlarm: 2,
  };
}
