import type { Context } from "./events.ts";

/** How long before Lambda's own deadline the caller is told, so that the reply still gets out. */
const MARGIN_MS = 250;

/** A timer of more than this fires at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** The time that there is for one request. */
export type Deadline = {
  /** Aborts with a TimeoutError when the deadline is near and a race goes on. Made when it is first asked for. */
  readonly signal: AbortSignal;
  /** What a run gives; it rejects with that error where the run takes too long. A run that has ended at once sets no timer. */
  race<T>(result: T | Promise<T>): T | Promise<T>;
};

export function startDeadline(context: Context): Deadline {
  let controller: AbortController | undefined;
  return {
    get signal() {
      controller ??= new AbortController();
      return controller.signal;
    },
    race(result) {
      if (typeof (result as Partial<Promise<unknown>> | null | undefined)?.then !== "function") return result; // or it has none
      return new Promise((resolve, reject) => {
        const delay = Math.min(Math.max(0, context.getRemainingTimeInMillis() - MARGIN_MS), LONGEST_DELAY_MS);
        const timer = setTimeout(() => {
          controller ??= new AbortController();
          controller.abort(new DOMException("the function came too near its timeout", "TimeoutError"));
          reject(controller.signal.reason);
        }, delay);
        Promise.resolve(result)
          .then(resolve, reject)
          .finally(() => clearTimeout(timer));
      });
    },
  };
}
