import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Aws, serveAws } from "@lucky/offline/aws";
import { createProject, type Project } from "@lucky/offline/project";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let aws: Aws;
let project: Project;

beforeAll(async () => {
  aws = await serveAws();
  project = createProject(aws.url);
}, 600_000);
afterAll(async () => {
  project.remove();
  await aws.close();
});

const EMAIL = { ALARM_EMAIL: "oncall@example.com" };

/** What a deploy says that must fail before it has made anything. */
async function refusedDeploy(stage: string, environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const { exitCode, output } = await project.sst(["deploy", "--stage", stage], environment);
  expect(exitCode).toBe(1);
  expect(output).not.toContain("|  Created");
  expect(output).not.toMatch(/^\s+at /m);
  return output;
}

describe("a deploy is refused, before anything is made, and says what to do:", () => {
  test.each<[string, string, NodeJS.ProcessEnv, string]>([
    ["a stage that means prod", "production", {}, "production is called prod. Use --stage prod."],
    ["a stage that is no name", "Anna", {}, '"Anna" is no stage: use prod, or up to 20 lower-case letters'],
    ["no region", "anna", { AWS_REGION: "" }, "Set AWS_REGION to where the API is to run"],
    [
      "a region that is none",
      "anna",
      { AWS_REGION: "frankfurt" },
      'AWS_REGION is no region such as eu-central-1: "frankfurt"',
    ],
    [
      "prod without an address for alarms",
      "prod",
      {},
      "Set ALARM_EMAIL to the address that hears of prod's alarms",
    ],
    ["an address that is none", "anna", { ALARM_EMAIL: "me" }, 'ALARM_EMAIL is no e-mail address: "me".'],
    [
      "a domain that is none",
      "prod",
      { ...EMAIL, API_DOMAIN: "https://x.example.com" },
      "Leave out https:// and paths.",
    ],
    [
      "a concurrency of 0",
      "prod",
      { ...EMAIL, RESERVED_CONCURRENCY: "0" },
      "RESERVED_CONCURRENCY takes a number from 1",
    ],
  ])("%s", async (_, stage, environment, message) => {
    expect(await refusedDeploy(stage, environment)).toContain(message);
  });

  test("a contract whose function is not there", async () => {
    const folder = join(project.root, "functions/openapi");
    renameSync(folder, `${folder}-away`);
    const output = await refusedDeploy("anna").finally(() => renameSync(`${folder}-away`, folder));
    expect(output).toContain("The contract openapi has no function: write functions/openapi/src/handler.ts");
  });

  test("two contracts on one route", async () => {
    const file = join(project.root, "packages/contracts/src/openapi.ts");
    const source = readFileSync(file, "utf8");
    writeFileSync(
      file,
      source.replace('"/openapi.json"', '"/lucky_numbers"').replace('method: "GET"', 'method: "POST"'),
    );
    const output = await refusedDeploy("anna").finally(() => writeFileSync(file, source));
    expect(output).toContain(
      "The contracts lucky-numbers and openapi have the same route, POST /lucky_numbers: change one.",
    );
  });
});

test("a custom domain is used in the place of the address that API Gateway makes up", async () => {
  const { exitCode, output } = await project.sst(["deploy", "--stage", "anna"], {
    API_DOMAIN: "api.example.com",
  });
  expect({ exitCode, output }).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining("url: https://api.example.com"),
  });
});
