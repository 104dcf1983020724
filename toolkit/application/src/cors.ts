import { ApplicationError } from "./application-error.ts";

/** Which web pages may call an API, and what they may read. */
export type Cors = {
  /** `*`, an origin, or a scheme with any origin such as `https://*`. */
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAgeSeconds: number;
};

const LISTS = ["allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders"] as const;

/** What contracts export as `cors`, if they do. Throws an ApplicationError that names the field that is wrong. */
export function readCors(given: unknown): Cors | undefined {
  if (given === undefined) return undefined;
  const cors = Object(given) as Readonly<Record<string, unknown>>; // whatever it is, its fields are unknown
  for (const field of LISTS) {
    const list = cors[field];
    if (!Array.isArray(list) || !list.every((each) => typeof each === "string")) {
      throw new ApplicationError(`cors.${field} must be a list of strings, such as ["*"].`);
    }
  }
  if (!Number.isInteger(cors.maxAgeSeconds) || Number(cors.maxAgeSeconds) < 0) {
    throw new ApplicationError("cors.maxAgeSeconds must be a whole number of seconds, such as 86400.");
  }
  return given as Cors; // every field has been checked
}
