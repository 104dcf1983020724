import { type Alarm, isRaised, type Measured } from "@lucky/offline/alarm-rules";
import type { State } from "@lucky/offline/state";
import { describe, expect } from "vitest";
import { app, functions, PROD, test } from "./testing.ts";

const KINDS = ["Errors", "Throttles", "Duration"];

/** The alarms on a function, or on another thing that CloudWatch tells apart by that dimension. */
function alarmsOn(state: State, dimension: string, value: unknown) {
  const text = JSON.stringify({ [dimension]: value });
  return state
    .ofType("aws:cloudwatch/metricAlarm:MetricAlarm")
    .map(({ inputs }) => inputs)
    .filter((inputs) => JSON.stringify(inputs).includes(text));
}

describe("in prod", () => {
  test.for(functions)("alarms watch each function: $name", ({ resource, limits }, { prod: { state } }) => {
    const alarms = alarmsOn(state, "FunctionName", state.resource(`${resource}Function`).outputs.name);
    for (const kind of KINDS) expect(JSON.stringify(alarms)).toContain(`"metricName":"${kind}"`);
    for (const { threshold } of alarms.filter(({ metricName }) => metricName === "Duration")) {
      expect(threshold).toBeGreaterThan(0);
      expect(threshold).toBeLessThan(limits.timeoutSeconds * 1000);
    }
  });

  test("alarms watch the API's errors and its latency", ({ prod: { state } }) => {
    const alarms = alarmsOn(state, "ApiId", state.resource("ApiStage").inputs.apiId);
    for (const metric of ["5xx", "Latency"]) {
      expect(
        alarms.filter((alarm) => JSON.stringify(alarm).includes(`"metricName":"${metric}"`)),
      ).not.toEqual([]);
    }
  });

  test.for<[situation: string, alarm: string, measured: Measured, rings: boolean]>([
    [
      "five requests a minute that all fail",
      "ApiServerErrors",
      { Count: [[5], [5], [5]], "5xx": [[5], [5], [5]] },
      true,
    ],
    ["one failure in a minute", "ApiServerErrors", { Count: [[5], [5], [5]], "5xx": [[1], [0], [0]] }, false],
    ["requests that take two seconds", "ApiLatency", { Latency: Array(5).fill([2000]) }, true],
    ["many refused by a throttle", "ApiThrottles", { ApiThrottles: [[50], [50]] }, true],
    ["a burst that is refused", "ApiThrottles", { ApiThrottles: [[50], [], []] }, false],
  ])("%s: %s", ([, alarm, measured, rings], { prod: { state } }) => {
    expect(isRaised(state.resource(alarm).inputs as Alarm, measured).includes(true)).toBe(rings); // as the provider takes it
  });

  test.for(functions)("an alarm rings when a function answers 500, or times out: $name", (each, { prod }) => {
    const alarm = prod.state.resource(`${each.resource}Errors`).inputs as Alarm; // as the provider takes it
    const { metricTransformation } = prod.state.resource(`${each.resource}ErrorsCount`).inputs;
    const { name } = metricTransformation as { name: string }; // the provider's
    expect(isRaised(alarm, { Errors: [[0], [0]], [name]: [[1], [1]] })).toContain(true);
    expect(isRaised(alarm, { Errors: [[1], [1]] })).toContain(true);
    expect(isRaised(alarm, { Errors: [[0, 0], [0]] })).not.toContain(true);
  });

  test("each alarm sends an e-mail, and is named as the pipeline looks for it", ({ prod: { state } }) => {
    const topic = state.resource("Alarms").outputs.arn;
    expect(state.resource("AlarmsByEmail").inputs).toMatchObject({
      topic,
      protocol: "email",
      endpoint: PROD.ALARM_EMAIL,
    });
    for (const { inputs } of state.ofType("aws:cloudwatch/metricAlarm:MetricAlarm")) {
      expect(inputs.name).toMatch(new RegExp(`^${app}-prod-`));
      expect(inputs).toMatchObject({ alarmActions: [topic], okActions: [topic] });
    }
  });

  test("a log outlives its function, and elsewhere goes with it", ({ prod, anna }) => {
    for (const name of ["ApiAccessLog", ...functions.map(({ resource }) => `${resource}LogGroup`)]) {
      expect(prod.state.resource(name).retainOnDelete, name).toBe(true);
      expect(anna.state.resource(name).retainOnDelete, name).toBeUndefined();
    }
  });

  test("every log ends some day", ({ prod, anna }) => {
    for (const { state } of [prod, anna]) {
      for (const { urn, inputs } of state.ofType("aws:cloudwatch/logGroup:LogGroup")) {
        expect(inputs.retentionInDays, urn).toBeGreaterThan(0);
      }
    }
  });
});

describe("prod's dashboard", () => {
  test.for(functions)(
    "shows each function's errors, latency, concurrency, cold starts and cost: $name",
    (each, { prod: { state } }) => {
      const body = String(state.resource("Dashboard").inputs.dashboardBody);
      const functionName = state.resource(`${each.resource}Function`).outputs.name;
      for (const metric of [...KINDS, "ConcurrentExecutions"]) {
        expect(body).toContain(
          JSON.stringify(["AWS/Lambda", metric, "FunctionName", functionName]).slice(0, -1),
        );
      }
      expect(body).toContain(`SOURCE '${state.resource(`${each.resource}LogGroup`).outputs.name}'`);
    },
  );

  test("shows the API's traffic, errors and latency", ({ prod: { state } }) => {
    const body = String(state.resource("Dashboard").inputs.dashboardBody);
    for (const metric of ["Count", "4xx", "5xx", "Latency"]) {
      expect(body).toContain(JSON.stringify(["AWS/ApiGateway", metric, "ApiId"]).slice(0, -1));
    }
  });
});
