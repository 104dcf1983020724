import { evaluateMath, type Series } from "./metric-math.ts";

/** An alarm as the provider takes it, as much as decides when it is raised. */
export type Alarm = {
  readonly comparisonOperator: string;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm?: number;
  readonly treatMissingData?: string;
  readonly metricName?: string;
  readonly statistic?: string;
  readonly extendedStatistic?: string;
  readonly period?: number;
  readonly metricQueries?: readonly MetricQuery[];
};

type MetricQuery = {
  readonly id: string;
  readonly expression?: string;
  readonly returnData?: boolean;
  readonly metric?: { readonly metricName: string; readonly stat: string; readonly period: number };
};

/** What was measured, by the name of the metric: for each minute the values of that minute. */
export type Measured = Readonly<Record<string, readonly (readonly number[])[]>>;

/** So many periods more than it needs CloudWatch reads, for those that have no data. How many, it does not say: two here, as in
 * the tables of its documentation. */
const MORE_PERIODS = 2;

/**
 * Whether the alarm is raised after each minute. Its periods are of one minute.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 *
 *     isRaised(alarm, { Errors: [[0, 0], [1], [1, 1]] }) // [false, false, true]
 */
export function isRaised(alarm: Alarm, measured: Measured): readonly boolean[] {
  const values = valuesOf(alarm, measured);
  return values.map((_, index) => judge(alarm, values.slice(0, index + 1)));
}

/** By the values of its last periods, of which some may be missing. */
export function judge(alarm: Alarm, values: Series): boolean {
  const { evaluationPeriods, datapointsToAlarm = evaluationPeriods, treatMissingData = "missing" } = alarm;
  if (!["breaching", "notBreaching"].includes(treatMissingData))
    throw new Error(`missing data that are ${treatMissingData} are not understood`);
  const known = values.slice(-evaluationPeriods - MORE_PERIODS).filter((value) => value !== undefined);
  const evaluated = known.slice(-evaluationPeriods);
  const missing = evaluationPeriods - evaluated.length;
  const breaching = evaluated.filter((value) => isBreaching(alarm, value)).length;
  return breaching + (treatMissingData === "breaching" ? missing : 0) >= datapointsToAlarm;
}

function isBreaching({ comparisonOperator, threshold }: Alarm, value: number): boolean {
  switch (comparisonOperator) {
    case "GreaterThanThreshold":
      return value > threshold;
    case "GreaterThanOrEqualToThreshold":
      return value >= threshold;
    case "LessThanThreshold":
      return value < threshold;
    case "LessThanOrEqualToThreshold":
      return value <= threshold;
    default:
      throw new Error(`${comparisonOperator} is not understood`);
  }
}

function valuesOf(alarm: Alarm, measured: Measured): Series {
  const { metricQueries, metricName = "", statistic, extendedStatistic, period } = alarm;
  if (!metricQueries)
    return seriesOf({ metricName, stat: statistic ?? extendedStatistic ?? "", period }, measured);
  const metrics = metricQueries.flatMap(({ id, metric }) =>
    metric ? [[id, seriesOf(metric, measured)]] : [],
  );
  const watched = metricQueries.find(({ returnData }) => returnData);
  return evaluateMath(watched?.expression ?? "", Object.fromEntries(metrics));
}

function seriesOf(
  { metricName, stat, period }: { metricName: string; stat: string; period: number | undefined },
  measured: Measured,
): Series {
  if (period !== 60) throw new Error(`a period of ${period} s is not understood`);
  const minutes = Math.max(0, ...Object.values(measured).map(({ length }) => length));
  return Array.from({ length: minutes }, (_, index) =>
    statisticOf(stat, measured[metricName]?.[index] ?? []),
  );
}

function statisticOf(stat: string, values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  if (stat === "Sum") return values.reduce((sum, each) => sum + each, 0);
  if (stat === "Maximum") return Math.max(...values);
  const [, percentile] = /^p(\d+)$/.exec(stat) ?? [];
  if (percentile === undefined) throw new Error(`the statistic ${stat} is not understood`);
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((Number(percentile) / 100) * sorted.length) - 1];
}
