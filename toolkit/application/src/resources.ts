import type { Contract } from "@lucky/gateway/contract";
import { pascalCase } from "@lucky/gateway/name";
import type { AnyUse, Resource, Secret, Setting, Table } from "@lucky/resources/declare";
import { ApplicationError } from "./application-error.ts";

/** A function of the application. */
type Using = { readonly name: string; readonly contract: Contract };

/** What functions use, each resource once, in the order in which contracts name them. */
export type Resources = {
  readonly tables: readonly Table[];
  readonly secrets: readonly Secret[];
  readonly settings: readonly Setting[];
};

/** What SST calls it: the secret mail-key is set by `sst secret set MailKey`. */
export function nameOnAws({ name }: Pick<Resource, "name">): string {
  return pascalCase(name);
}

/** What the contract of one function uses. */
export function usesOf({ contract }: Using): readonly AnyUse[] {
  return Object.values(contract.uses ?? {}).map((use) => use as AnyUse); // findResourceMistake has seen to it
}

/**
 * What the functions use: tables, secrets, settings. Throws an ApplicationError for two that would share a name on AWS.
 *
 *     const { tables } = listResources(functions);
 */
export function listResources(functions: readonly Using[]): Resources {
  const found = [...new Set(functions.flatMap((each) => usesOf(each).map(({ resource }) => resource)))];
  checkNamesOnAws(functions, found);
  return {
    tables: found.filter((each) => each.kind === "table"),
    secrets: found.filter((each) => each.kind === "secret"),
    settings: found.filter((each) => each.kind === "setting"),
  };
}

/** SST takes a name once, whatever it is the name of. */
function checkNamesOnAws(functions: readonly Using[], resources: readonly Resource[]): void {
  const known = new Map(functions.map(({ name }) => [nameOnAws({ name }), `the function ${name}`]));
  for (const { kind, name } of resources) {
    if (kind === "setting") continue;
    const onAws = nameOnAws({ name });
    const other = known.get(onAws);
    known.set(onAws, `the ${kind} ${name}`);
    if (other === undefined) continue;
    throw new ApplicationError(
      `On AWS ${other} and the ${kind} ${name} would both be called ${onAws}: rename one of them.`,
    );
  }
}
