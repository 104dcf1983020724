import { describe, expect } from "vitest";
import { PROD, test } from "./testing.ts";

describe("prod", () => {
  test("is protected from sst remove", async ({ offline, prod: _ }) => {
    const { exitCode, output } = await offline.project.sst(["remove", "--stage", "prod"], PROD);
    expect(exitCode).toBe(1);
    expect(output).toContain("Cannot remove protected stage");
  });
});

describe("a budget", () => {
  test("is watched by prod where there is one", async ({ offline }) => {
    const { output } = await offline.project.sst(["diff", "--stage", "prod"], {
      ...PROD,
      MONTHLY_BUDGET: "20",
    });
    expect(output).toContain("Budget aws:budgets:Budget");
  });
});

describe("a personal stage", () => {
  test("sends nobody an e-mail", ({ anna }) => {
    expect(() => anna.state.resource("AlarmsByEmail")).toThrow("0 resources");
    expect(() => anna.state.resource("Dashboard")).toThrow("0 resources");
  });

  test("is watched where an address is given, and has the domain that is given, but no budget, which is the account's", async ({
    offline,
  }) => {
    const environment = { ...PROD, API_DOMAIN: "api.example.com", MONTHLY_BUDGET: "20" };
    const { output } = await offline.project.sst(["diff", "--stage", "anna-2"], environment);
    expect(output).toContain("AlarmsByEmail aws:sns:TopicSubscription");
    expect(output).toContain("Dashboard aws:cloudwatch:Dashboard");
    expect(output).not.toContain("aws:budgets:Budget");
    expect(output).toContain("aws:apigatewayv2:DomainName");
  });
});

describe("a domain whose zone is elsewhere", () => {
  test("is the API's only address, and the CNAME to make is printed", async ({ offline }) => {
    const { output, state } = await offline.deploy("anna-3", {
      API_DOMAIN: "api.example.com",
      API_CERTIFICATE_ARN: "arn:aws:acm:eu-central-1:123456789012:certificate/0f-1",
    });
    const { domainNameConfiguration } = state.resource("ApiDomainName").outputs;
    const { targetDomainName } = domainNameConfiguration as { targetDomainName: string }; // the provider's
    expect(output).toContain(`cname: api.example.com CNAME ${targetDomainName}`);
    expect(output).toContain("url: https://api.example.com");
    expect(state.resource("ApiApi").inputs.disableExecuteApiEndpoint).toBe(true);
  });
});

describe("a deploy is refused, before anything of the app is made, and says what to do:", () => {
  test.for<[string, string, NodeJS.ProcessEnv, string]>([
    ["a stage that means prod", "production", {}, "production is called prod. Use --stage prod."],
    ["no region", "anna-2", { AWS_REGION: "" }, "Set AWS_REGION, where the API is to run"],
    ["prod without an address for alarms", "prod", {}, "Set ALARM_EMAIL, where prod's alarms go"],
    [
      "more reserved than there is",
      "anna-2",
      { RESERVED_CONCURRENCY: "950" },
      "a quota of 1000 has 900 to reserve",
    ],
    [
      "reserved in a new account",
      "anna-2",
      { RESERVED_CONCURRENCY: "1", CONCURRENCY_QUOTA: "10" },
      "a quota of 10 has 0 to reserve",
    ],
  ])("%s", async ([, stage, environment, message], { offline }) => {
    const { exitCode, output } = await offline.project.sst(["deploy", "--stage", stage], environment);
    expect(exitCode).toBe(1);
    expect(output).toContain(message);
    expect(output).not.toContain("|  Created");
    expect(output).not.toMatch(/^\s+at /m);
  });
});
