import { ApplicationError } from "@lucky/application/application-error";

/** AWS leaves so many to all functions that reserve none: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const UNRESERVED = 100;

/**
 * Throws an ApplicationError if functions reserve more executions at once than the account's quota has to reserve, which
 * AWS says when half of a deploy is done. `functions` are their options; a number that is not known yet is passed over.
 *
 *     checkReservedConcurrency([{ concurrency: { reserved: 50 } }, {}], 1000);
 */
export function checkReservedConcurrency(
  functions: readonly { readonly concurrency?: unknown }[],
  quota = 1000,
): void {
  const reserved = functions
    .map(({ concurrency }) => Object(concurrency).reserved)
    .filter((each) => typeof each === "number");
  const sum = reserved.reduce((before, each) => before + each, 0);
  const most = Math.max(0, quota - UNRESERVED);
  if (sum <= most) return;
  throw new ApplicationError(
    `The functions reserve ${sum} executions at once (${reserved.length} of them do), and a quota of ${quota} has ${most} to ` +
      `reserve. Set RESERVED_CONCURRENCY to less or to none, or CONCURRENCY_QUOTA if the account has more.`,
  );
}
