import { listFunctions } from "@lucky/application/application";
import { fixture } from "@lucky/fixture";
import { pascalCase } from "@lucky/gateway/name";
import { offlineTest } from "./offline-test.ts";

const { api } = await import(`${fixture}/packages/contracts/src/index.ts`);

/** The functions of the fixture, each with the name of its resources. */
export const functions = listFunctions(api, fixture).map((each) => ({
  ...each,
  resource: pascalCase(each.name),
}));

export const WATCHED = { ALARM_EMAIL: "oncall@example.com" };

/** Tests of the fixture as it is deployed. */
export const test = offlineTest(fixture, WATCHED);
