import {
  type EndsOf,
  type LambdaWith,
  type Logging,
  type PartsOf,
  type Piece,
  type PieceMistake,
  lambdaWith as plain,
} from "@lucky/gateway/shared";
import { connected } from "./connected.ts";

/**
 * The gateway's `lambdaWith`, for contracts that use something: what functions share, and each given what its contract uses.
 *
 *     const authed = lambdaWith({ check: ({ request }) => ({ user: readUser(request) }) });
 *     export const handler = authed(readNote, async ({ params, user, notes }) => …);
 */
export function lambdaWith<R = undefined>(
  piece?: Piece<Logging, R> & PieceMistake<Logging, R>,
): LambdaWith<Logging & PartsOf<R>, EndsOf<R>, true> {
  return connecting(plain(piece)) as LambdaWith<Logging & PartsOf<R>, EndsOf<R>, true>; // the same, and what is used
}

type Shared = {
  (contract: never, run: never): unknown;
  with(piece: never): Shared;
};

function connecting(shared: Shared): unknown {
  const lambda = (...[contract, run]: Parameters<typeof connected>) =>
    shared(contract as never, connected(contract, run) as never);
  return Object.assign(lambda, { with: (piece: never) => connecting(shared.with(piece)) });
}
