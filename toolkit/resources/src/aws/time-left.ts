/** Before Lambda's own end, for the reply still to get out. */
const MARGIN_MS = 300;

let read: () => number = () => Number.POSITIVE_INFINITY;

/** Says how much time calls have: that of the invocation which runs, for an environment runs one at a time. */
export function measureTimeBy(remaining: () => number): void {
  read = remaining;
}

/** Milliseconds that calls may still take. */
export function timeLeftMs(): number {
  return read() - MARGIN_MS;
}
