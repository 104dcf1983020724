import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ApplicationError } from "./application-error.ts";

/** What Lambda gives a function, when it is deployed and on this machine. */
export type Limits = {
  /** 128 to 10240. Memory brings CPU in proportion: 1769 MB are one core. */
  readonly memoryMegabytes: number;
  /** 1 to 29, as long as an HTTP API waits. */
  readonly timeoutSeconds: number;
};

const DEFAULT: Limits = { memoryMegabytes: 1024, timeoutSeconds: 10 };
const RANGES: Readonly<Record<keyof Limits, readonly [least: number, most: number]>> = {
  memoryMegabytes: [128, 10_240],
  timeoutSeconds: [1, 29],
};

/**
 * The limits of a function: 1024 MB and 10 seconds, or what its package.json says, all of it or a part:
 *
 *     "lambda": { "memoryMegabytes": 2048, "timeoutSeconds": 20 }
 *
 * Throws an ApplicationError for a field that there is not, or a value out of its range.
 */
export function readLimits(root: string, functionName: string): Limits {
  const file = `functions/${functionName}/package.json`;
  const given: unknown = readPackage(root, file).lambda ?? {};
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new ApplicationError(`"lambda" in ${file} must be an object, such as ${JSON.stringify(DEFAULT)}.`);
  }
  for (const [field, value] of Object.entries(given)) {
    if (!isLimit(field)) {
      const fields = Object.keys(RANGES).join(" and ");
      throw new ApplicationError(`"lambda" in ${file} has the unknown field ${field}: it takes ${fields}.`);
    }
    const [least, most] = RANGES[field];
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new ApplicationError(`${field} in ${file} must be a whole number from ${least} to ${most}.`);
    }
  }
  return { ...DEFAULT, ...given };
}

function isLimit(field: string): field is keyof Limits {
  return Object.hasOwn(RANGES, field);
}

function readPackage(root: string, file: string): { readonly lambda?: unknown } {
  try {
    return JSON.parse(readFileSync(join(root, file), "utf8"));
  } catch (cause) {
    throw new ApplicationError(`${file} cannot be read: ${cause instanceof Error ? cause.message : cause}`);
  }
}
