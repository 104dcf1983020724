import { type FieldProblem, Problem } from "@lucky/gateway/problem";
import type { Uses } from "@lucky/gateway/uses";
import { clock } from "./aws/clock.ts";
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
    clock.remainingMs = () => context.getRemainingTimeInMillis();
    try {
      return await run({ ...call, ...(handles as object) });
    } catch (error) {
      if (!(error instanceof InvalidCursorError)) throw error;
      const { message: detail, cursor } = error;
      const errors = fieldsWith(cursor, call).map((at) => ({ ...at, detail }));
      return new Problem("invalid-request", detail, { errors });
    }
  };
}

type Place = Omit<FieldProblem, "detail">;
const places = {
  query: "query",
  params: "path",
  headers: "header",
  cookies: "cookie",
  body: undefined,
} as const;

/** Where in the request the cursor came, whatever the contract calls it. */
function fieldsWith(cursor: string, call: object): readonly Place[] {
  return Object.entries(places).flatMap(([part, given]) =>
    Object.entries(Object((call as Record<string, unknown>)[part])) // each part, by its name
      .filter(([, value]) => value === cursor)
      .map(([name]) => {
        const pointer = `#/${encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))}`;
        return given === undefined ? { pointer } : { in: given, pointer };
      }),
  );
}
