import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "@lucky/command/usage-error";
import type { Contract } from "@lucky/gateway/contract";
import { findMistake } from "@lucky/gateway/mistake";
import { findResourceMistake } from "@lucky/resources/mistake";
import { ApplicationError } from "./application-error.ts";
import { BUNDLING, type Bundling, readBundling } from "./bundling.ts";
import { type Cors, readCors } from "./cors.ts";
import { isRecord, readFunctionPackage } from "./function-package.ts";
import { LIMITS, type Limits, readLimits } from "./limits.ts";
import { describeLoadError } from "./load-error.ts";
import { NO_FUNCTIONS } from "./no-functions.ts";
import { listResources } from "./resources.ts";

/** Where every application has its contracts; the one file by which the toolkit finds them. */
export const CONTRACTS = "packages/contracts/src/index.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html: `sst dev` cuts it, and a deploy would fail. */
const LONGEST_SUMMARY = 256;

/** Contracts by the name of the folder in functions/ that fulfils each. */
export type Contracts = Readonly<Record<string, Contract>>;

/** A function: its contract, and its folder in functions/. */
export type LambdaFunction = {
  readonly name: string;
  readonly contract: Contract;
  /** The TypeScript file that exports `handler`. */
  readonly entry: string;
  /** The event that `invoke` sends unless told otherwise. */
  readonly eventFile: string;
  readonly limits: Limits;
  /** Nothing but its code unless given. */
  readonly bundling?: Bundling;
};

export type Application = {
  /** The folder of the whole workspace. */
  readonly root: string;
  readonly functions: readonly LambdaFunction[];
  /** Undefined where no page of another host may call it. */
  readonly cors: Cors | undefined;
};

/**
 * Loads the application of the folder that `from` is in. Throws an ApplicationError that says what is wrong with it:
 * no contracts, one that cannot be loaded, a mistake in them or in what they use, one without its function, or what Lambda refuses.
 */
export async function loadApplication(from = process.cwd()): Promise<Application> {
  const root = findRoot(from);
  const module: { api?: unknown; cors?: unknown } = await import(
    pathToFileURL(join(root, CONTRACTS)).href
  ).catch((cause) => {
    throw new ApplicationError(`${CONTRACTS} cannot be loaded: ${describeLoadError(cause, root)}`);
  });
  return { root, functions: listFunctions(module.api, root), cors: readCors(module.cors) };
}

/** The functions that fulfil contracts, in a workspace. Throws an ApplicationError, as loadApplication does. */
export function listFunctions(contracts: unknown, root: string): readonly LambdaFunction[] {
  checkContracts(contracts);
  const mistake = findMistake(contracts) ?? findResourceMistake(contracts);
  if (mistake !== undefined) throw new ApplicationError(mistake);
  checkSummaries(contracts);
  listResources(Object.entries(contracts).map(([name, contract]) => ({ name, contract })));
  return Object.entries(contracts).map(([name, contract]) => {
    const handler = `functions/${name}/src/handler.ts`;
    const entry = join(root, handler);
    if (!existsSync(entry)) {
      throw new ApplicationError(
        `The contract ${name} has no function: write ${handler}, or take it out of ${CONTRACTS}.`,
      );
    }
    const eventFile = join(root, `functions/${name}/event.json`);
    const described = readFunctionPackage(root, name, [...LIMITS, ...BUNDLING]);
    const [limits, bundling] = [readLimits(described), readBundling(described, root)];
    return { name, contract, entry, eventFile, limits, bundling };
  });
}

/** Throws a UsageError that lists the functions when there is none of that name. */
export function findFunction(functions: readonly LambdaFunction[], name: string): LambdaFunction {
  const found = functions.find((candidate) => candidate.name === name);
  if (found === undefined) {
    throw new UsageError(`There is no function "${name}". ${describeFunctions(functions)}`);
  }
  return found;
}

export function describeFunctions(functions: readonly LambdaFunction[]): string {
  if (functions.length === 0) return NO_FUNCTIONS;
  return `The functions are: ${functions.map(({ name }) => name).join(", ")}.`;
}

/** For a help text: the functions of the application, or what is wrong with it. Never rejects. */
export async function functionsForHelp(): Promise<string> {
  try {
    return describeFunctions((await loadApplication()).functions);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The nearest folder, from `from` upwards, that is an application. Throws an ApplicationError where there is none. */
export function findRoot(from = process.cwd()): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, CONTRACTS))) return folder;
    if (folder === dirname(folder)) {
      throw new ApplicationError(
        `There is no ${CONTRACTS} in ${resolve(from)} or above: run it in a project.`,
      );
    }
  }
}

function checkContracts(api: unknown): asserts api is Contracts {
  if (!isRecord(api)) {
    throw new ApplicationError(
      `${CONTRACTS} must export api: an object that has each contract by the name of its function's folder.`,
    );
  }
  for (const [name, contract] of Object.entries(api)) {
    const isContract =
      isRecord(contract) && typeof contract.method === "string" && String(contract.path).startsWith("/");
    if (!isContract) {
      throw new ApplicationError(
        `${name} in the api of ${CONTRACTS} is no contract: it needs a method, and a path that starts with a slash.`,
      );
    }
  }
}

/** A function's description on AWS is the summary of its contract. */
function checkSummaries(contracts: Contracts): void {
  for (const [name, { summary }] of Object.entries(contracts)) {
    const { length } = String(summary); // untyped contracts may lack it
    if (length <= LONGEST_SUMMARY) continue;
    throw new ApplicationError(
      `The summary of ${name} has ${length} characters: Lambda takes ${LONGEST_SUMMARY} at most. Write the rest as its description.`,
    );
  }
}
