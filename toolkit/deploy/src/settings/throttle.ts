import { ApplicationError } from "@lucky/application/application-error";

/** What is above gets a 429. */
export type Throttle = {
  /** On average. */
  readonly requestsPerSecond: number;
  /** At once. */
  readonly burst: number;
};

/** Throws an ApplicationError for limits that API Gateway refuses, or that refuse every request. `owner` has them. */
export function checkThrottle(throttle: Throttle, owner: string): void {
  for (const field of ["requestsPerSecond", "burst"] as const) {
    const value = throttle[field];
    if (Number.isInteger(value) && value >= 1) continue;
    throw new ApplicationError(`${field} in the throttle of ${owner} must be a whole number from 1.`);
  }
}
