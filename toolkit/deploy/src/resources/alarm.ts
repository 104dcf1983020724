import { countLines, type LogCount } from "./log-count.ts";

/** What an alarm watches and when it is raised; whom it tells is decided for all of them. */
export type AlarmArgs = Omit<
  aws.cloudwatch.MetricAlarmArgs,
  "name" | "alarmActions" | "okActions" | "treatMissingData"
> & {
  /** A metric that it watches and that has to be counted first. */
  readonly counts?: LogCount;
};

/** Makes an alarm of that name. */
export type CreateAlarm = (name: string, args: AlarmArgs) => void;

/**
 * Alarms that send an e-mail when they are raised, and when they are over. Each is called `<app>-<stage>-<name>`, by
 * which the pipeline finds it and may make it. Without an address there are none.
 *
 *     const alarm = alarmsTo("oncall@example.com");
 *     alarm("ApiLatency", slowRequests(http, { milliseconds: 1000 }));
 */
export function alarmsTo(email: string | undefined): CreateAlarm {
  if (email === undefined) return () => {};
  const prefix = `${$app.name}-${$app.stage}`;
  const topic = new aws.sns.Topic("Alarms", { name: `${prefix}-alarms` });
  new aws.sns.TopicSubscription("AlarmsByEmail", { topic: topic.arn, protocol: "email", endpoint: email });
  return (name, { counts, ...args }) => {
    if (counts !== undefined) countLines(`${name}Count`, counts);
    new aws.cloudwatch.MetricAlarm(name, {
      ...args,
      name: `${prefix}-${name}`,
      alarmActions: [topic.arn],
      okActions: [topic.arn],
      treatMissingData: "notBreaching", // no traffic is no fault
    });
  };
}
