import type { Contract } from "../contract/contract.ts";
import type { Problem } from "../contract/problem.ts";
import type { Reply } from "../contract/reply.ts";
import type { ParameterName } from "../contract/route.ts";
import type { Input, Output, Schema } from "../contract/schema.ts";
import type { Context } from "./events.ts";
import type { Request } from "./request.ts";

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
  /** The request before any schema. */
  readonly request: Request;
  readonly context: Context;
};

/** The parts of a call while the steps make them: as they came, then as the contract's schemas give them. */
export type CallInput = {
  -readonly [Part in Exclude<keyof Call<Contract>, "request" | "context">]?: unknown;
};

type BodyOf<S> = S extends Schema ? Input<S> : undefined;

type Returned<C extends Contract> = Promised<C["reply"]> | Problem<keyof NonNullable<C["problems"]> & string>;

type Promised<R> = R extends Schema ? ReplyOf<{ readonly 200: R }> : ReplyOf<R>;

/** A reply of any of the statuses; of 200 the plain body will do. */
type ReplyOf<R> =
  | (R extends { readonly 200: infer S } ? BodyOf<S> : never)
  | { [Status in keyof R & number]: Reply<Status, BodyOf<R[Status]>> }[keyof R & number];

/**
 * The function itself. It returns the body of a 200, a `reply` of any status that the contract has, or one of the
 * contract's problems. Whatever it throws becomes a 500 that tells nothing. (TypeScript reads a function without
 * parameters before it knows the contract: where such a one returns literals or tuples, write `as const`.)
 */
export type Run<C extends Contract> = (call: Call<C>) => Returned<C> | Promise<Returned<C>>;
