import { statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ApplicationError } from "./application-error.ts";
import { ENV_FILE, readEnvFile } from "./env-file.ts";
import { isRecord } from "./function-package.ts";
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

/**
 * The variables of a function on this machine: those that `environmentOf` of infra/environment.ts gives for that stage,
 * and over them .env.local, either if it is there. Both are read anew each time. Throws an ApplicationError that says
 * which file is wrong, and where.
 *
 *     await readVariables(root, "prod", "send-mail") // { NODE_ENV: "production", SENDER: "…" }
 */
export async function readVariables(root: string, stage: string, functionName: string): Promise<Variables> {
  const variables = { ...(await readEnvironment(root, stage, functionName)), ...readEnvFile(root) };
  const bytes = Buffer.byteLength(Object.entries(variables).flat().join(""));
  if (bytes > MOST_BYTES) {
    throw new ApplicationError(
      `The variables of ${functionName}, of ${ENVIRONMENT} and ${ENV_FILE}, have ${bytes} bytes: Lambda takes ${MOST_BYTES} in all.`,
    );
  }
  return variables;
}

async function readEnvironment(root: string, stage: string, functionName: string): Promise<Variables> {
  const environmentOf = await loadEnvironment(root);
  if (environmentOf === undefined) return {};
  const variables = environmentOf(stage, functionName);
  if (!isRecord(variables)) {
    throw new ApplicationError(
      `environmentOf in ${ENVIRONMENT} must give an object, such as {"NODE_ENV":"production"}.`,
    );
  }
  for (const [name, value] of Object.entries(variables)) {
    const mistake = mistakeOfVariable(name, value);
    if (mistake !== undefined) throw new ApplicationError(`${ENVIRONMENT}, of ${functionName}: ${mistake}`);
  }
  return variables as Variables; // each value has been checked
}

async function loadEnvironment(root: string): Promise<((...of: string[]) => unknown) | undefined> {
  const file = join(root, ENVIRONMENT);
  const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (changed === undefined) return undefined;
  const url = `${pathToFileURL(file).href}?${changed}`; // Node loads a URL once
  const module: { environmentOf?: unknown } = await import(url).catch((cause) => {
    throw new ApplicationError(`${ENVIRONMENT} cannot be loaded: ${describeLoadError(cause, root)}`);
  });
  const { environmentOf } = module;
  if (typeof environmentOf === "function") return (...of) => environmentOf(...of);
  throw new ApplicationError(
    `${ENVIRONMENT} must export environmentOf: what variables a function has, by the names of the stage and of the function.`,
  );
}
