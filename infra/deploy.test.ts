import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { api, cors } from "@acme/contracts";
import { loadApplication } from "@lucky/application/application";
import { pascalCase } from "@lucky/gateway/name";
import { bundleBootstrap, bundleFunction } from "@lucky/local/bundle";
import { startEnvironment } from "@lucky/local/environment";
import { type Aws, serveAws } from "@lucky/offline/aws";
import { createProject, type Ended, type Project } from "@lucky/offline/project";
import { readState, type State } from "@lucky/offline/state";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// SST is real: its command line, its components, its bundler. The Pulumi engine and AWS are stand-ins, so it is not
// proven what AWS says to all this, nor what an update changes.

const { functions } = await loadApplication();
const PROD = { ALARM_EMAIL: "oncall@example.com" };
const FUNCTION = "aws:lambda/function:Function";

let aws: Aws;
let project: Project;
let deployed: Ended;
let prod: State;

beforeAll(async () => {
  aws = await serveAws();
  project = createProject(aws.url);
  deployed = await project.sst(["deploy", "--stage", "prod"], PROD);
  if (deployed.exitCode !== 0) throw new Error(deployed.output);
  prod = await readState(project, "prod", PROD);
}, 600_000);
afterAll(async () => {
  project.remove();
  await aws.close();
});

describe("sst diff --stage prod", () => {
  test("shows what would be made, and makes nothing", async () => {
    const before = aws.calls.length;
    const { exitCode, output } = await project.sst(["diff", "--stage", "prod"], PROD);
    expect(exitCode).toBe(0);
    expect(output).toContain("LuckyNumbersFunction aws:lambda:Function");
    expect(
      aws.calls.slice(before).filter((call) => call.startsWith("PUT") && call.includes("/app/")),
    ).toEqual([]);
  });
});

