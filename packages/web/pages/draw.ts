import { luckyNumbers } from "@acme/contracts/lucky-numbers";
import { createClient } from "@lucky/gateway/client";
import { apiUrl } from "./api-url.ts";
import { type Exchange, recordExchange } from "./exchange.ts";
import { type Failure, kindOf, TIMEOUT_MS, toFailure } from "./failure.ts";

export type Numbers = {
  readonly kind: "numbers";
  readonly message: string;
  readonly numbers: readonly number[];
};
export type DrawResult = Numbers | Failure;
export type Drawn = { readonly outcome: DrawResult; readonly exchange: Exchange | undefined };

/** What the form has: of any type, as the API is the judge. */
export type Wish = { readonly name: string; readonly count: number | string | undefined };

/** Calls the API, and tells how that ended and what went over the wire. */
export async function draw({ name, count }: Wish, signal: AbortSignal): Promise<Drawn> {
  const { fetch, exchange } = recordExchange(luckyNumbers);
  const client = createClient({ "lucky-numbers": luckyNumbers }, apiUrl, { fetch, timeoutMs: TIMEOUT_MS });
  const body = { name, count: count as number }; // untrue at times, on purpose: the reply then says what is wrong
  try {
    const reply = await client.luckyNumbers({ body }, { signal });
    return {
      outcome: reply.ok ? ((await toNumbers(reply.body)) ?? { kind: "outdated" }) : toFailure(reply),
      exchange: exchange(),
    };
  } catch (error) {
    return { outcome: { kind: kindOf(error) }, exchange: exchange() };
  }
}

/** The draw in a body, undefined where the contract knows none such: the client leaves that to whom it matters. */
export async function toNumbers(body: unknown): Promise<Numbers | undefined> {
  const result = await luckyNumbers.reply["~standard"].validate(body);
  return result.issues ? undefined : { kind: "numbers", ...result.value };
}
