import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleBootstrap, bundleFunction } from "@lucky/local/bundle";
import { startEnvironment } from "@lucky/local/environment";
import type { Project } from "@lucky/offline/project";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { stageOf } from "./stage.ts";
import { functions, test } from "./testing.ts";

describe("each function", () => {
  test.for(functions)("runs on Node.js 24 and arm64, within its limits: $name", (each, { prod }) => {
    expect(prod.state.resource(`${each.resource}Function`).inputs).toMatchObject({
      description: each.contract.summary,
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      handler: "bundle.handler",
      memorySize: each.limits.memoryMegabytes,
      timeout: each.limits.timeoutSeconds,
    });
  });

  test.for(functions)(
    "knows that it is in prod, and nowhere else, and takes nothing of the quota that it is not told to: $name",
    (each, { prod, anna }) => {
      const { inputs } = prod.state.resource(`${each.resource}Function`);
      expect(anna.state.resource(`${each.resource}Function`).inputs).not.toMatchObject({
        environment: { variables: { NODE_ENV: expect.anything() } },
      });
      expect(inputs).toMatchObject({
        environment: { variables: { NODE_ENV: "production" } },
        ...(stageOf("prod").hasTracing && { tracingConfig: { mode: "Active" } }),
      });
      expect(inputs).not.toHaveProperty("reservedConcurrentExecutions");
    },
  );

  test.for(functions)("logs JSON, in prod without what went well: $name", ({ resource }, { prod, anna }) => {
    const loggingOf = ({ state }: typeof prod) => state.resource(`${resource}Function`).inputs.loggingConfig;
    const dropsDebug = expect.stringMatching(/^(?:INFO|WARN|ERROR|FATAL)$/);
    expect(loggingOf(prod)).toMatchObject({ logFormat: "JSON", applicationLogLevel: dropsDebug });
    expect(loggingOf(anna)).toMatchObject({ logFormat: "JSON" });
  });
});

describe("the bundle that SST uploads", () => {
  const folder = mkdtempSync(join(tmpdir(), "lucky-infra-"));
  let runtimeClient: string;
  beforeAll(async () => {
    runtimeClient = await bundleBootstrap(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const artifacts = ({ root }: Project, resource: string) => join(root, `.sst/artifacts/${resource}-src`);

  test.for(functions)(
    "is byte for byte the local one, and made without a warning: $name",
    async (each, { offline: { project }, prod: _ }) => {
      const local = join(folder, each.name);
      mkdirSync(local);
      expect((await bundleFunction(each.entry, local, each.bundling)).warnings).toEqual([]);
      const uploaded = readFileSync(join(artifacts(project, each.resource), "bundle.cjs"));
      expect(uploaded.equals(readFileSync(join(local, "bundle.cjs")))).toBe(true);
    },
  );

  test.for(functions)(
    "handles its event in the local Lambda: $name",
    async (each, { offline: { project }, prod: _ }) => {
      // What it brings along comes from here: packages that SST installs are for Lambda's system.
      const taskRoot = mkdtempSync(join(folder, "task-root-"));
      await bundleFunction(each.entry, taskRoot, each.bundling);
      for (const file of ["bundle.cjs", "resource.enc"])
        copyFileSync(join(artifacts(project, each.resource), file), join(taskRoot, file));
      const environment = await startEnvironment({
        functionName: each.name,
        taskRoot,
        runtimeClient,
        ...each.limits,
        logFormat: "json",
      });
      const { payload } = await environment.invoke(readFileSync(each.eventFile, "utf8"));
      await environment.stop();
      const { statusCode, headers } = JSON.parse(payload);
      // What it uses, such as a database, is not there; so it may fail, but in the gateway's words.
      if (statusCode >= 500) expect(headers["content-type"]).toBe("application/problem+json");
      else expect(statusCode).toBeGreaterThanOrEqual(200);
    },
  );

  test.for(functions)(
    "has a map that leads back to TypeScript: $name",
    (each, { offline: { project }, prod: _ }) => {
      const map = readFileSync(join(artifacts(project, each.resource), "bundle.cjs.map"), "utf8");
      const { sources } = JSON.parse(map) as { sources: readonly string[] }; // a source map
      expect(sources.some((source) => source.endsWith(`functions/${each.name}/src/handler.ts`))).toBe(true);
    },
  );
});
