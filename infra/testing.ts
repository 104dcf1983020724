import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { api } from "@acme/contracts";
import { listFunctions } from "@lucky/application/application";
import { pascalCase } from "@lucky/gateway/name";
import { startOffline } from "@lucky/offline/offline";
import { test as base } from "vitest";

// SST is real: its command line, its components, its bundler. The Pulumi engine and AWS are stand-ins, so these tests do
// not prove what AWS says to all this, nor what an update changes.

const root = fileURLToPath(new URL("..", import.meta.url));

/** The application's name, as AWS knows it. */
export const { name: app } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { name: string }; // the workspace's

/** Each function of the application, with the name of its resources. */
export const functions = listFunctions(api, root).map((each) => ({
  ...each,
  resource: pascalCase(each.name),
}));

/** The least that prod needs. */
export const PROD = { ALARM_EMAIL: "oncall@example.com" };

/** Tests of what is deployed: prod, and a personal stage. Each is deployed once for all of them, when the first asks. */
export const test = base
  .extend("application", { scope: "worker" }, () => root)
  .extend("offline", { scope: "worker" }, async ({ application }, { onCleanup }) => {
    const offline = await startOffline(application);
    onCleanup(offline.close);
    return offline;
  })
  .extend("prod", { scope: "worker" }, ({ offline }) => offline.deploy("prod", PROD))
  .extend("anna", { scope: "worker" }, ({ offline }) => offline.deploy("anna"));
