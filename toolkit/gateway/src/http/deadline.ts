/** How long before Lambda's own deadline the caller is told, so that the reply still gets out. */
const MARGIN_MS = 250;

/** A timer of more than this fires at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** Stands for the result of a run that came too near the deadline. */
export const outOfTime = Symbol("out of time");

/** What a run gives, or `outOfTime`. A run that has ended at once sets no timer. */
export function withDeadline<T>(
  result: T | Promise<T>,
  remainingMs: () => number,
): T | Promise<T | typeof outOfTime> {
  if (!isThenable(result)) return result;
  return new Promise((resolve, reject) => {
    const delay = Math.min(Math.max(0, remainingMs() - MARGIN_MS), LONGEST_DELAY_MS);
    const timer = setTimeout(() => resolve(outOfTime), delay);
    Promise.resolve(result)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
