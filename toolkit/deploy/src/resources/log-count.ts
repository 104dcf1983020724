/** How many lines of a log match a pattern, as a metric of CloudWatch: it has a value only in minutes with such a line. */
export type LogCount = {
  readonly logGroup: $util.Input<string>;
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
  readonly pattern: string;
  /** Of this stage's metrics. */
  readonly metricName: string;
};

/** What an alarm watches of it. */
export function metricOf({ metricName }: LogCount): {
  readonly namespace: string;
  readonly metricName: string;
} {
  return { namespace: `${$app.name}-${$app.stage}`, metricName };
}

/** Has CloudWatch count from now on. */
export function countLines(resource: string, count: LogCount): aws.cloudwatch.LogMetricFilter {
  const { namespace, metricName } = metricOf(count);
  return new aws.cloudwatch.LogMetricFilter(resource, {
    name: `${namespace}-${metricName}`,
    logGroupName: count.logGroup,
    pattern: count.pattern,
    metricTransformation: { namespace, name: metricName, value: "1" },
  });
}
