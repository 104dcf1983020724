import { api, cors } from "@acme/contracts";
import type { Contract } from "@lucky/gateway/contract";
import { curl } from "@lucky/gateway/curl";
import { exampleUrl } from "@lucky/gateway/url";
import { describe, expect } from "vitest";
import { stageOf } from "./stage.ts";
import { functions, test } from "./testing.ts";

describe("the API", () => {
  test("has its address printed, and a curl that calls it", ({ prod: { output, state } }) => {
    const url = state.resource("ApiApi").outputs.apiEndpoint;
    const [contract]: readonly Contract[] = Object.values(api);
    expect(output).toContain(`url: ${url}`);
    expect(output).toContain(`curl: ${contract && curl(contract, exampleUrl(contract, String(url)))}`);
  });

  test.for(functions)(
    "leads to each function by its contract's route: $name",
    (each, { prod: { state } }) => {
      const { method, path } = each.contract;
      const route = state
        .ofType("aws:apigatewayv2/route:Route")
        .find(({ inputs }) => inputs.routeKey === `${method} ${path}`);
      const { arn } = state.resource(`${each.resource}Function`).outputs;
      const integration = state
        .ofType("aws:apigatewayv2/integration:Integration")
        .find(({ id }) => route?.inputs.target === `integrations/${id}`);
      expect(integration?.inputs).toMatchObject({
        integrationType: "AWS_PROXY",
        payloadFormatVersion: "2.0",
        integrationUri: stageOf("prod").hasAlias ? `${arn}:live` : arn,
      });
    },
  );

  test.for(functions)("alone may call each function: $name", (each, { prod: { state } }) => {
    const { arn } = state.resource(`${each.resource}Function`).outputs;
    const callers = state
      .ofType("aws:lambda/permission:Permission")
      .filter(({ inputs }) => inputs.function === arn);
    expect(callers.map(({ inputs }) => inputs)).toEqual([
      expect.objectContaining({
        principal: "apigateway.amazonaws.com",
        sourceArn: `${state.resource("ApiApi").outputs.executionArn}/*`,
      }),
    ]);
  });

  test("throttles as its stage says, and never to 0", ({ prod, anna }) => {
    for (const [name, { state }] of Object.entries({ prod, anna })) {
      const { requestsPerSecond, burst } = stageOf(name).throttle;
      expect(Math.min(requestsPerSecond, burst), name).toBeGreaterThan(0);
      expect(state.resource("ApiStage").inputs.defaultRouteSettings).toMatchObject({
        throttlingRateLimit: requestsPerSecond,
        throttlingBurstLimit: burst,
      });
    }
  });

  test("logs each access in JSON", ({ prod: { state } }) => {
    const { accessLogSettings } = state.resource("ApiStage").inputs;
    const { format, destinationArn } = accessLogSettings as { format: string; destinationArn: string }; // SST's
    expect(destinationArn).toBe(state.resource("ApiAccessLog").outputs.arn);
    expect(Object.keys(JSON.parse(format))).toEqual(
      expect.arrayContaining([
        "requestId",
        "routeKey",
        "status",
        "responseLatency",
        "integrationError",
        "ip",
      ]),
    );
  });

  test("answers preflights as the contracts say", ({ prod: { state } }) => {
    const { maxAgeSeconds, ...lists } = cors;
    expect(state.resource("ApiApi").inputs.corsConfiguration).toEqual({ ...lists, maxAge: maxAgeSeconds });
  });
});
