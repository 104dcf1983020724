import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ApplicationError } from "./application-error.ts";

/** What the package.json of a function says of it. */
export type FunctionPackage = {
  /** Relative to the workspace, for messages. */
  readonly file: string;
  /** Its "lambda", whose fields are not checked yet. */
  readonly lambda: Readonly<Record<string, unknown>>;
  /** Its "dependencies", likewise. */
  readonly dependencies: Readonly<Record<string, unknown>>;
};

/** Throws an ApplicationError where the file cannot be read, or where its "lambda" is no object or has another field. */
export function readFunctionPackage(
  root: string,
  functionName: string,
  fields: readonly string[],
): FunctionPackage {
  const file = `functions/${functionName}/package.json`;
  const { lambda: given, dependencies } = readJson(root, file);
  const lambda = given ?? {};
  if (!isRecord(lambda)) {
    throw new ApplicationError(
      `"lambda" in ${file} must be an object, such as {"memoryMegabytes":1024,"timeoutSeconds":10}.`,
    );
  }
  for (const field of Object.keys(lambda)) {
    if (fields.includes(field)) continue;
    throw new ApplicationError(
      `"lambda" in ${file} has the unknown field ${field}: it takes ${fields.join(", ")}.`,
    );
  }
  return { file, lambda, dependencies: isRecord(dependencies) ? dependencies : {} };
}

function readJson(root: string, file: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(readFileSync(join(root, file), "utf8"));
    return isRecord(json) ? json : {};
  } catch (cause) {
    throw new ApplicationError(`${file} cannot be read: ${cause instanceof Error ? cause.message : cause}`);
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
