import { fileURLToPath } from "node:url";
import { api } from "@lucky/api";
import type { Contract } from "@lucky/gateway/contract";
import { UsageError } from "./usage-error.ts";

/** A function of this workspace: its contract in packages/api and its folder in functions/. */
export type LambdaFunction = {
  readonly name: string;
  readonly contract: Contract;
  /** The TypeScript file that exports `handler`. */
  readonly entry: string;
  /** The event that `invoke` sends unless told otherwise. */
  readonly eventFile: string;
};

export const functions: readonly LambdaFunction[] = Object.entries(api).map(([name, contract]) => ({
  name,
  contract,
  entry: inFunctions(`${name}/src/handler.ts`),
  eventFile: inFunctions(`${name}/event.json`),
}));

/** Throws a UsageError that lists the functions when there is none of that name. */
export function findFunction(name: string): LambdaFunction {
  const found = functions.find((candidate) => candidate.name === name);
  if (found === undefined) throw new UsageError(`There is no function "${name}". ${listFunctions()}`);
  return found;
}

export function listFunctions(): string {
  return `The functions are: ${functions.map(({ name }) => name).join(", ")}.`;
}

function inFunctions(path: string): string {
  return fileURLToPath(new URL(`../../../functions/${path}`, import.meta.url));
}
