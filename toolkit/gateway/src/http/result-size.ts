/** 6 MB, and a little that Lambda adds: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const LAMBDA_RESULT_BYTES = 6_291_556;
/** JSON makes at most six bytes of one UTF-16 unit, and the headers need little: below this nothing is counted. */
const SAFE_SHARE = 1 / 8;

/** An error that tells the size, where a result is larger than its gateway takes, counted after JSON escaping. */
export function exceedsLimit(
  result: { readonly body?: string | undefined },
  limit: number,
): Error | undefined {
  if ((result.body?.length ?? 0) < limit * SAFE_SHARE) return undefined;
  const size = Buffer.byteLength(JSON.stringify(result));
  return size > limit ? new RangeError(`the result has ${size} bytes; ${limit} are taken`) : undefined;
}
