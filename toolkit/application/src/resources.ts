import { pascalCase } from "@lucky/gateway/name";
import type { AnyUse, Resource, Secret, Setting, Table } from "@lucky/resources/declare";
import { variableOf } from "@lucky/resources/declare";
import type { LambdaFunction } from "./application.ts";
import { ApplicationError } from "./application-error.ts";
import { mistakeOfVariable } from "./variable.ts";

type Using = Pick<LambdaFunction, "name" | "contract">;

const KINDS: readonly unknown[] = ["table", "secret", "setting"] satisfies Resource["kind"][];
const RIGHTS: readonly unknown[] = ["read", "write", "allow"] satisfies AnyUse["right"][];

/** What functions use, each resource once, in the order in which contracts name them. */
export type Resources = {
  readonly tables: readonly Table[];
  readonly secrets: readonly Secret[];
  readonly settings: readonly Setting[];
};

/** What the contract of one function uses. Throws an ApplicationError for what is no use. */
export function usesOf({ name, contract }: Using): readonly AnyUse[] {
  return Object.entries(contract.uses ?? {}).map(([handle, use]: [string, unknown]) => {
    if (isUse(use)) return use;
    throw new ApplicationError(
      `${handle} in the uses of ${name} is none: write read(…), write(…) or allow(…), of @lucky/resources/declare.`,
    );
  });
}

/**
 * What the functions use: tables, secrets, settings. Throws an ApplicationError for two of them that share a name, or would
 * share one on AWS, and for one whose name cannot be.
 *
 *     const { tables } = listResources(functions);
 */
export function listResources(functions: readonly Using[]): Resources {
  const owners = new Map<Resource, string>();
  for (const each of functions) {
    for (const { resource } of usesOf(each)) if (!owners.has(resource)) owners.set(resource, each.name);
  }
  const found = [...owners.keys()];
  for (const [resource, owner] of owners) checkName(resource, owner);
  checkDeclaredOnce(owners);
  checkNamesOnAws(functions, found);
  return {
    tables: found.filter((each) => each.kind === "table"),
    secrets: found.filter((each) => each.kind === "secret"),
    settings: found.filter((each) => each.kind === "setting"),
  };
}

function isUse(use: unknown): use is AnyUse {
  const { resource, right } = Object(use);
  return KINDS.includes(resource?.kind) && typeof resource.name === "string" && RIGHTS.includes(right);
}

function checkName(resource: Resource, owner: string): void {
  const { kind, name } = resource;
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) {
    throw new ApplicationError(
      `"${name}" cannot be the name of a ${kind} (${owner} uses it): use lower-case letters, digits and single dashes, such as lucky-draws.`,
    );
  }
  const mistake = mistakeOfVariable(variableOf(resource), "");
  if (mistake !== undefined)
    throw new ApplicationError(`The ${kind} ${name}, which ${owner} uses, needs another name: ${mistake}`);
}

/** Functions find resources by variables, so two of one variable are two of one name. */
function checkDeclaredOnce(owners: ReadonlyMap<Resource, string>): void {
  const known = new Map<string, Resource>();
  for (const [resource, owner] of owners) {
    const variable = variableOf(resource);
    const other = known.get(variable);
    known.set(variable, resource);
    if (other === undefined) continue;
    const of = (each: Resource) => `the ${each.kind} ${each.name} of ${owners.get(each)}`;
    throw new ApplicationError(
      other.kind === resource.kind
        ? `Two ${resource.kind}s are called ${resource.name}, of ${owners.get(other)} and ${owner}: declare it once, and import it in both contracts.`
        : `Functions would find ${of(other)} and ${of(resource)} by one variable, ${variable}: rename one of them.`,
    );
  }
}

/** SST takes a name once, whatever it is the name of. */
function checkNamesOnAws(functions: readonly Using[], resources: readonly Resource[]): void {
  const known = new Map(functions.map(({ name }) => [pascalCase(name), `the function ${name}`]));
  for (const { kind, name } of resources) {
    if (kind === "setting") continue;
    const onAws = pascalCase(name);
    const other = known.get(onAws);
    known.set(onAws, `the ${kind} ${name}`);
    if (other !== undefined)
      throw new ApplicationError(
        `On AWS ${other} and the ${kind} ${name} would both be called ${onAws}: rename one of them.`,
      );
  }
}
