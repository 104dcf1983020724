import {
  type Call,
  callsFor,
  callsOfBootstrap,
  isAllowed,
  type Policy,
  pipelineRole,
  scopeOf,
} from "@lucky/deploy/policies-testing";
import { fixture } from "@lucky/fixture";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Offline, startOffline } from "./offline.ts";
import type { Resource } from "./state.ts";
import { functions, WATCHED } from "./testing.ts";

const account = "123456789012";
const app = "fixture";
const given = { app, account, functions: functions.map(({ name }) => name) };
const none = { deploy: [], functions: [] };
const roles = {
  prod: pipelineRole(scopeOf("prod", { ...given, zone: "Z1" }), "owner/name", none),
  preview: pipelineRole(scopeOf("preview", given), "owner/name", none),
};

let offline: Offline;
/** What a stage consists of, and what the sst command line has called of AWS for it. */
const stages: Record<"prod" | "preview", { resources: readonly Resource[]; calls: readonly string[] }> = {
  prod: { resources: [], calls: [] },
  preview: { resources: [], calls: [] },
};

beforeAll(async () => {
  offline = await startOffline(fixture);
  const deploy = async (name: "prod" | "preview", stage: string, environment: NodeJS.ProcessEnv) => {
    const before = offline.aws.calls.length;
    const PERMISSIONS_BOUNDARY = roles[name].boundary.arn;
    await offline.deploy(stage, { ...environment, PERMISSIONS_BOUNDARY });
    const calls = offline.aws.calls.slice(before);
    const { output } = await offline.project.sst(["state", "export", "--stage", stage]);
    stages[name] = { resources: JSON.parse(output).latest.resources, calls };
  };
  await deploy("prod", "prod", { ...WATCHED, API_DOMAIN: "api.example.com" });
  await deploy("preview", "pr-1234567", {});
});
afterAll(() => offline.close());

describe.each(["prod", "preview"] as const)("the pipeline's role of %s", (name) => {
  const { policy, boundary } = roles[name];

  test("may do all that its deploy makes, changes and removes", () => {
    const made = stages[name].resources.filter(({ type }) => /^aws:|dynamic/.test(type));
    const calls = made.flatMap((resource) => callsOf(resource, name));
    expect(calls.length).toBeGreaterThan(100);
    expect(calls.filter((call) => !isAllowed(call, [policy]))).toEqual([]);
  });

  test("may do all that the sst command line has called", () => {
    const calls = stages[name].calls.flatMap((noted) => toCalls(noted, name));
    expect(calls.length).toBeGreaterThan(20);
    expect(calls.filter((call) => !isAllowed(call, [policy]))).toEqual([]);
  });

  test.each(functions)("makes the role of $name within the boundary", ({ resource }) => {
    expect(find(name, `${resource}Role`).inputs.permissionsBoundary).toBe(boundary.arn);
  });

  test.each(functions)("lets $name write its own log, and nothing of SST's or of IAM", ({ resource }) => {
    const own = policiesOf(find(name, `${resource}Role`));
    const log = find(name, `${resource}LogGroup`).inputs.name;
    const may = (action: string, at: string) => isAllowed({ action, resource: at }, own, boundary.policy);
    expect(own).not.toEqual([]);
    expect(
      may("logs:PutLogEvents", `arn:aws:logs:eu-central-1:${account}:log-group:${log}:log-stream:a`),
    ).toBe(true);
    for (const stage of ["prod", "pr-1234567"]) {
      expect(may("s3:GetObject", `arn:aws:s3:::sst-state-abc/app/${app}/${stage}.json`)).toBe(false);
      expect(
        may(
          "ssm:GetParameter",
          `arn:aws:ssm:eu-central-1:${account}:parameter/sst/passphrase/${app}/${stage}`,
        ),
      ).toBe(false);
    }
    expect(may("iam:PutRolePolicy", `arn:aws:iam::${account}:role/${app}-prod-Role`)).toBe(false);
  });
});

test("a preview's role may not read or write what prod's deploy has written of its state", () => {
  const calls = stages.prod.calls
    .flatMap((noted) => toCalls(noted, "prod"))
    .filter(({ resource }) => /sst-state-.*prod|passphrase/.test(resource));
  expect(calls.length).toBeGreaterThan(10);
  expect(calls.filter((call) => isAllowed(call, [roles.preview.policy]))).toEqual([]);
});

function find(name: "prod" | "preview", resource: string): Resource {
  const found = stages[name].resources.find(({ urn }) => urn.endsWith(`::${resource}`));
  if (found === undefined) throw new Error(`${name} has no ${resource}`);
  return found;
}

function callsOf(resource: Resource, name: "prod" | "preview"): Call[] {
  const where = { account, region: "eu-central-1", boundary: roles[name].boundary.arn, zone: "Z1" };
  return callsFor(resource, { ...where, nameOf: (id) => bucketOf(id, name) });
}

/** The name of a bucket, which the stand-in knows by another. */
function bucketOf(id: string, name: "prod" | "preview"): string | undefined {
  const bucket = stages[name].resources.find(
    (each) => each.type === "aws:s3/bucket:Bucket" && each.id === id,
  );
  return bucket && String(bucket.inputs.bucket);
}

function policiesOf(role: Resource): Policy[] {
  const inline = (role.inputs.inlinePolicies ?? []) as readonly { policy: string }[]; // as the provider takes them
  return inline.map(({ policy }) => JSON.parse(policy));
}

/** What the stand-in has noted of a request, as IAM names it. */
function toCalls(noted: string, name: "prod" | "preview"): Call[] {
  const [verb = "", at = ""] = noted.split(" ");
  const parameter = /^AmazonSSM\.(\w+)$/.exec(verb)?.[1];
  if (parameter)
    return [{ action: `ssm:${parameter}`, resource: `arn:aws:ssm:eu-central-1:${account}:parameter${at}` }];
  if (verb.includes("ContainerRegistry"))
    return callsOfBootstrap({ account }).filter(({ action }) => action === `ecr:${verb.split(".")[1]}`);
  if (at.startsWith("/2020-05-31/distribution/")) {
    const action = verb === "POST" ? "cloudfront:CreateInvalidation" : "cloudfront:GetDistribution";
    return [{ action, resource: `arn:aws:cloudfront::${account}:distribution/E1` }];
  }
  const [, bucket = "", key] = /^\/([^/]+)(?:\/(.*))?$/.exec(at) ?? [];
  // A bucket's own settings differ in the query alone, which is not noted: all that SST's bootstrap does.
  if (key === undefined && verb === "PUT")
    return callsOfBootstrap({ account }).filter(({ resource }) =>
      resource.startsWith(`arn:aws:s3:::${bucket.slice(0, 9)}`),
    );
  if (key === undefined) return [{ action: "s3:ListBucket", resource: `arn:aws:s3:::${bucket}` }];
  const action = `s3:${{ PUT: "Put", GET: "Get", DELETE: "Delete" }[verb]}Object`;
  return [{ action, resource: `arn:aws:s3:::${bucketOf(bucket, name) ?? bucket}/${key}` }];
}
