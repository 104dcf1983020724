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
    expect(alarms.map(({ metricName }) => metricName)).toEqual(expect.arrayContaining(KINDS));
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
