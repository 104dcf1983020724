import { awsCall, dynamodb } from "./aws/aws-call.ts";
import { AwsError } from "./aws/aws-error.ts";
import { builtin } from "./aws/builtin.ts";
import type { Write } from "./handles.ts";
import { explain } from "./table/table-error.ts";

const MOST = 100;
/** Reasons that pass: another write of the same items, or too many. */
const PASSING = /^(?:None|TransactionConflict|ThrottlingError|ProvisionedThroughputExceeded)$/;

/**
 * Does all of the writes, or none where a condition of one does not hold: gives which those were, by their place in the list,
 * and so nothing where all is done.
 *
 *     const failed = await transaction([marks.writes.create({ id }), counts.writes.update({ number }, { add: { drawn: 1 } })]);
 *     if (failed.length > 0) return; // it was counted before
 *
 * Throws a RangeError for more than 100 writes. It is safe to repeat, and is: AWS knows each transaction by a token.
 */
export async function transaction(writes: readonly Write[]): Promise<readonly number[]> {
  if (writes.length === 0) return [];
  if (writes.length > MOST)
    throw new RangeError(`a transaction has ${MOST} writes at most, not ${writes.length}`);
  const TransactItems = await Promise.all(writes.map((write) => write()));
  const input = { TransactItems, ClientRequestToken: builtin("node:crypto").randomUUID() };
  try {
    await awsCall(dynamodb, "TransactWriteItems", input, { isRepeatable: true, isUndone });
    return [];
  } catch (error) {
    const failed = reasonsOf(error).flatMap((code, nth) => (code === "ConditionalCheckFailed" ? [nth] : []));
    if (failed.length > 0) return failed;
    const names = TransactItems.flatMap(Object.values).map(({ TableName }) => TableName);
    throw explain(error, [...new Set(names)].join(", "));
  }
}

function isUndone(error: AwsError): boolean {
  const reasons = reasonsOf(error);
  return reasons.length > 0 && reasons.every((code) => PASSING.test(code));
}

function reasonsOf(error: unknown): readonly string[] {
  if (!(error instanceof AwsError) || error.name !== "TransactionCanceledException") return [];
  const { CancellationReasons: reasons } = error.details;
  return Array.isArray(reasons) ? reasons.map((reason) => String(reason?.Code ?? "None")) : [];
}
