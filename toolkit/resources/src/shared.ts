import { type LambdaWith, type Piece, lambdaWith as plain } from "@lucky/gateway/shared";
import { connected } from "./connected.ts";

/**
 * The gateway's `lambdaWith`, for contracts that use something: what functions share, and each given what its contract uses.
 */
export const lambdaWith = ((piece?: AnyPiece) => connecting((plain as AnyLambdaWith)(piece))) as typeof plain;

type AnyPiece = Piece<unknown, unknown>;
type AnyLambda = LambdaWith<unknown, never>;
type AnyLambdaWith = (piece?: AnyPiece) => AnyLambda;

function connecting(shared: AnyLambda): unknown {
  const lambda = (contract: Parameters<typeof connected>[0], run: Parameters<typeof connected>[1]) =>
    (shared as (contract: unknown, run: unknown) => unknown)(contract, connected(contract, run));
  return Object.assign(lambda, {
    with: (piece: AnyPiece) => connecting(shared.with(piece as never) as AnyLambda),
  });
}
