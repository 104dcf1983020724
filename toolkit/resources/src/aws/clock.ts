/** Less than the gateway keeps for its reply: a call that comes too near the end is its `out-of-time`, not an error of ours. */
const MARGIN_MS = 200;

/** Time as calls see it, for tests to take its place. */
export const clock = {
  now: (): number => Date.now(),
  wait: (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms)),
  /** What is left to the invocation that runs: an environment runs one at a time. */
  remainingMs: (): number => Number.POSITIVE_INFINITY,
};

/** Milliseconds that calls may still take. */
export function timeLeftMs(): number {
  return clock.remainingMs() - MARGIN_MS;
}

/** Waits before another try: at random, longer each time, as all who were slowed down at once would come back at once. False where there is no time for it. */
export async function backOff(attempt: number): Promise<boolean> {
  const ms = Math.random() * 25 * 2 ** attempt;
  if (timeLeftMs() <= ms) return false;
  await clock.wait(ms);
  return true;
}
