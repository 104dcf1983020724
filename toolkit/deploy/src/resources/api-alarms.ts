import type { AlarmArgs } from "./alarm.ts";
import { type LogCount, metricOf } from "./log-count.ts";

/**
 * Raised when in three of five minutes more than that share of the requests ended in a 5xx. So three failures are enough where
 * there is little traffic, and fewer are not.
 */
export function serverErrors(
  http: sst.aws.ApiGatewayV2,
  { percent }: { readonly percent: number },
): AlarmArgs {
  return {
    alarmDescription: `More than ${percent} % of the requests ended in a 5xx, in three of five minutes. See docs/operating.md.`,
    comparisonOperator: "GreaterThanThreshold",
    threshold: percent,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    metricQueries: [
      { id: "share", expression: "100 * errors / requests", label: "5xx, %", returnData: true },
      { id: "errors", metric: { ...ofApi(http), metricName: "5xx", stat: "Sum" } },
      { id: "requests", metric: { ...ofApi(http), metricName: "Count", stat: "Sum" } },
    ],
  };
}

/** Raised when for five minutes one request in a hundred took longer. */
export function slowRequests(
  http: sst.aws.ApiGatewayV2,
  { milliseconds }: { readonly milliseconds: number },
): AlarmArgs {
  return {
    ...ofApi(http),
    alarmDescription: `One request in a hundred took more than ${milliseconds} ms. See docs/operating.md.`,
    metricName: "Latency",
    extendedStatistic: "p99",
    comparisonOperator: "GreaterThanThreshold",
    threshold: milliseconds,
    evaluationPeriods: 5,
    datapointsToAlarm: 5,
  };
}

/**
 * Raised when in two of five minutes API Gateway refused more than `over` requests with a 429, as there were more than the
 * throttles allow. A 429 that a function answers is not counted.
 */
export function throttledRequests(
  http: sst.aws.ApiGatewayV2,
  { over }: { readonly over: number },
): AlarmArgs {
  // API Gateway has no metric of its own for this. The integration's status is Lambda's: 200 where the function ran.
  const counts: LogCount = {
    logGroup: http.nodes.logGroup.name,
    pattern: '{ ($.status = "429") && ($.integrationStatus != "200") }',
    metricName: "ApiThrottles",
  };
  return {
    ...metricOf(counts),
    counts,
    alarmDescription: `More than ${over} requests a minute were refused with a 429. See docs/operating.md.`,
    statistic: "Sum",
    period: 60,
    comparisonOperator: "GreaterThanThreshold",
    threshold: over,
    evaluationPeriods: 5,
    datapointsToAlarm: 2,
  };
}

function ofApi(http: sst.aws.ApiGatewayV2) {
  return { namespace: "AWS/ApiGateway", dimensions: { ApiId: http.nodes.api.id }, period: 60 };
}
