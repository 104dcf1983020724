import type { Answer } from "@lucky/gateway/answer";
import type { Contract } from "@lucky/gateway/contract";
import { Problem } from "@lucky/gateway/problem";
import { checkReply } from "@lucky/gateway/reply-check";
import type { CheckCall, Piece, Surrounding } from "@lucky/gateway/shared";
import { clock } from "./aws/clock.ts";
import type { IdempotencyTable, onceProblems } from "./declare/idempotency-table.ts";
import type { Write } from "./handles.ts";
import { claimRequest } from "./once/claim.ts";
import { identify } from "./once/identify.ts";
import { lambdaWith } from "./shared.ts";

/** What a function gets besides, for what must be done with its effect or not at all. */
export type Once = {
  /**
   * Keeps what the function is going to answer, as a part of its own transaction: no part for a request without a key.
   *
   *     const answer = reply(201, draw, { headers });
   *     await transaction([draws.writes.put(draw), ...once.keep(answer)]);
   *     return answer;
   */
  keep(answer: unknown): readonly Write[];
};

export type OnceOptions<Parts> = {
  /**
   * Whose key it is: two callers with one key are no business of each other. Unless told, whoever sends the same `authorization`,
   * so say it where that changes between tries, as tokens do.
   */
  readonly caller?: (call: CheckCall<Parts>) => string;
};

type Given =
  | { readonly once: Once }
  | { [Kind in keyof typeof onceProblems]: Problem<Kind, undefined> }[keyof typeof onceProblems];

/**
 * A piece for `lambdaWith`, where functions share checks: with it, a request with an idempotency-key runs once. See lambdaOnce.
 *
 *     const once = authed.with(onceEach({ caller: ({ user }) => user.id }));
 */
export function onceEach<Parts = unknown>({ caller }: OnceOptions<Parts> = {}): Piece<Parts, Given> {
  return {
    around(contract) {
      const table = tableOf(contract);
      if (contract.cookies && caller === undefined)
        throw new TypeError(`${nameOf(contract)} reads cookies: say whose key it is, onceEach({ caller })`);
      return (call, run) => {
        const { request, context } = call;
        const key = request.headers?.["idempotency-key"];
        if (key === undefined) return run({ once: { keep: () => [] } });
        if (key === "" || key.length > LONGEST_KEY) return Promise.resolve(refuseKey());
        clock.remainingMs = () => context.getRemainingTimeInMillis();
        const from = caller?.(call) ?? request.headers?.authorization ?? "";
        return runOnce({ contract, call, run, table, ...identify(contract, request, from, key) });
      };
    },
  };
}

/**
 * A `lambda` whose function runs once for an idempotency-key, however often the request comes: later ones get the first answer
 * again, with the header `idempotent-replayed`, as long as the contract's idempotencyTable keeps it. While the first runs, the
 * others get a 409; another request with the same key is a 422. A request without a key runs, always.
 *
 *     export const handler = lambdaOnce(keepDraw, async ({ body, draws }) => …);
 *
 * Replies are kept; problems, and whatever has a status of 500 or more, are not: with the same key it may be tried again. The
 * answer is written after the function has ended. Where it is killed in between, the next try runs it again; what must not be
 * done twice even then goes into one transaction with the answer, by `once.keep`.
 */
export const lambdaOnce = lambdaWith(onceEach());

const LONGEST_KEY = 255;

type Running = {
  readonly contract: Contract;
  readonly call: CheckCall;
  readonly run: Parameters<Surrounding>[1];
  readonly table: IdempotencyTable;
  readonly id: string;
  readonly fingerprint: string;
};

async function runOnce({ contract, call, run, table, id, fingerprint }: Running): Promise<Answer | Problem> {
  const claim = await claimRequest(table, { id, fingerprint });
  if ("answer" in claim) {
    call.addToLog({ replayed: true });
    return claim.answer;
  }
  if (claim instanceof Problem) return claim;
  let isLeftToFunction = false;
  const once: Once = {
    keep(answer) {
      isLeftToFunction = true; // and is not done where its transaction is not
      return [async () => (await claim.keeping(await checkReply(contract, answer)))()];
    },
  };
  const settle = (how: "keep" | "release", settled: Promise<void>) =>
    settled.catch((error) => call.addToLog({ [`idempotency-${how}`]: error })); // the effect is done: the caller must know
  try {
    const answer = await run({ once });
    const isKept = !(answer instanceof Problem) && answer.status < 500;
    if (!isKept) await settle("release", claim.release());
    else if (!isLeftToFunction) await settle("keep", claim.keep(answer));
    return answer;
  } catch (error) {
    await settle("release", claim.release());
    throw error;
  }
}

function tableOf(contract: Contract): IdempotencyTable {
  const tables = Object.values(contract.uses ?? {}).filter(({ right }) => right === "write");
  const table = tables.map(({ resource }) => resource).find((resource) => "hours" in resource);
  if (contract.idempotent !== "idempotency-key" || table === undefined)
    throw new TypeError(
      `${nameOf(contract)} runs once for each key: its contract has to have idempotent: "idempotency-key", and to write an idempotencyTable`,
    );
  return table as unknown as IdempotencyTable; // nothing else has hours
}

function nameOf({ method, path }: Contract): string {
  return `${method} ${path}`;
}

function refuseKey(): Problem {
  const detail = `Send a key of 1 to ${LONGEST_KEY} characters, such as a UUID.`;
  const errors = [{ in: "header", pointer: "#/idempotency-key", detail }] as const;
  return new Problem("invalid-request", detail, { errors });
}
