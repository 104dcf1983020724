import { describe, expect } from "vitest";
import { type Alarm, isRaised, type Measured } from "./cloudwatch/alarm-rules.ts";
import type { State } from "./state.ts";
import { functions, test } from "./testing.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

describe("alarms", () => {
  test("are named as the pipeline looks for them, and send an e-mail", ({ prod: { state } }) => {
    const topic = state.resource("Alarms").outputs.arn;
    expect(state.resource("AlarmsByEmail").inputs).toMatchObject({
      topic,
      protocol: "email",
      endpoint: "oncall@example.com",
    });
    const alarms = state.ofType(ALARM);
    expect(alarms).toHaveLength(3 + 3 * functions.length);
    for (const { urn, inputs } of alarms) {
      expect(inputs).toMatchObject({
        name: `fixture-prod-${urn.split("::").at(-1)}`,
        alarmActions: [topic],
        okActions: [topic],
        treatMissingData: "notBreaching",
      });
    }
  });

  test("watch the share of requests that fail, and how long they take", ({ prod: { state } }) => {
    const dimensions = { ApiId: state.resource("ApiApi").outputs.id ?? expect.any(String) };
    expect(state.resource("ApiServerErrors").inputs).toMatchObject({
      threshold: 2,
      metricQueries: [
        { expression: "100 * errors / requests", returnData: true },
        { metric: { metricName: "5xx", dimensions } },
        { metric: { metricName: "Count", dimensions } },
      ],
    });
    expect(state.resource("ApiLatency").inputs).toMatchObject({
      extendedStatistic: "p99",
      threshold: 500,
      dimensions,
    });
  });

  test.for(functions)("watch $name", ({ name, resource, limits }, { prod: { state } }) => {
    const FunctionName = state.resource(`${resource}Function`).outputs.name;
    const watches = (kind: string) => state.resource(resource + kind).inputs;
    expect(watches("Errors")).toMatchObject({
      threshold: 1,
      metricQueries: [
        { expression: "FILL(failed, 0) + FILL(logged, 0)", returnData: true },
        { id: "failed", metric: { metricName: "Errors", stat: "Sum", dimensions: { FunctionName } } },
        {
          id: "logged",
          metric: { namespace: "fixture-prod", metricName: `${resource}Errors`, stat: "Sum" },
        },
      ],
    });
    expect(state.resource(`${resource}ErrorsCount`).inputs).toMatchObject({
      logGroupName: state.resource(`${resource}LogGroup`).outputs.name,
      metricTransformation: { namespace: "fixture-prod", name: `${resource}Errors`, value: "1" },
    });
    expect(watches("Throttles")).toMatchObject({ metricName: "Throttles", statistic: "Sum", threshold: 2 });
    expect(watches("Duration")).toMatchObject({
      metricName: "Duration",
      statistic: "Maximum",
      threshold: 750 * limits.timeoutSeconds,
    });
    for (const kind of ["Throttles", "Duration"])
      expect(watches(kind)).toMatchObject({ dimensions: { FunctionName } });
    for (const kind of ["Errors", "Throttles", "Duration"])
      expect(watches(kind).alarmDescription).toContain(`${name} `);
  });

  test("are none without an address", ({ anna: { state } }) => {
    expect(state.ofType(ALARM)).toEqual([]);
    expect(state.ofType("aws:sns/topic:Topic")).toEqual([]);
    expect(state.ofType("aws:cloudwatch/logMetricFilter:LogMetricFilter")).toEqual([]);
    expect(state.ofType("aws:budgets/budget:Budget")).toEqual([]);
  });
});

/** Whether an alarm is raised at the end of each of those minutes. */
function raised(state: State, alarm: string, measured: Measured): readonly boolean[] {
  return isRaised(state.resource(alarm).inputs as Alarm, measured); // as the provider takes it
}

const minutes = <T>(count: number, minute: T): T[] => Array<T>(count).fill(minute);
const once = [1];
const none = [0];
const failing = (each: number[]) => ({ "5xx": minutes(3, each), Count: minutes(3, each) });

