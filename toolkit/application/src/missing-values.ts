import { ENV_FILE } from "./env-file.ts";
import type { UsingFunction } from "./listed-uses.ts";
import type { Variables } from "./variables.ts";

/** What a function uses and has no value here, in a sentence each, with the line that mends it. */
export function describeMissing({ name, uses }: UsingFunction, variables: Variables): readonly string[] {
  const describe = (kind: string, { name: own, summary }: { name: string; summary?: string }) =>
    `${name} uses the ${kind} ${own}${summary === undefined ? "" : ` (${summary})`}`;
  return [
    ...uses.secrets.map((each) => ({ ...each, what: describe("secret", each) })),
    ...uses.settings
      .filter((each) => each.default === undefined)
      .map((each) => ({ ...each, what: describe("setting", each) })),
    ...uses.tables.map((each) => ({ ...each, what: `${describe("table", each)} on AWS` })),
  ]
    .filter(({ variable }) => !variables[variable])
    .map(
      ({ what, variable }) =>
        `${what}, which is not set here. Add this line to ${ENV_FILE}, with its value:\n${variable}=`,
    );
}
