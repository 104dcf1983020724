import type { Contract } from "../contract/contract.ts";
import type { Problem } from "../contract/problem.ts";
import type { Reply } from "../contract/reply.ts";
import type { Input, Output, Schema } from "../contract/schema.ts";
import type { Context } from "./events.ts";
import type { Request } from "./request.ts";

type Part<C extends Contract, Name extends "body" | "query" | "headers" | "cookies"> = C extends {
  readonly [N in Name]: infer S extends Schema;
}
  ? Output<S>
  : undefined;

/** The names in `{…}` of a path, such as `id` in `/draws/{id}`. */
export type ParamNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Greedy}+` ? Greedy : Name) | ParamNames<Rest>
  : never;

/** What a function is given: each part of the request as the contract's schema for it gives it. */
export type Call<C extends Contract> = {
  /** The path's parameters, decoded; strings unless the contract has a schema for them. */
  readonly params: C extends { readonly params: infer S extends Schema }
    ? Output<S>
    : { readonly [Name in ParamNames<C["path"]>]: string };
  readonly query: Part<C, "query">;
  readonly headers: Part<C, "headers">;
  readonly cookies: Part<C, "cookies">;
  readonly body: Part<C, "body">;
  /** The request before any schema. */
  readonly request: Request;
  readonly context: Context;
};

type BodyOf<S> = S extends Schema ? Input<S> : undefined;

type Returned<C extends Contract> = Promised<C["reply"]> | Problem<keyof NonNullable<C["problems"]> & string>;

type Promised<R> = R extends Schema ? Answers<{ readonly 200: R }> : Answers<R>;

/** A reply of any of the statuses; of 200 the plain body will do. */
type Answers<R> =
  | (R extends { readonly 200: infer S } ? BodyOf<S> : never)
  | { [Status in keyof R & number]: Reply<Status, BodyOf<R[Status]>> }[keyof R & number];

/**
 * The function itself. It returns the body of a 200, a `reply` of any status that the contract has, or one of the
 * contract's problems. Whatever it throws becomes a 500 that tells nothing. (TypeScript reads a function without
 * parameters before it knows the contract: where such a one returns literals or tuples, write `as const`.)
 */
export type Run<C extends Contract> = (call: Call<C>) => Returned<C> | Promise<Returned<C>>;