describe("an alarm rings, and only then:", () => {
  test.for<[alarm: string, situation: string, measured: Measured, rings: boolean]>([
    ["ApiServerErrors", "five requests a minute, which all fail", failing([5]), true],
    ["ApiServerErrors", "one request a minute, which fails", failing(once), true],
    [
      "ApiServerErrors",
      "a request every other minute, which fails",
      { "5xx": [once, [], once, [], once], Count: [once, [], once, [], once] },
      true,
    ],
    ["ApiServerErrors", "two requests that fail", { "5xx": [once, once], Count: [once, once] }, false],
    [
      "ApiServerErrors",
      "one minute in which all fail",
      { "5xx": [[500], ...minutes(9, none)], Count: minutes(10, [500]) },
      false,
    ],
    [
      "ApiServerErrors",
      "as many failures as allowed",
      { "5xx": minutes(9, [2]), Count: minutes(9, [100]) },
      false,
    ],
    ["ApiServerErrors", "one failure more", { "5xx": minutes(3, [3]), Count: minutes(3, [100]) }, true],
    ["ApiServerErrors", "a night without requests", { "5xx": minutes(9, []), Count: minutes(9, []) }, false],
    ["ApiLatency", "slow for five minutes", { Latency: minutes(5, [20, 501]) }, true],
    ["ApiLatency", "slow for four", { Latency: [...minutes(4, [20, 501]), [20]] }, false],
    ["ApiLatency", "a slow one of two hundred", { Latency: minutes(9, [...minutes(199, 20), 900]) }, false],
    ["ApiThrottles", "refused with a 429 in two minutes", { ApiThrottles: [[4], [], [4]] }, true],
    ["ApiThrottles", "no more refused than allowed", { ApiThrottles: minutes(9, [3]) }, false],
    ["ApiThrottles", "a flood of one minute", { ApiThrottles: [[900], ...minutes(9, [])] }, false],
    [
      "GreetErrors",
      "answers of 500, which Lambda takes for successes",
      { Errors: minutes(3, none), GreetErrors: [[1, 1], [], [1, 1]] },
      true,
    ],
    ["GreetErrors", "timeouts, of which the function logs nothing", { Errors: [[2], none, [2]] }, true],
    ["GreetErrors", "one of each", { Errors: [once, once], GreetErrors: [once, once] }, true],
    [
      "GreetErrors",
      "no more than allowed",
      { Errors: minutes(9, none), GreetErrors: minutes(9, once) },
      false,
    ],
    ["GreetErrors", "errors of one minute", { GreetErrors: [[9], ...minutes(9, [])] }, false],
    ["GreetErrors", "requests that go well", { Errors: minutes(9, none) }, false],
    ["GreetThrottles", "more at once than there is", { Throttles: [[3], none, [3]] }, true],
    ["GreetThrottles", "no more than allowed", { Throttles: minutes(9, [2]) }, false],
    ["GreetDuration", "near the timeout in two minutes", { Duration: [[20, 7501], [20], [7501]] }, true],
    ["GreetDuration", "near the timeout in one", { Duration: [[7501], ...minutes(9, [20])] }, false],
  ])("%s, %s", ([alarm, , measured, rings], { prod: { state } }) => {
    expect(raised(state, alarm, measured).includes(true)).toBe(rings);
  });

  test("it is over when the errors are", ({ prod: { state } }) => {
    const Errors = [...minutes(3, [2]), ...minutes(6, none)];
    const expected = [false, true, true, true, true, true, false, false, false];
    expect(raised(state, "GreetErrors", { Errors })).toEqual(expected);
  });
});

describe("a budget", () => {
  test("sends a mail when the month has cost more than that, and when it is going to", ({
    prod: { state },
  }) => {
    expect(state.resource("Budget").inputs).toMatchObject({
      name: "fixture-prod",
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: "20",
      limitUnit: "USD",
      notifications: ["ACTUAL", "FORECASTED"].map((notificationType) => ({
        notificationType,
        comparisonOperator: "GREATER_THAN",
        threshold: 100,
        thresholdType: "PERCENTAGE",
        subscriberEmailAddresses: ["oncall@example.com"],
      })),
    });
  });
});
