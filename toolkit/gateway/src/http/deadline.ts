import type { Context } from "./events.ts";

/** How long before Lambda's own deadline the caller is told, so that the reply still gets out. */
const MARGIN_MS = 250;

/** A timer of more than this fires at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/**
 * The time that there is for one request. A class, for an object with a getter of its own takes a fifth of a warm request to
 * make.
 */
export class Deadline {
  readonly #context: Context;
  #controller: AbortController | undefined;

  constructor(context: Context) {
    this.#context = context;
  }

  /** Aborts with a TimeoutError when there is no time left: `fetch(url, { signal: deadline.signal })`. Made when it is asked for. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  /** What a run gives; it rejects with that error where the run takes too long. A run that has ended at once sets no timer. */
  race<T>(result: T | Promise<T>): T | Promise<T> {
    if (typeof (result as Partial<Promise<T>> | null | undefined)?.then !== "function") return result; // or it has none
    return new Promise((resolve, reject) => {
      const delay = Math.min(
        Math.max(0, this.#context.getRemainingTimeInMillis() - MARGIN_MS),
        LONGEST_DELAY_MS,
      );
      const timer = setTimeout(() => {
        const { signal } = this;
        this.#controller?.abort(new DOMException("the function came too near its timeout", "TimeoutError"));
        reject(signal.reason);
      }, delay);
      Promise.resolve(result)
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
  }
}
