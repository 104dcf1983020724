import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { api } from "@acme/contracts";
import { listFunctions } from "@lucky/application/application";
import { pascalCase } from "@lucky/gateway/name";
import { offlineTest } from "@lucky/offline/offline-test";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** The application's name, as AWS knows it. */
export const { name: app } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { name: string }; // the workspace's

/** Each function of the application, with the name of its resources. */
export const functions = listFunctions(api, root).map((each) => ({
  ...each,
  resource: pascalCase(each.name),
}));

/** The least that prod needs. */
export const PROD = { ALARM_EMAIL: "oncall@example.com" };

/** Tests of what is deployed: prod, and a personal stage. */
export const test = offlineTest(root, PROD);
