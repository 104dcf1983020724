import type { Contract } from "@lucky/gateway/contract";
import { findItemMistake } from "./item-mistake.ts";
import type { AnyUse, Resource } from "./use.ts";
import { variableOf } from "./variable.ts";

/** What Lambda, Node and the shells of this machine have variables of their own for, which nobody may set. */
const TAKEN =
  /^(?:(?:AWS|LAMBDA|SST|NODE|LD|DYLD|LC|NPM|PNPM)_.*|PATH|PATHEXT|HOME|PWD|LANG|TZ|SHELL|USER|LOGNAME|TERM|TMPDIR|TMP|TEMP|HOSTNAME|COMSPEC|SYSTEMROOT|WINDIR|USERPROFILE)$/;

/**
 * Why what contracts use cannot be had, in a sentence that says what to change; undefined where all can be. Types refuse most of
 * an item already; this sees what they cannot.
 *
 *     findResourceMistake({ "read-draw": { …, uses: { draws: read(table("Draws", …)) } } })
 *     // "The table Draws cannot be had: its name is in lower case with dashes, such as lucky-draws."
 */
export function findResourceMistake(contracts: Readonly<Record<string, Contract>>): string | undefined {
  const known = new Map<string, Resource>();
  for (const [contract, { uses = {} }] of Object.entries(contracts))
    for (const [name, use] of Object.entries(uses)) {
      if (!isUse(use))
        return `The contract ${contract} uses ${name}, which neither read, write nor allow made.`;
      const { resource } = use;
      for (const variable of variablesOf(resource)) {
        const other = known.get(variable);
        if (other === resource) continue;
        if (other !== undefined) return describeTwins(resource, other, variable);
        known.set(variable, resource);
      }
      const mistake = mistakeOf(resource);
      if (mistake !== undefined) return `${describe(resource)} cannot be had: ${mistake}.`;
    }
  return undefined;
}

function isUse(use: unknown): use is AnyUse {
  const { resource, right } = Object(use) as Partial<AnyUse>;
  const kinds: readonly unknown[] = right === "read" ? ["table", "secret", "setting"] : ["table"];
  return ["read", "write", "allow"].includes(String(right)) && kinds.includes(resource?.kind);
}

function describe({ kind, name }: Resource): string {
  return `The ${kind} ${name}`;
}

/** All that may be set for it. */
function variablesOf(resource: Resource): readonly string[] {
  const variable = variableOf(resource);
  return resource.kind === "secret" ? [variable, `SECRET_${variable}`] : [variable];
}

function describeTwins(resource: Resource, other: Resource, variable: string): string {
  if (resource.kind === other.kind && resource.name === other.name)
    return `There are two ${resource.kind}s of the name ${resource.name}: declare it once, and import it.`;
  return `${describe(other)} and the ${resource.kind} ${resource.name} are both ${variable} for functions: call one of them something else.`;
}

function mistakeOf(resource: Resource): string | undefined {
  if (!/^[a-z][a-z\d]*(?:-[a-z\d]+)*$/.test(resource.name))
    return "its name is in lower case with dashes, such as lucky-draws";
  if (resource.kind === "table" && resource.name.length < 3)
    return "DynamoDB takes names of three letters at least";
  const variable = variableOf(resource);
  if (TAKEN.test(variable))
    return `its variable would be ${variable}, which is taken: call it something else`;
  if (resource.kind === "table") return findItemMistake(resource);
  if (!resource.summary) return "it has no summary for whoever must set it";
  return resource.kind === "setting" ? defaultMistake(resource) : undefined;
}

function defaultMistake({
  value,
  default: given,
}: Extract<Resource, { kind: "setting" }>): string | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== "string") return "its default is the text that would be set";
  const result = value["~standard"].validate(given);
  if (result instanceof Promise) return "its schema takes its time: use one that answers at once";
  return (
    result.issues && `its own default is wrong: ${result.issues.map(({ message }) => message).join(" ")}`
  );
}
