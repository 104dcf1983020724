import { ApplicationError } from "./application-error.ts";
import type { FunctionPackage } from "./function-package.ts";

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
export const LIMITS = Object.keys(RANGES);

/**
 * The limits of a function: 1024 MB and 10 seconds, or what its package.json says, all of it or a part:
 *
 *     "lambda": { "memoryMegabytes": 2048, "timeoutSeconds": 20 }
 *
 * Throws an ApplicationError for a value out of its range.
 */
export function readLimits({ file, lambda }: FunctionPackage): Limits {
  const limits: Record<keyof Limits, number> = { ...DEFAULT };
  for (const [field, value] of Object.entries(lambda)) {
    if (!isLimit(field)) continue;
    const [least, most] = RANGES[field];
    if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
      throw new ApplicationError(`${field} in ${file} must be a whole number from ${least} to ${most}.`);
    }
    limits[field] = value;
  }
  return limits;
}

function isLimit(field: string): field is keyof Limits {
  return Object.hasOwn(RANGES, field);
}
