import { toText as toContractsText } from "@lucky/changes/text";
import { printable } from "@lucky/command/terminal";
import type { PlannedFunction } from "./functions.ts";
import type { Change, Plan } from "./plan.ts";

const SIGNS = { create: "+", update: "~", replace: "±", delete: "-" } as const;

/** A plan for a person at a terminal. */
export function toText(plan: Plan): string {
  const { app, stage, state, madeUp, secrets, counts, changes, functions, contracts } = plan;
  const assumed = Object.entries(madeUp).map(([name, value]) => `${name}=${value}`);
  const lines = [
    `${app}, ${stage}: ${state === null ? "a first deploy" : `a deploy over ${state}`}`,
    ...(assumed.length > 0 ? [`Not set, so made up: ${assumed.join(", ")}`] : []),
    ...(secrets.length > 0 ? [`Secrets that must be set: ${secrets.join(", ")}`] : []),
    "",
    `${counts.create} made, ${counts.update} changed, ${counts.replace} replaced, ${counts.delete} deleted, ${counts.same} as they are`,
    ...changes.filter(({ op }) => op !== "create").map(describeChange),
    ...describeCreated(changes),
    "",
    `Functions: ${functions.length}`,
    ...functions.flatMap(describeFunction),
    "",
    ...describeCost(plan),
  ];
  return [...lines.map(printable), ...(contracts === null ? [] : ["", toContractsText(contracts)])].join(
    "\n",
  );
}

function describeChange({ op, name, type, changed, replacing, losesData }: Change): string {
  const because = replacing.length > 0 ? ` for ${replacing.join(", ")}` : "";
  const what = op === "update" ? `: ${changed.join(", ")}` : because;
  return `  ${SIGNS[op]} ${op} ${name} (${type})${what}${losesData ? "  LOSES ITS DATA" : ""}`;
}

/** By type, as there are many the first time. */
function describeCreated(changes: readonly Change[]): readonly string[] {
  const types = Map.groupBy(
    changes.filter(({ op }) => op === "create"),
    ({ type }) => type,
  );
  return [...types]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(
      ([type, each]) =>
        `  ${SIGNS.create} create ${each.length} ${type}: ${each.map(({ name }) => name).join(", ")}`,
    );
}

function describeFunction(each: PlannedFunction): readonly string[] {
  const { name, routes, memoryMegabytes, timeoutSeconds, environment, rights } = each;
  const line = (title: string, values: readonly string[]) => values.map((value) => `    ${title} ${value}`);
  return [
    `  ${name}: ${routes.join(", ") || "no route"}`,
    `    ${memoryMegabytes} MB, ${timeoutSeconds} s; environment ${environment.join(", ") || "empty"}`,
    ...line("trusts", rights?.trust ?? ["nobody that is known: its role is from elsewhere"]),
    ...line("may", rights?.may ?? []),
    ...line("may what is in", rights?.policies ?? []),
    ...line("within", rights?.boundary === undefined ? [] : [rights.boundary]),
    ...line("called", rights?.callers ?? []),
  ];
}

function describeCost({ cost: { dollarsPerMonth, parts, asOf } }: Plan): readonly string[] {
  const money = (dollars: number) => dollars.toFixed(2);
  return [
    `Fixed cost: ${money(dollarsPerMonth)} dollars a month, before what AWS gives for free (us-east-1, prices of ${asOf})`,
    ...parts.map(
      ({ what, count, dollarsEach }) =>
        `  ${money(count * dollarsEach)}  ${count} x ${what}, ${money(dollarsEach)} each`,
    ),
  ];
}
