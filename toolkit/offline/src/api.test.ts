import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathShape } from "@lucky/gateway/routes";
import { describe, expect } from "vitest";
import type { State } from "./state.ts";
import { functions, test } from "./testing.ts";

/** The names of the resources of each route, by `GET /notes/{}`. */
function routeNames(state: State): ReadonlyMap<string, string> {
  return new Map(
    state.ofType("aws:apigatewayv2/route:Route").map(({ urn, inputs }) => {
      const [method = "", path = ""] = String(inputs.routeKey).split(" ");
      return [`${method} ${pathShape(path)}`, urn.split("::").at(-1) ?? ""];
    }),
  );
}

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

  test("leads to an alias where a function has one, and may call that alone", ({ prod: { state } }) => {
    const { arn, name } = state.resource("ReadHealthFunction").outputs;
    expect(state.resource("ReadHealthFunction").inputs.publish).toBe(true);
    expect(state.resource("ReadHealthLive").inputs).toMatchObject({ name: "live", functionName: name });
    const uris = state
      .ofType("aws:apigatewayv2/integration:Integration")
      .map(({ inputs }) => inputs.integrationUri);
    expect(uris).toContain(`${arn}:live`);
    expect(uris).not.toContain(arn);
    const permissions = state.ofType("aws:lambda/permission:Permission").map(({ inputs }) => inputs);
    expect(permissions.filter((each) => each.function === arn)).toMatchObject([{ qualifier: "live" }]);
  });

  test("leads to a function itself where it has none", ({ prod: { state } }) => {
    const { arn } = state.resource("GreetFunction").outputs;
    expect(state.resource("GreetFunction").inputs.publish).toBe(false);
    const uris = state
      .ofType("aws:apigatewayv2/integration:Integration")
      .map(({ inputs }) => inputs.integrationUri);
    expect(uris).toContain(arn);
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

  test("throttles a route that has limits of its own by these, once the route is there", ({
    prod: { state },
  }) => {
    const { path } = functions.find(({ name }) => name === "create-note")?.contract ?? {};
    expect(state.resource("ApiStage").inputs.routeSettings).toEqual([
      {
        routeKey: `POST ${path}`,
        detailedMetricsEnabled: true,
        throttlingRateLimit: 5,
        throttlingBurstLimit: 10,
      },
    ]);
    const stageAt = state.names.indexOf("ApiStage");
    for (const name of routeNames(state).values()) expect(state.names.indexOf(name)).toBeLessThan(stageAt);
  });

  test("keeps a route whose parameter is renamed, instead of another that API Gateway would refuse", async ({
    offline,
    prod,
  }) => {
    const before = routeNames(prod.state);
    const contract = join(offline.project.root, "packages/contracts/src/read-order.ts");
    const source = readFileSync(contract, "utf8");
    writeFileSync(contract, source.replace("/{id}", "/{order}").replace("{ id:", "{ order:"));
    const renamed = await offline.deploy("renamed").finally(() => writeFileSync(contract, source));
    const keys = (state: State) =>
      state.ofType("aws:apigatewayv2/route:Route").map(({ inputs }) => String(inputs.routeKey));
    expect(keys(renamed.state)).not.toEqual(keys(prod.state));
    expect(routeNames(renamed.state)).toEqual(before);
    expect(new Set(before.values()).size).toBe(functions.length);
  });

  test("leaves its log of accesses behind where that is to be kept", ({ prod, anna }) => {
    expect(prod.state.resource("ApiAccessLog").retainOnDelete).toBe(true);
    expect(anna.state.resource("ApiAccessLog").retainOnDelete).toBeUndefined();
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
    const { output, state } = await offline.deploy("domain", { API_DOMAIN: "api.example.com" });
    expect(output).toContain("url: https://api.example.com");
    expect(state.ofType("aws:route53/record:Record")).not.toEqual([]);
    expect(state.resource("ApiApi").inputs.disableExecuteApiEndpoint).toBe(true);
  });

  test("has that address where there is no domain", ({ prod: { state } }) => {
    expect(state.resource("ApiApi").inputs).not.toHaveProperty("disableExecuteApiEndpoint");
  });

  test("makes no record and no certificate for a domain whose zone is elsewhere", async ({ offline }) => {
    const API_CERTIFICATE_ARN = "arn:aws:acm:eu-central-1:123456789012:certificate/0f-1";
    const { state } = await offline.deploy("elsewhere", {
      API_DOMAIN: "api.example.com",
      API_CERTIFICATE_ARN,
    });
    expect(state.ofType("aws:route53/record:Record")).toEqual([]);
    expect(state.ofType("aws:acm/certificate:Certificate")).toEqual([]);
    expect(state.resource("ApiDomainName").inputs).toMatchObject({
      domainName: "api.example.com",
      domainNameConfiguration: { certificateArn: API_CERTIFICATE_ARN },
    });
  });
});
