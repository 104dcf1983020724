import { describe, expect } from "vitest";
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
    expect(alarms).toHaveLength(2 + 3 * functions.length);
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
        { expression: "IF(requests >= 20, 100 * errors / requests, 0)", returnData: true },
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
    expect(watches("Errors")).toMatchObject({ metricName: "Errors", statistic: "Sum", threshold: 1 });
    expect(watches("Throttles")).toMatchObject({ metricName: "Throttles", statistic: "Sum", threshold: 2 });
    expect(watches("Duration")).toMatchObject({
      metricName: "Duration",
      statistic: "Maximum",
      threshold: 750 * limits.timeoutSeconds,
    });
    for (const kind of ["Errors", "Throttles", "Duration"]) {
      expect(watches(kind)).toMatchObject({ dimensions: { FunctionName } });
      expect(watches(kind).alarmDescription).toContain(`${name} `);
    }
  });

  test("are none without an address", ({ anna: { state } }) => {
    expect(state.ofType(ALARM)).toEqual([]);
    expect(state.ofType("aws:sns/topic:Topic")).toEqual([]);
  });
});
