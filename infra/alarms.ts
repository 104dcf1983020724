import { functions, http } from "./api.ts";
import { settings } from "./context.ts";

const { alarmEmail } = settings;
/** By which the pipeline finds what may be raised, and its role what it may make. */
const prefix = `${$app.name}-${$app.stage}`;

/** Where an alarm goes, and from where it says that it is over; undefined for a stage that nobody watches. */
const topic =
  alarmEmail === undefined ? undefined : new aws.sns.Topic("Alarms", { name: `${prefix}-alarms` });
if (topic && alarmEmail !== undefined) {
  new aws.sns.TopicSubscription("AlarmsByEmail", {
    topic: topic.arn,
    protocol: "email",
    endpoint: alarmEmail,
  });
}

type Alarm = Omit<aws.cloudwatch.MetricAlarmArgs, "alarmActions" | "okActions" | "treatMissingData">;

function alarm(name: string, args: Alarm): void {
  if (topic === undefined) return;
  const actions = [topic.arn];
  // No traffic is no fault.
  new aws.cloudwatch.MetricAlarm(name, {
    ...args,
    name: `${prefix}-${name}`,
    alarmActions: actions,
    okActions: actions,
    treatMissingData: "notBreaching",
  });
}

const apiMetric = { namespace: "AWS/ApiGateway", dimensions: { ApiId: http.nodes.api.id }, period: 60 };

alarm("ApiServerErrors", {
  alarmDescription: "More than 1 % of the requests of five minutes ended in a 5xx. See docs/operating.md.",
  comparisonOperator: "GreaterThanThreshold",
  threshold: 1,
  evaluationPeriods: 5,
  datapointsToAlarm: 3,
  metricQueries: [
    {
      id: "share",
      expression: "IF(requests >= 10, 100 * errors / requests, 0)",
      label: "5xx, %",
      returnData: true,
    },
    { id: "errors", metric: { ...apiMetric, metricName: "5xx", stat: "Sum" } },
    { id: "requests", metric: { ...apiMetric, metricName: "Count", stat: "Sum" } },
  ],
});

alarm("ApiLatency", {
  ...apiMetric,
  alarmDescription: "One request in a hundred took more than a second. See docs/operating.md.",
  metricName: "Latency",
  extendedStatistic: "p99",
  comparisonOperator: "GreaterThanThreshold",
  threshold: 1000,
  evaluationPeriods: 5,
  datapointsToAlarm: 5,
});

for (const { name, resource, lambda, limits } of functions) {
  const metric = { namespace: "AWS/Lambda", dimensions: { FunctionName: lambda.name }, period: 60 };
  const timeoutMs = limits.timeoutSeconds * 1000;

  alarm(`${resource}Errors`, {
    ...metric,
    alarmDescription: `${name} threw, ended or ran out of time. See docs/operating.md.`,
    metricName: "Errors",
    statistic: "Sum",
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    evaluationPeriods: 5,
    datapointsToAlarm: 2,
  });

  alarm(`${resource}Throttles`, {
    ...metric,
    alarmDescription: `${name} is asked more often at once than its concurrency allows. See docs/operating.md.`,
    metricName: "Throttles",
    statistic: "Sum",
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    evaluationPeriods: 5,
    datapointsToAlarm: 2,
  });

  alarm(`${resource}Duration`, {
    ...metric,
    alarmDescription: `${name} took more than 80 % of its timeout of ${timeoutMs / 1000} s. See docs/operating.md.`,
    metricName: "Duration",
    statistic: "Maximum",
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0.8 * timeoutMs,
    evaluationPeriods: 5,
    datapointsToAlarm: 2,
  });
}
