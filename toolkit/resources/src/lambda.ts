import type { Contract } from "@lucky/gateway/contract";
import { type Call, type Handler, lambda as plain } from "@lucky/gateway/lambda";
import type { Judged, Returned } from "@lucky/gateway/returned";
import { connected } from "./connected.ts";

/**
 * Makes a Lambda handler of a contract that uses something, and the function that fulfils it. What the contract uses comes with
 * the call; all else is as the gateway's own `lambda` has it.
 *
 *     export const handler = lambda(readDraw, async ({ params, draws }) =>
 *       (await draws.get({ id: params.id })) ?? problem("draw-not-found", "Draw it first."),
 *     );
 */
export function lambda<const C extends Contract, const R extends Returned<C>>(
  contract: C,
  run: (call: Call<C>) => R | Promise<R>,
): Handler;
/** A function that returns something else, which does not compile: the sentence in its type says why. */
export function lambda<const C extends Contract, const R>(
  contract: C,
  run: (call: Call<C>) => Judged<C, R>,
): Handler;
export function lambda<C extends Contract>(contract: C, run: (call: Call<C>) => Returned<C>): Handler {
  return plain(contract, connected(contract, run) as (call: Call<C>) => Promise<Returned<C>>); // what run gives, or a problem
}
