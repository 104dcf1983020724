import type { AlarmArgs } from "./alarm.ts";

/** Raised when more than that share of the requests ended in a 5xx, in three of five minutes that had enough of them. */
export function serverErrors(
  http: sst.aws.ApiGatewayV2,
  { percent, requests }: { readonly percent: number; readonly requests: number },
): AlarmArgs {
  return {
    alarmDescription: `More than ${percent} % of the requests of five minutes ended in a 5xx. See docs/operating.md.`,
    comparisonOperator: "GreaterThanThreshold",
    threshold: percent,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    metricQueries: [
      {
        id: "share",
        expression: `IF(requests >= ${requests}, 100 * errors / requests, 0)`,
        label: "5xx, %",
        returnData: true,
      },
      { id: "errors", metric: { ...metricOf(http), metricName: "5xx", stat: "Sum" } },
      { id: "requests", metric: { ...metricOf(http), metricName: "Count", stat: "Sum" } },
    ],
  };
}

/** Raised when for five minutes one request in a hundred took longer. */
export function slowRequests(
  http: sst.aws.ApiGatewayV2,
  { milliseconds }: { readonly milliseconds: number },
): AlarmArgs {
  return {
    ...metricOf(http),
    alarmDescription: `One request in a hundred took more than ${milliseconds} ms. See docs/operating.md.`,
    metricName: "Latency",
    extendedStatistic: "p99",
    comparisonOperator: "GreaterThanThreshold",
    threshold: milliseconds,
    evaluationPeriods: 5,
    datapointsToAlarm: 5,
  };
}

function metricOf(http: sst.aws.ApiGatewayV2) {
  return { namespace: "AWS/ApiGateway", dimensions: { ApiId: http.nodes.api.id }, period: 60 };
}
