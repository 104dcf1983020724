import { Problem } from "@lucky/gateway/problem";
import type { Uses } from "@lucky/gateway/uses";
import { measureTimeBy } from "./aws/time-left.ts";
import { connect } from "./connect.ts";
import { InvalidCursorError } from "./table/table-error.ts";

type AnyCall = { readonly context: { getRemainingTimeInMillis(): number } };

/** A function that is given what its contract uses, with the call. A cursor that a caller made up is the caller's mistake. */
export function connected<Given extends AnyCall>(
  contract: { readonly uses?: Uses },
  run: (call: Given) => unknown,
): (call: Given) => Promise<unknown> {
  const handles = connect(contract);
  return async (call) => {
    const { context } = call;
    measureTimeBy(() => context.getRemainingTimeInMillis());
    try {
      return await run({ ...call, ...(handles as object) });
    } catch (error) {
      if (!(error instanceof InvalidCursorError)) throw error;
      const at = { in: "query", pointer: "#/cursor", detail: error.message } as const;
      return new Problem("invalid-request", error.message, { errors: [at] });
    }
  };
}
