import { ThrottledError } from "../aws/aws-error.ts";
import { backOff } from "../aws/clock.ts";

const TRIES = 8;

/**
 * Does all in calls of `size`, each again with what it left undone, which DynamoDB does where it would be too much at once.
 * Throws a ThrottledError where nothing more is done for a while.
 */
export async function inBatches<Each>(
  all: readonly Each[],
  size: number,
  call: (batch: readonly Each[]) => Promise<readonly Each[]>,
): Promise<void> {
  for (let from = 0; from < all.length; from += size) {
    let left = all.slice(from, from + size);
    for (let attempt = 1; ; attempt++) {
      const next = await call(left);
      if (next.length === 0) break;
      if (next.length < left.length) attempt = 1;
      left = [...next];
      if (attempt < TRIES && (await backOff(attempt))) continue;
      const undone = left.length + Math.max(0, all.length - from - size);
      throw new ThrottledError(`${undone} of ${all.length} are not done: DynamoDB slows the calls down`);
    }
  }
}
