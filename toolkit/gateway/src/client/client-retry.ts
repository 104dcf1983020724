import { release } from "./read-body.ts";
import { readRetryAfter } from "./retry-after.ts";

const RETRIED = [429, 502, 503, 504];
/** Of a first try that still runs, where it says when to come back. */
const RETRIED_WHEN_TOLD = 409;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** Timers cannot wait longer. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

export type Tries = {
  /** How often it is tried again, at most. */
  readonly retries: number;
  readonly signal: AbortSignal;
  /** When the call's time is up, as performance.now has it: a clock may be set meanwhile. */
  readonly deadline: number;
};

export type Steps<Prepared, Read> = {
  /** Before each try; what it throws ends all. */
  readonly prepare: () => Promise<Prepared>;
  readonly send: (prepared: Prepared) => Promise<Response>;
  readonly read: (response: Response) => Promise<Read>;
};

/** A response and what is read of it. What may pass is tried again, as long as its pause is within the time left. */
export async function tryUntilRead<Prepared, Read>(
  { prepare, send, read }: Steps<Prepared, Read>,
  { retries, signal, deadline }: Tries,
): Promise<{ readonly response: Response; readonly read: Read }> {
  for (let attempt = 0; ; attempt++) {
    let wait = pauseAfter(attempt);
    const isLast = () =>
      attempt >= retries || performance.now() + wait >= deadline || wait > LONGEST_TIMER_MS;
    const prepared = await prepare();
    try {
      const response = await send(prepared);
      wait = pauseAfter(attempt, response.headers);
      if (!mayPass(response) || isLast()) return { response, read: await read(response) };
      release(response);
    } catch (error) {
      // fetch rejects with a TypeError when the network fails; a body does likewise.
      if (!(error instanceof TypeError) || isLast()) throw error;
    }
    await pause(wait, signal);
  }
}

function mayPass({ status, headers }: Response): boolean {
  return RETRIED.includes(status) || (status === RETRIED_WHEN_TOLD && headers.has("retry-after"));
}

/** In milliseconds; random, up to a bound that doubles: many clients do not come back at once. A server's own wish goes first. */
export function pauseAfter(attempt: number, headers = new Headers()): number {
  return readRetryAfter(headers) ?? Math.random() * Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}
