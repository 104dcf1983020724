import { describe, expect, test } from "vitest";
import { type Alarm, isRaised, judge } from "./alarm-rules.ts";

const THREE: Alarm = { comparisonOperator: "GreaterThanThreshold", threshold: 0, evaluationPeriods: 3 };
const TWO_OF_THREE: Alarm = { ...THREE, datapointsToAlarm: 2 };

/** As in CloudWatch's documentation: 0 is within the threshold, X is not, - is missing. */
const points = (text: string) =>
  text.split(" ").map((point) => (point === "-" ? undefined : point === "X" ? 1 : 0));

// The tables of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
describe("missing data, as CloudWatch's documentation has them:", () => {
  test.each([
    ["0 - X - X", false, false],
    ["- - - - 0", false, false],
    ["- - - - -", true, false],
    ["0 X X - X", true, true],
    ["- - X - -", true, false],
  ])("three of three, %s", (text, breaching, notBreaching) => {
    expect(judge({ ...THREE, treatMissingData: "breaching" }, points(text))).toBe(breaching);
    expect(judge({ ...THREE, treatMissingData: "notBreaching" }, points(text))).toBe(notBreaching);
  });

  test.each([
    ["0 - X - X", true, true],
    ["0 0 X 0 X", true, true],
    ["0 - X - -", true, false],
    ["- - - - 0", true, false],
    ["- - - X -", true, false],
  ])("two of three, %s", (text, breaching, notBreaching) => {
    expect(judge({ ...TWO_OF_THREE, treatMissingData: "breaching" }, points(text))).toBe(breaching);
    expect(judge({ ...TWO_OF_THREE, treatMissingData: "notBreaching" }, points(text))).toBe(notBreaching);
  });
});

describe("an alarm", () => {
  const alarm = { ...TWO_OF_THREE, treatMissingData: "notBreaching", metricName: "Errors", period: 60 };

  test("is raised while enough of the last periods are over its threshold, and not longer", () => {
    const Errors = [[0], [1], [0, 1], [0], [0], [0]];
    const sum = { ...alarm, statistic: "Sum" };
    expect(isRaised(sum, { Errors })).toEqual([false, false, true, true, false, false]);
    expect(isRaised({ ...sum, threshold: 1 }, { Errors })).not.toContain(true);
    expect(
      isRaised({ ...sum, comparisonOperator: "LessThanThreshold", threshold: 1 }, { Errors: [[0], [0]] }),
    ).toEqual([false, true]);
  });

  test.each([
    ["Sum", undefined, 111],
    ["Maximum", undefined, 100],
    [undefined, "p99", 100],
    [undefined, "p50", 10],
  ])("watches a statistic: %s %s", (statistic, extendedStatistic, value) => {
    const watching = { ...alarm, statistic, extendedStatistic, datapointsToAlarm: 1 } as Alarm; // one of the two
    const Errors = [[10, 1, 100]];
    expect(isRaised({ ...watching, threshold: value - 1 }, { Errors })).toEqual([true]);
    expect(isRaised({ ...watching, threshold: value }, { Errors })).toEqual([false]);
  });

  test("is not judged by rules that are not known here", () => {
    expect(() => judge({ ...THREE, treatMissingData: "ignore" }, [])).toThrow("ignore are not understood");
    expect(() => judge({ ...alarm, comparisonOperator: "Greater" }, [1])).toThrow(
      "Greater is not understood",
    );
    expect(() => isRaised({ ...alarm, statistic: "Sum", period: 300 }, { Errors: [[1]] })).toThrow("300 s");
    expect(() => isRaised({ ...alarm, statistic: "Average" }, { Errors: [[1]] })).toThrow("Average");
  });
});
