import { setTimeout as delay } from "node:timers/promises";
import { ThrottledError } from "../aws/aws-error.ts";
import { timeLeftMs } from "../aws/time-left.ts";

const TRIES = 8;
const FIRST_DELAY_MS = 25;

/**
 * Does all in calls of `size`, each again with what it left undone, which DynamoDB does where it would be too much at once. Throws
 * a ThrottledError where some is left in the end.
 */
export async function inBatches<Each>(
  all: readonly Each[],
  size: number,
  call: (batch: readonly Each[]) => Promise<readonly Each[]>,
): Promise<void> {
  for (let from = 0; from < all.length; from += size) {
    let left = await call(all.slice(from, from + size));
    for (let attempt = 1; left.length > 0; attempt++) {
      const wait = Math.random() * FIRST_DELAY_MS * 2 ** attempt;
      if (attempt === TRIES || timeLeftMs() < wait)
        throw new ThrottledError(
          `${left.length + all.slice(from + size).length} of ${all.length} are not done: DynamoDB slows the calls down`,
        );
      await delay(wait);
      left = await call(left);
    }
  }
}
