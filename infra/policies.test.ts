import { api } from "@acme/contracts";
import { callsFor, isAllowed, pipelineRole, readExtra, scopeOf } from "@lucky/deploy/policies-testing";
import { type Offline, startOffline } from "@lucky/offline/offline";
import type { Resource } from "@lucky/offline/state";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { app, functions, PROD, root } from "./testing.ts";

const account = "123456789012";
const zone = "Z1";

/** Of these tests alone: what others deploy has no boundary. */
let offline: Offline;
beforeAll(async () => {
  offline = await startOffline(root);
});
afterAll(() => offline.close());

async function roleOf(name: "prod" | "preview") {
  const scope = scopeOf(name, { app, account, zone, functions: Object.keys(api) });
  return pipelineRole(scope, "owner/name", await readExtra(root, scope));
}

/** Only AWS itself can say that nothing is missing: this knows what docs and sources say of each kind of resource. */
describe.each([
  ["prod", "prod", { ...PROD, API_DOMAIN: "api.example.com" }],
  ["preview", "pr-1234567", {}],
] as const)("the pipeline's role of %s", (name, stage, environment) => {
  test("may deploy, change and remove all that its stage has", async () => {
    const { policy, boundary } = await roleOf(name);
    await offline.deploy(stage, { ...environment, PERMISSIONS_BOUNDARY: boundary.arn });
    const { output } = await offline.project.sst(["state", "export", "--stage", stage]);
    const { resources }: { resources: readonly Resource[] } = JSON.parse(output).latest;
    const made = resources.filter(({ type }) => /^aws:|dynamic/.test(type));
    const nameOf = (id: string) =>
      made
        .flatMap((each) => (each.id === id && each.inputs.bucket ? [String(each.inputs.bucket)] : []))
        .at(0);
    const where = { account, region: "eu-central-1", boundary: boundary.arn, zone, nameOf };
    const calls = made.flatMap((resource) => callsFor(resource, where));
    expect(calls).not.toEqual([]);
    expect(calls.filter((call) => !isAllowed(call, [policy]))).toEqual([]);
    const roles = resources.filter(({ type }) => type === "aws:iam/role:Role");
    expect(roles.map(({ inputs }) => inputs.permissionsBoundary)).toEqual(functions.map(() => boundary.arn));
  });

  test("leaves each function its own rights", async () => {
    const { boundary } = await roleOf(name);
    const { state } = await offline.deploy(stage, { ...environment, PERMISSIONS_BOUNDARY: boundary.arn });
    for (const { resource } of functions) {
      const inline = state.resource(`${resource}Role`).inputs.inlinePolicies as readonly { policy: string }[]; // the provider's
      const policies = inline.map(({ policy }) => JSON.parse(policy));
      const log = state.resource(`${resource}LogGroup`).inputs.name;
      const call = {
        action: "logs:PutLogEvents",
        resource: `arn:aws:logs:eu-central-1:${account}:log-group:${log}:log-stream:a`,
      };
      expect(isAllowed(call, policies, boundary.policy), resource).toBe(true);
    }
  });
});

test("what infra/policies.ts adds gives no preview the state of prod", async () => {
  const { policy, boundary } = await roleOf("preview");
  const call = { action: "s3:GetObject", resource: `arn:aws:s3:::sst-state-abc/app/${app}/prod.json` };
  expect(isAllowed(call, [policy])).toBe(false);
  expect(isAllowed(call, [boundary.policy])).toBe(false);
});
