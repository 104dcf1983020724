import { describe, expect } from "vitest";
import { functions, test } from "./testing.ts";

describe("the API", () => {
  test("has the routes of the contracts, in payload 2.0", ({ prod: { state } }) => {
    const routes = state.ofType("aws:apigatewayv2/route:Route").map(({ inputs }) => inputs.routeKey);
    expect(routes.sort()).toEqual(
      functions.map(({ contract }) => `${contract.method} ${contract.path}`).sort(),
    );
    for (const { inputs } of state.ofType("aws:apigatewayv2/integration:Integration")) {
      expect(inputs).toMatchObject({ integrationType: "AWS_PROXY", payloadFormatVersion: "2.0" });
    }
  });

  test("alone may call its functions", ({ prod: { state } }) => {
    const sourceArn = `${state.resource("ApiApi").outputs.executionArn}/*`;
    const permissions = state.ofType("aws:lambda/permission:Permission");
    expect(permissions).toHaveLength(functions.length);
    for (const { inputs } of permissions) {
      expect(inputs).toMatchObject({ principal: "apigateway.amazonaws.com", sourceArn });
    }
  });

  test("throttles as it is told", ({ prod: { state } }) => {
    expect(state.resource("ApiStage").inputs).toMatchObject({
      name: "$default",
      defaultRouteSettings: {
        detailedMetricsEnabled: true,
        throttlingRateLimit: 20,
        throttlingBurstLimit: 40,
      },
    });
  });

  test("logs each access in JSON", ({ prod: { state } }) => {
    const { inputs } = state.resource("ApiStage");
    const { format, destinationArn } = inputs.accessLogSettings as { format: string; destinationArn: string }; // SST's
    const log = state.resource("ApiAccessLog");
    expect(destinationArn).toBe(log.outputs.arn);
    expect(log.inputs.retentionInDays).toBe(30);
    expect(JSON.parse(format)).toMatchObject({
      requestId: "$context.requestId",
      routeKey: "$context.routeKey",
      status: "$context.status",
      responseLatency: "$context.responseLatency",
      integrationError: "$context.integrationErrorMessage",
      ip: "$context.identity.sourceIp",
    });
  });

  test("answers preflights as the contracts say, and none where they say nothing", ({ prod, anna }) => {
    expect(prod.state.resource("ApiApi").inputs.corsConfiguration).toEqual({
      allowOrigins: ["*"],
      allowMethods: ["GET", "POST", "PUT"],
      allowHeaders: ["*"],
      exposeHeaders: ["apigw-requestid", "retry-after"],
      maxAge: 86_400,
    });
    expect(anna.state.resource("ApiApi").inputs.corsConfiguration).toEqual({});
  });

  test("has a custom domain in the place of the address that API Gateway makes up", async ({ offline }) => {
    const { output } = await offline.deploy("domain", { API_DOMAIN: "api.example.com" });
    expect(output).toContain("url: https://api.example.com");
  });
});
