import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findRouteConflict } from "@lucky/gateway/routes";
import { describe, expect } from "vitest";
import type { Offline } from "./offline.ts";
import { test } from "./testing.ts";

/** What a deploy says that must fail before it has made anything. */
async function refusedDeploy({ project }: Offline, environment: NodeJS.ProcessEnv = {}, stage = "refused") {
  const { exitCode, output } = await project.sst(["deploy", "--stage", stage], environment);
  expect(exitCode).toBe(1);
  expect(output).not.toContain("|  Created");
  expect(output).not.toMatch(/^\s+at /m);
  return output;
}

describe("a deploy is refused, before anything of the app is made, and says what to do:", () => {
  test("a contract without its function", async ({ offline }) => {
    const folder = join(offline.project.root, "functions/greet");
    renameSync(folder, `${folder}-away`);
    const output = await refusedDeploy(offline).finally(() => renameSync(`${folder}-away`, folder));
    expect(output).toContain("The contract greet has no function: write functions/greet/src/handler.ts");
  });

  test("two contracts on one route", async ({ offline }) => {
    const file = join(offline.project.root, "packages/contracts/src/openapi.ts");
    const source = readFileSync(file, "utf8");
    writeFileSync(
      file,
      source.replace('"/openapi.json"', '"/greetings"').replace('method: "GET"', 'method: "POST"'),
    );
    const output = await refusedDeploy(offline).finally(() => writeFileSync(file, source));
    const route = { method: "POST", path: "/greetings" } as const;
    const sentence = findRouteConflict({ greet: route, openapi: route });
    expect(sentence).toBeDefined();
    expect(output).toContain(sentence);
  });

  test("limits that Lambda has not", async ({ offline }) => {
    const file = join(offline.project.root, "functions/greet/package.json");
    const source = readFileSync(file, "utf8");
    writeFileSync(file, JSON.stringify({ ...JSON.parse(source), lambda: { memoryMegabytes: 64 } }));
    const output = await refusedDeploy(offline).finally(() => writeFileSync(file, source));
    expect(output).toContain(
      "memoryMegabytes in functions/greet/package.json must be a whole number from 128",
    );
  });

  test("a stage that means prod", async ({ offline }) => {
    expect(await refusedDeploy(offline, {}, "production")).toContain("Use --stage prod.");
  });

  test("a setting that is missing, even the region, which SST would choose itself", async ({ offline }) => {
    const output = await refusedDeploy(offline, { AWS_REGION: "" });
    expect(output).toContain("Set AWS_REGION, where the API is to run: use a region such as eu-central-1.");
  });

  test("a setting of another kind", async ({ offline }) => {
    const output = await refusedDeploy(offline, { ALARM_EMAIL: "me" });
    expect(output).toContain('ALARM_EMAIL is "me": use an email address such as oncall@example.com.');
  });
});
