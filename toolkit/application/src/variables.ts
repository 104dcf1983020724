import { statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ApplicationError } from "./application-error.ts";
import { ENV_FILE, readEnvFile } from "./env-file.ts";
import { isRecord } from "./function-package.ts";
import type { ListedUses, UsingFunction } from "./listed-uses.ts";
import { describeLoadError } from "./load-error.ts";
import { mistakeOfVariable } from "./variable.ts";

/** Where an application may say, for the deploy and for this machine, which variables a function has on a stage. */
export const ENVIRONMENT = "infra/environment.ts";

/** What the variables of functions are read from. */
export const VARIABLE_FILES: readonly string[] = [ENVIRONMENT, ENV_FILE];

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_BYTES = 4096;

/** Variables of a function, by their name. */
export type Variables = Readonly<Record<string, string>>;

/** What functions use, where one may have a variable and another not. */
export type Using = {
  readonly functions: readonly UsingFunction[];
  /** Whether tables are those on AWS, which .env.local names, and not those of this machine. */
  readonly hasAwsTables?: boolean;
};

/**
 * The variables of a function on this machine: its settings and those that `environmentOf` of infra/environment.ts gives for
 * that stage, and over them .env.local, either if it is there; then its tables. Both are read anew each time. What is the
 * value of a secret or a setting is for those alone that use it. Throws an ApplicationError that says which file is wrong,
 * and where.
 *
 *     await readVariables(root, "prod", "send-mail") // { NODE_ENV: "production", SENDER: "…" }
 */
export async function readVariables(
  root: string,
  stage: string,
  functionName: string,
  { functions, hasAwsTables = false }: Using = { functions: [] },
): Promise<Variables> {
  const own = functions.find(({ name }) => name === functionName)?.uses;
  const settings = own && own.settings.length > 0 ? await readSettings(root, stage) : {};
  const values = (uses: ListedUses | undefined) =>
    [...(uses?.secrets ?? []), ...(uses?.settings ?? [])].map(({ variable }) => variable);
  const others = functions.flatMap(({ uses }) => values(uses)).filter((each) => !values(own).includes(each));
  const tables = hasAwsTables ? [] : (own?.tables ?? []);
  const variables = {
    ...pick(settings, own?.settings.map(({ variable }) => variable) ?? []),
    ...(await readEnvironment(root, stage, functionName)),
    ...without(readEnvFile(root), others),
    ...Object.fromEntries(tables.map(({ variable, name }) => [variable, name])),
  };
  const bytes = Buffer.byteLength(Object.entries(variables).flat().join(""));
  if (bytes > MOST_BYTES) {
    throw new ApplicationError(
      `The variables of ${functionName}, of ${ENVIRONMENT} and ${ENV_FILE}, have ${bytes} bytes: Lambda takes ${MOST_BYTES} in all.`,
    );
  }
  return variables;
}

function pick(variables: Variables, names: readonly string[]): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => names.includes(name)));
}

function without(variables: Variables, names: readonly string[]): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !names.includes(name)));
}

/** What `settingsOf` of infra/environment.ts gives; an application without settings need not have it. */
async function readSettings(root: string, stage: string): Promise<Variables> {
  const { settingsOf } = await loadEnvironment(root);
  const settings = settingsOf === undefined ? {} : settingsOf(stage);
  if (!isRecord(settings)) {
    throw new ApplicationError(
      `settingsOf in ${ENVIRONMENT} must give an object, such as {"SENDER":"hello@example.com"}.`,
    );
  }
  return checkValues(settings, ENVIRONMENT);
}

async function readEnvironment(root: string, stage: string, functionName: string): Promise<Variables> {
  const { environmentOf } = await loadEnvironment(root);
  if (environmentOf === undefined) return {};
  const variables = environmentOf(stage, functionName);
  if (!isRecord(variables)) {
    throw new ApplicationError(
      `environmentOf in ${ENVIRONMENT} must give an object, such as {"NODE_ENV":"production"}.`,
    );
  }
  return checkValues(variables, `${ENVIRONMENT}, of ${functionName}`);
}

function checkValues(variables: Readonly<Record<string, unknown>>, where: string): Variables {
  for (const [name, value] of Object.entries(variables)) {
    const mistake = mistakeOfVariable(name, value);
    if (mistake !== undefined) throw new ApplicationError(`${where}: ${mistake}`);
  }
  return variables as Variables; // each value has been checked
}

type Give = (...of: string[]) => unknown;

/** Its functions; none where there is no such file. */
async function loadEnvironment(
  root: string,
): Promise<{ readonly environmentOf?: Give; readonly settingsOf?: Give }> {
  const file = join(root, ENVIRONMENT);
  const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (changed === undefined) return {};
  const url = `${pathToFileURL(file).href}?${changed}`; // Node loads a URL once
  const module: { environmentOf?: unknown; settingsOf?: unknown } = await import(url).catch((cause) => {
    throw new ApplicationError(`${ENVIRONMENT} cannot be loaded: ${describeLoadError(cause, root)}`);
  });
  const { environmentOf, settingsOf } = module;
  if (typeof environmentOf !== "function") {
    throw new ApplicationError(
      `${ENVIRONMENT} must export environmentOf: what variables a function has, by the names of the stage and of the function.`,
    );
  }
  return {
    environmentOf: (...of) => environmentOf(...of),
    ...(typeof settingsOf === "function" && { settingsOf: (...of: string[]) => settingsOf(...of) }),
  };
}
