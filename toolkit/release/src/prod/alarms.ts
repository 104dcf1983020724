import { setTimeout as sleep } from "node:timers/promises";
import type { Pipeline } from "../pipeline.ts";
import { persist, read } from "../read.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html */
type Alarm = {
  readonly AlarmName: string;
  /** When it was raised. `StateUpdatedTimestamp` is not that: it also moves while the state stays. */
  readonly StateTransitionedTimestamp?: string;
};

/** The alarms that ring, by name and since when: one that ended and rings again is another. */
export type Ringing = ReadonlyMap<string, Alarm>;

/** How often the alarms are looked at: for seven minutes, as one alarm needs five whole ones, whose metrics come late. */
const LOOKS = 14;

/** Prod's alarms that ring. */
export async function findRinging({ app, pause }: Pipeline): Promise<Ringing> {
  const words = [
    "describe-alarms",
    "--alarm-name-prefix",
    `${app}-prod-`,
    "--state-value",
    "ALARM",
    "--output",
    "json",
  ];
  const found = await persist(pause, () => read("aws", ["cloudwatch", ...words]));
  const { MetricAlarms = [] } = JSON.parse(found) as { MetricAlarms?: readonly Alarm[] };
  return new Map(
    MetricAlarms.map((alarm) => [`${alarm.AlarmName} ${alarm.StateTransitionedTimestamp}`, alarm]),
  );
}

/** The names of those that ring and did not before. */
export async function findRaised(pipeline: Pipeline, before: Ringing): Promise<readonly string[]> {
  const ringing = await findRinging(pipeline);
  return [...ringing].filter(([key]) => !before.has(key)).map(([, { AlarmName }]) => AlarmName);
}

/** Watches for some minutes, and gives the names of the alarms that were raised meanwhile as soon as there are any. */
export async function watch(pipeline: Pipeline, before: Ringing): Promise<readonly string[]> {
  for (let look = 1; look <= LOOKS; look++) {
    await sleep(pipeline.pause);
    const raised = await findRaised(pipeline, before);
    if (raised.length > 0) return raised;
  }
  return [];
}
