import { UsageError } from "@lucky/command/usage-error";
import { camelCase, pascalCase } from "@lucky/gateway/name";
import type { Workspace } from "./workspace.ts";

/**
 * SST calls a function `<app>-<stage>-<Name>Function-<8 letters>`, and makes that fit into Lambda's 64 characters by
 * cutting the app's name, by which the pipeline's role and the logs are found. So app and name have what is left, where
 * the stage has up to eight characters, such as prod or pr-12345.
 */
export const LONGEST_APP_AND_NAME = 64 - "--Function-12345678".length - "pr-12345".length;

/** Names that a module of the function has for something else, or that a client may not have. */
const USED_IN_CODE = ["contract", "handler", "lambda", "then", "undefined"];
/** What infra/alarms.ts calls an alarm of a function, after its name. */
const ALARM = /(?:Errors|Throttles|Duration)$/;

/** Returns the name of a function to be. Throws a UsageError that says why it cannot be one. */
export function checkFunctionName(name: string, { app, api, declared, resources }: Workspace): string {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) {
    throw new UsageError(
      `"${name}" is no name: use small letters, digits and single dashes, as in send-mail.`,
    );
  }
  const longest = LONGEST_APP_AND_NAME - app.length;
  if (pascalCase(name).length > longest) {
    throw new UsageError(`"${name}" is too long for AWS: use at most ${longest} letters and digits.`);
  }
  const word = camelCase(name);
  if (isReserved(word) || word in Object.prototype || USED_IN_CODE.includes(word)) {
    throw new UsageError(`"${name}" cannot be a name: ${word} means something else in code.`);
  }
  // Their resources and the client's methods differ in capitals alone, which not every file system tells apart.
  const twin = Object.keys(api).find((other) => plain(other) === plain(name));
  if (twin !== undefined) {
    throw new UsageError(
      twin === name ? `There is a function ${name}.` : `There is ${twin}, too like ${name}.`,
    );
  }
  if (declared.includes(word)) {
    throw new UsageError(`"${name}" cannot be a name: packages/contracts/src/index.ts has another ${word}.`);
  }
  if (isNameInInfra(name, resources)) {
    throw new UsageError(`"${name}" cannot be a name: infra/ has a resource of that name.`);
  }
  return name;
}

/** Whether one of those resources, or the alarms of one, has that name. */
export function isNameInInfra(name: string, resources: readonly string[]): boolean {
  return resources.some((resource) =>
    [resource, resource.replace(ALARM, "")].map(plain).includes(plain(name)),
  );
}

function plain(name: string): string {
  return name.replaceAll("-", "").toLowerCase();
}

/** Whether JavaScript has the word for itself, so that no module can declare it. */
export function isReserved(word: string): boolean {
  try {
    new Function(`"use strict"; async () => { const ${word} = 0; };`);
    return false;
  } catch {
    return true;
  }
}
