import type { Contract } from "../contract/contract.ts";
import type { ParameterName } from "../contract/route.ts";
import type { Output, Schema } from "../contract/schema.ts";
import type { Handles } from "../contract/uses.ts";
import type { Deadline } from "./deadline.ts";
import type { Context } from "./events.ts";
import type { Request } from "./request.ts";
import type { Returned } from "./returned.ts";

type GivenPart<C extends Contract, Name extends "body" | "query" | "headers" | "cookies"> = C extends {
  readonly [N in Name]: infer S extends Schema;
}
  ? Output<S>
  : undefined;

/** What a function is given: each part of the request as the contract's schema for it gives it. */
export type Call<C extends Contract> = {
  /** The path's parameters, decoded; strings unless the contract has a schema for them. */
  readonly params: C extends { readonly params: infer S extends Schema }
    ? Output<S>
    : { readonly [Name in ParameterName<C["path"]>]: string };
  readonly query: GivenPart<C, "query">;
  readonly headers: GivenPart<C, "headers">;
  readonly cookies: GivenPart<C, "cookies">;
  readonly body: GivenPart<C, "body">;
} & CallStart &
  Handles<C>;

/** What a call has before any part of the request is read. */
export type CallStart = {
  /** The request before any schema. */
  readonly request: Request;
  readonly context: Context;
  /** Its `signal` aborts when there is no time left: `fetch(url, { signal: deadline.signal })`. */
  readonly deadline: Pick<Deadline, "signal">;
};

/**
 * A call with parts that a function around others adds, such as a user. What a call has by itself cannot be added: it does
 * not compile, with the sentence that says so.
 *
 *     const authed = <const C extends Contract, const R extends Returned<C>>(
 *       contract: C,
 *       run: (call: CallWith<C, { user: User }>) => R | Promise<R>,
 *     ) => lambda(contract, async (call) => run({ ...call, user: await readUser(call.request) }));
 */
export type CallWith<C extends Contract, Parts extends NewParts<Parts>> = Call<C> & Parts;

type NewParts<Parts> = {
  readonly [Name in keyof Parts]: Name extends keyof Call<Contract>
    ? `A call has ${Name} by itself: give the part another name.`
    : unknown;
};

/** The parts of a call while the steps make them: as they came, then as the contract's schemas give them. */
export type CallInput = {
  -readonly [Part in Exclude<keyof Call<Contract>, keyof CallStart>]?: unknown;
};

/**
 * The function itself. It returns the body of a 200, a `reply` of any status that the contract has, or one of the
 * contract's problems. Whatever it throws becomes a 500 that tells nothing.
 */
export type Run<C extends Contract> = (call: Call<C>) => Returned<C> | Promise<Returned<C>>;
