import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleBootstrap, bundleFunction } from "@lucky/local/bundle";
import { startEnvironment } from "@lucky/local/environment";
import { describe, expect, onTestFinished } from "vitest";
import { functions, test } from "./testing.ts";

describe("a function", () => {
  test.for(functions)("$name runs on Node.js 24 and arm64, with JSON logs", (each, { prod }) => {
    expect(prod.state.resource(`${each.resource}Function`).inputs).toMatchObject({
      description: each.contract.summary,
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      handler: "bundle.handler",
      memorySize: each.limits.memoryMegabytes,
      timeout: each.limits.timeoutSeconds,
      loggingConfig: { logFormat: "JSON", applicationLogLevel: "INFO" },
    });
  });

  test("has what all functions have", ({ prod }) => {
    expect(prod.state.resource("GreetFunction").inputs).toMatchObject({
      environment: { variables: { NODE_ENV: "production" } },
      reservedConcurrentExecutions: 50,
      tracingConfig: { mode: "Active" },
    });
    expect(prod.state.resource("GreetLogGroup").inputs.retentionInDays).toBe(180);
  });

  test("has what it has of its own before what all have, and the environment of both", ({ prod }) => {
    expect(prod.state.resource("CreateNoteFunction").inputs).toMatchObject({
      environment: { variables: { NODE_ENV: "production", BUCKET: "notes" } },
      reservedConcurrentExecutions: 5,
      tracingConfig: { mode: "Active" },
    });
    expect(prod.state.resource("CreateNoteLogGroup").inputs.retentionInDays).toBe(365);
  });

  test("has whatever SST can give it besides, of what all have and of its own", ({ prod }) => {
    const { inputs } = prod.state.resource("CreateNoteFunction");
    expect(inputs).toMatchObject({
      vpcConfig: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
      layers: ["common", "own"].map((name) => `arn:aws:lambda:eu-central-1:123456789012:layer:${name}:1`),
      tags: { part: "functions", team: "notes" },
      codeSigningConfigArn:
        "arn:aws:lambda:eu-central-1:123456789012:code-signing-config:csc-0123456789abcdef0",
      loggingConfig: { logFormat: "JSON", applicationLogLevel: "INFO", systemLogLevel: "WARN" },
      tracingConfig: { mode: "Active" },
    });
    expect(prod.state.resource("CreateNoteLogGroup").inputs).toMatchObject({
      kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/1",
      retentionInDays: 365,
    });
  });

  test("leaves its log behind where that is to be kept", ({ prod, anna }) => {
    const isKept = ({ state }: typeof prod) => state.resource("GreetLogGroup").retainOnDelete ?? false;
    expect([isKept(prod), isKept(anna)]).toEqual([true, false]);
  });

  test("has no more than it was given", ({ anna }) => {
    const { inputs } = anna.state.resource("GreetFunction");
    expect(inputs.loggingConfig).toMatchObject({ applicationLogLevel: "TRACE" });
    expect(inputs).not.toMatchObject({ environment: { variables: { NODE_ENV: expect.anything() } } });
    for (const key of ["reservedConcurrentExecutions", "tracingConfig"])
      expect(inputs).not.toHaveProperty(key);
    expect(anna.state.resource("GreetLogGroup").inputs.retentionInDays).toBe(7);
  });
});

describe("a bundle that SST uploads", () => {
  const newFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), "lucky-offline-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    return folder;
  };
  const artifacts = (root: string, resource: string) => join(root, `.sst/artifacts/${resource}-src`);

  test.for(functions)(
    "is byte for byte the local one: $name",
    async ({ entry, bundling, resource }, { offline, prod: _ }) => {
      const folder = newFolder();
      await bundleFunction(entry, folder, bundling);
      const uploaded = readFileSync(join(artifacts(offline.project.root, resource), "bundle.cjs"));
      expect(uploaded.equals(readFileSync(join(folder, "bundle.cjs")))).toBe(true);
    },
  );

  test("answers in the local Lambda", async ({ offline, prod: _ }) => {
    const environment = await startEnvironment({
      functionName: "greet",
      taskRoot: artifacts(offline.project.root, "Greet"),
      runtimeClient: await bundleBootstrap(newFolder()),
      timeoutSeconds: 10,
      memoryMegabytes: 1024,
      logFormat: "json",
    });
    const { payload } = await environment.invoke('{"body": "{\\"name\\":\\"Ada\\",\\"count\\":1}"}');
    await environment.stop();
    const { statusCode, body } = JSON.parse(payload);
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toEqual({ message: "Hello, ADA!", greetings: ["Hello, ADA!"] });
  });

  test("has a map that leads back to the TypeScript sources", ({ offline, prod: _ }) => {
    const map = readFileSync(join(artifacts(offline.project.root, "Greet"), "bundle.cjs.map"), "utf8");
    const { sources } = JSON.parse(map) as { sources: readonly string[] }; // a source map
    for (const file of ["functions/greet/src/handler.ts", "packages/contracts/src/greet.ts"]) {
      expect(sources.some((source) => source.endsWith(file))).toBe(true);
    }
  });
});
