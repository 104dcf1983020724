import type { AlarmArgs } from "./alarm.ts";
import type { DeployedTable } from "./resources.ts";

/**
 * Raised when in two of five minutes DynamoDB refused more than `over` reads and writes of a table, or of one of its indexes, as
 * they were too many at once: for all of it, or for one key. What fails for good is an error of the function that asked.
 *
 *     alarm("ThrottledDraws", tableThrottles(draws, { over: 10 }));
 */
export function tableThrottles(
  { table, dynamo }: DeployedTable,
  { over, index }: { readonly over: number; readonly index?: string },
): AlarmArgs {
  const dimensions = { TableName: dynamo.name, ...(index && { GlobalSecondaryIndexName: index }) };
  const metric = (metricName: string) => ({
    namespace: "AWS/DynamoDB",
    metricName,
    dimensions,
    period: 60,
    stat: "Sum",
  });
  const what = index === undefined ? `the table ${table.name}` : `the index ${index} of ${table.name}`;
  return {
    alarmDescription: `More than ${over} requests a minute to ${what} were throttled. See docs/operating.md.`,
    comparisonOperator: "GreaterThanThreshold",
    threshold: over,
    evaluationPeriods: 5,
    datapointsToAlarm: 2,
    metricQueries: [
      {
        id: "throttled",
        expression: "FILL(reads, 0) + FILL(writes, 0)",
        label: "throttled",
        returnData: true,
      },
      { id: "reads", metric: metric("ReadThrottleEvents") },
      { id: "writes", metric: metric("WriteThrottleEvents") },
    ],
  };
}
