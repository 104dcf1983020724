/** How long before Lambda's own deadline the caller is told, so that the reply still gets out. */
const MARGIN_MS = 250;

/** Stands for the result of a run that came too near the deadline. */
export const outOfTime = Symbol("out of time");

/** What a run gives, or `outOfTime`. A run that has ended at once sets no timer. */
export function withDeadline<T>(
  result: T | Promise<T>,
  remainingMs: () => number,
): T | Promise<T | typeof outOfTime> {
  if (!(result instanceof Promise)) return result;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(outOfTime), Math.max(0, remainingMs() - MARGIN_MS));
    result.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
