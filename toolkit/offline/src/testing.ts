import { listFunctions } from "@lucky/application/application";
import { fixture } from "@lucky/fixture";
import { pascalCase } from "@lucky/gateway/name";
import { test as base } from "vitest";
import { startOffline } from "./offline.ts";

// SST is real: its command line, its components, its bundler. The Pulumi engine and AWS are stand-ins, so these tests do
// not prove what AWS says to all this, nor what an update changes.

const { api } = await import(`${fixture}/packages/contracts/src/index.ts`);

/** The functions of the fixture, each with the name of its resources. */
export const functions = listFunctions(api, fixture).map((each) => ({
  ...each,
  resource: pascalCase(each.name),
}));

export const WATCHED = { ALARM_EMAIL: "oncall@example.com" };

/** Tests of the fixture as it is deployed; once for all of them. */
export const test = base
  .extend("application", { scope: "worker" }, () => fixture)
  .extend("offline", { scope: "worker" }, async ({ application }, { onCleanup }) => {
    const offline = await startOffline(application);
    onCleanup(offline.close);
    return offline;
  })
  .extend("prod", { scope: "worker" }, ({ offline }) => offline.deploy("prod", WATCHED))
  .extend("anna", { scope: "worker" }, ({ offline }) => offline.deploy("anna"));