describe("sst deploy --stage prod", () => {
  test("prints the API's address and a curl that calls it", () => {
    const url = prod.resource("ApiApi").outputs.apiEndpoint;
    expect(deployed.output).toContain("✓  Complete");
    expect(deployed.output).toContain(`url: ${url}`);
    expect(deployed.output).toContain(
      `curl: curl -H 'content-type: application/json' -d '{"name":"SilentByte","count":10}' ${url}/lucky_numbers`,
    );
  });

  test("has the routes of the contracts, and no others, in payload 2.0", () => {
    const routes = prod.ofType("aws:apigatewayv2/route:Route").map(({ inputs }) => inputs.routeKey);
    expect(routes.sort()).toEqual(
      Object.values(api)
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    );
    for (const { inputs } of prod.ofType("aws:apigatewayv2/integration:Integration")) {
      expect(inputs).toMatchObject({ integrationType: "AWS_PROXY", payloadFormatVersion: "2.0" });
    }
  });

  test.each(functions)("runs $name on Node.js 24 and arm64, with JSON logs", ({ name, contract, limits }) => {
    const { memoryMegabytes, timeoutSeconds } = limits;
    expect(prod.resource(`${pascalCase(name)}Function`).inputs).toMatchObject({
      description: contract.summary,
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      handler: "bundle.handler",
      memorySize: memoryMegabytes,
      timeout: timeoutSeconds,
      reservedConcurrentExecutions: 50,
      loggingConfig: { logFormat: "JSON", applicationLogLevel: "INFO" },
      tracingConfig: { mode: "Active" },
      environment: { variables: { NODE_ENV: "production" } },
    });
  });

  test("trusts Lambda alone with its roles", () => {
    const roles = prod.ofType("aws:iam/role:Role");
    expect(roles).toHaveLength(functions.length);
    for (const { inputs } of roles) {
      expect(inputs.assumeRolePolicy).toMatchObject({
        Statement: [
          { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
        ],
      });
    }
  });

  test("lets a function write its own log and its traces, and nothing else", () => {
    for (const { inputs } of prod.ofType("aws:iam/role:Role")) {
      expect(inputs).toMatchObject({ managedPolicyArns: [], inlinePolicies: [] });
    }
    const policies = prod.ofType("aws:iam/rolePolicy:RolePolicy");
    expect(policies).toHaveLength(functions.length);
    for (const { inputs } of policies) {
      expect(JSON.parse(String(inputs.policy)).Statement).toEqual([
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: expect.stringMatching(
            /^arn:aws:cloudwatch:\S+\/aws\/lambda\/lucky-lambda-prod-\w+-\w+:\*$/,
          ),
        },
        { Effect: "Allow", Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource: "*" },
      ]);
    }
  });

  test("lets this API alone call its functions", () => {
    const executionArn = prod.resource("ApiApi").outputs.executionArn;
    const permissions = prod.ofType("aws:lambda/permission:Permission").map(({ inputs }) => inputs);
    expect(permissions).toHaveLength(functions.length);
    for (const permission of permissions) {
      expect(permission).toMatchObject({
        principal: "apigateway.amazonaws.com",
        sourceArn: `${executionArn}/*`,
      });
    }
  });

  test("throttles, at rates that are not 0", () => {
    expect(prod.resource("ApiStage").inputs).toMatchObject({
      name: "$default",
      defaultRouteSettings: {
        detailedMetricsEnabled: true,
        throttlingRateLimit: 500,
        throttlingBurstLimit: 1000,
      },
    });
  });

  test("logs each access in JSON, and keeps every log for half a year", () => {
    const { inputs } = prod.resource("ApiStage");
    const { format, destinationArn } = inputs.accessLogSettings as { format: string; destinationArn: string }; // SST's
    expect(destinationArn).toBe(prod.resource("ApiAccessLog").outputs.arn);
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
    const groups = prod.ofType("aws:cloudwatch/logGroup:LogGroup");
    expect(groups).toHaveLength(functions.length + 1);
    for (const group of groups) expect(group.inputs).toMatchObject({ retentionInDays: 180 });
  });

  test("answers preflights as configured", () => {
    const { maxAgeSeconds, ...lists } = cors;
    expect(prod.resource("ApiApi").inputs.corsConfiguration).toEqual({ ...lists, maxAge: maxAgeSeconds });
  });

  test("watches the API and each function, and tells it by e-mail", () => {
    const topic = prod.resource("Alarms").outputs.arn;
    expect(prod.resource("AlarmsByEmail").inputs).toMatchObject({
      topic,
      protocol: "email",
      endpoint: "oncall@example.com",
    });
    const alarms = prod.ofType("aws:cloudwatch/metricAlarm:MetricAlarm");
    const names = alarms.map(({ urn }) => urn.split("::").at(-1));
    const each = functions.flatMap(({ name }) =>
      ["Errors", "Throttles", "Duration"].map((kind) => pascalCase(name) + kind),
    );
    expect(names.sort()).toEqual(["ApiLatency", "ApiServerErrors", ...each].sort());
    for (const { inputs } of alarms) {
      expect(inputs.name).toMatch(/^lucky-lambda-prod-/); // as the pipeline looks for them
      expect(inputs).toMatchObject({
        alarmActions: [topic],
        okActions: [topic],
        treatMissingData: "notBreaching",
      });
    }
    expect(prod.resource("LuckyNumbersDuration").inputs).toMatchObject({
      metricName: "Duration",
      statistic: "Maximum",
      threshold: 8000,
      dimensions: { FunctionName: prod.resource("LuckyNumbersFunction").outputs.name },
    });
    expect(prod.resource("ApiLatency").inputs).toMatchObject({
      extendedStatistic: "p99",
      dimensions: { ApiId: prod.resource("ApiApi").outputs.id ?? expect.any(String) },
    });
  });

  test("has a dashboard of traffic, errors, latency, concurrency, cold starts and cost", () => {
    const { dashboardName, dashboardBody } = prod.resource("Dashboard").inputs;
    expect(dashboardName).toBe("lucky-lambda-prod");
    const { widgets } = JSON.parse(String(dashboardBody)) as {
      widgets: { properties: { title: string; query?: string } }[];
    }; // ours
    const titles = widgets.map(({ properties }) => properties.title);
    expect(titles).toEqual([
      "Requests",
      "Latency of the API, ms",
      "Function errors",
      "Duration p99, ms",
      "Concurrent executions",
      "Throttles",
      ...functions.map(({ name }) => `${name}: cold starts and cost`),
    ]);
    for (const { name, limits } of functions) {
      const group = prod.resource(`${pascalCase(name)}LogGroup`).outputs.name;
      const { query } = widgets[titles.indexOf(`${name}: cold starts and cost`)]?.properties ?? {};
      const gigabytes = limits.memoryMegabytes / 1024;
      expect(query).toContain(`SOURCE '${group}' | filter type = "platform.report"`);
      expect(query).toContain(`* ${gigabytes} * 0.0000133334 + count(*) * 2e-7 as dollars`);
    }
  });

  test("makes it all in the region that is set, tagged with app and stage", () => {
    const { region, defaultTags } = prod.resource("default").inputs;
    expect(region).toBe("eu-central-1");
    expect(JSON.parse(String(defaultTags))).toEqual({
      tags: { "sst:app": "lucky-lambda", "sst:stage": "prod" },
    });
  });

  test("is protected from sst remove", async () => {
    const { exitCode, output } = await project.sst(["remove", "--stage", "prod"], PROD);
    expect(exitCode).toBe(1);
    expect(output).toContain("Cannot remove protected stage");
  });
});

