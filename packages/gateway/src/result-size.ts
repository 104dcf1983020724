import type { Result } from "./dialect.ts";

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB, counted after JSON escaping. */
const LIMIT_BYTES = 6_291_556;
/** JSON makes at most six bytes of one UTF-16 unit: below this many nothing needs to be counted. */
const SAFE_LENGTH = 1_000_000;

/** An error that tells the size, where a result is larger than Lambda takes. */
export function exceedsLimit(result: Result): Error | undefined {
  if ((result.body?.length ?? 0) < SAFE_LENGTH) return undefined;
  const size = Buffer.byteLength(JSON.stringify(result));
  return size > LIMIT_BYTES
    ? new RangeError(`the result has ${size} bytes; Lambda takes ${LIMIT_BYTES}`)
    : undefined;
}