describe("the bundle that SST uploads", () => {
  const artifact = (file: string) => join(project.root, ".sst/artifacts/LuckyNumbers-src", file);
  const folder = mkdtempSync(join(tmpdir(), "lucky-infra-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(functions)(
    "of $name is byte for byte the one that runs on this machine",
    async ({ name, entry }) => {
      mkdirSync(join(folder, name));
      await bundleFunction(entry, join(folder, name));
      const uploaded = readFileSync(join(project.root, `.sst/artifacts/${pascalCase(name)}-src/bundle.cjs`));
      expect(uploaded.equals(readFileSync(join(folder, name, "bundle.cjs")))).toBe(true);
    },
  );

  test("answers the article's request in the local Lambda", async () => {
    const environment = await startEnvironment({
      functionName: "lucky-numbers",
      taskRoot: dirname(artifact("bundle.cjs")),
      runtimeClient: await bundleBootstrap(folder),
      timeoutSeconds: 10,
      memoryMegabytes: 1024,
      logFormat: "json",
    });
    const { payload } = await environment.invoke(
      '{"body": "{\\"name\\":\\"SilentByte\\", \\"count\\": 10}"}',
    );
    await environment.stop();
    const { body, ...rest } = JSON.parse(payload);
    expect(rest).toMatchObject({ statusCode: 200, isBase64Encoded: false });
    expect(JSON.parse(body)).toEqual({
      message: "Hi, 'SILENTBYTE'. Your lucky numbers are:",
      numbers: Array.from({ length: 10 }, () => expect.any(Number)),
    });
  });

  test("has a map that leads back to the TypeScript sources", () => {
    const { sources } = JSON.parse(readFileSync(artifact("bundle.cjs.map"), "utf8")) as { sources: string[] }; // a source map
    expect(sources.some((source) => source.endsWith("functions/lucky-numbers/src/handler.ts"))).toBe(true);
    expect(sources.some((source) => source.endsWith("packages/core/src/lucky-numbers.ts"))).toBe(true);
  });
});

describe("a personal stage", () => {
  let anna: State;
  beforeAll(async () => {
    const { exitCode, output } = await project.sst(["deploy", "--stage", "anna"]);
    if (exitCode !== 0) throw new Error(output);
    anna = await readState(project, "anna", {});
  }, 600_000);

  test("stands beside prod, with names of its own", async () => {
    const names = (state: State) => state.ofType(FUNCTION).map(({ inputs }) => String(inputs.name));
    expect(names(anna).every((name) => name.startsWith("lucky-lambda-anna-"))).toBe(true);
    expect(names(prod).every((name) => name.startsWith("lucky-lambda-prod-"))).toBe(true);
    expect(names(await readState(project, "prod", PROD))).toEqual(names(prod));
  });

  test("keeps logs for a week, is throttled sooner, reserves and traces nothing, and nobody watches it", () => {
    for (const { inputs } of anna.ofType("aws:cloudwatch/logGroup:LogGroup"))
      expect(inputs.retentionInDays).toBe(7);
    expect(anna.resource("ApiStage").inputs.defaultRouteSettings).toMatchObject({ throttlingRateLimit: 50 });
    const { inputs } = anna.resource("LuckyNumbersFunction");
    expect(inputs.loggingConfig).toMatchObject({ applicationLogLevel: "TRACE" });
    for (const key of ["reservedConcurrentExecutions", "tracingConfig"])
      expect(inputs).not.toHaveProperty(key);
    expect(anna.ofType("aws:cloudwatch/metricAlarm:MetricAlarm")).toEqual([]);
    expect(anna.ofType("aws:cloudwatch/dashboard:Dashboard")).toEqual([]);
  });

  test("is removed when asked", async () => {
    expect(await project.sst(["remove", "--stage", "anna"])).toMatchObject({ exitCode: 0 });
    expect((await readState(project, "anna", {})).ofType(FUNCTION)).toEqual([]);
  });

  test("is watched where an address is given", async () => {
    const { output } = await project.sst(["diff", "--stage", "anna"], PROD);
    expect(output).toContain("AlarmsByEmail aws:sns:TopicSubscription");
    expect(output).toContain("Dashboard aws:cloudwatch:Dashboard");
  });
});
