import type { Contract } from "../contract/contract.ts";
import type { CamelCase } from "../contract/name.ts";
import type { FieldProblem, GatewayProblem } from "../contract/problem.ts";
import type { ParameterName } from "../contract/route.ts";
import type { Input, Output, Schema } from "../contract/schema.ts";

/** One method for each contract: `client.luckyNumbers({ body: { name: "SilentByte", count: 10 } })`. */
export type Client<Api extends Readonly<Record<string, Contract>>> = {
  readonly [Name in keyof Api & string as CamelCase<Name>]: Method<Api[Name]>;
};

/** An object of which nothing is required. */
type Nothing = Record<never, never>;

type Method<C extends Contract> =
  Nothing extends ClientInput<C>
    ? (input?: ClientInput<C>, options?: CallOptions) => Promise<ClientReply<C>>
    : (input: ClientInput<C>, options?: CallOptions) => Promise<ClientReply<C>>;

type SentPart<C extends Contract, Name extends "body" | "query" | "headers"> = C extends {
  readonly [N in Name]: infer S extends Schema;
}
  ? Nothing extends Input<S>
    ? { readonly [N in Name]?: Input<S> }
    : { readonly [N in Name]: Input<S> }
  : unknown;

type SentParams<C extends Contract> = C extends { readonly params: infer S extends Schema }
  ? { readonly params: Input<S> }
  : [ParameterName<C["path"]>] extends [never]
    ? unknown
    : { readonly params: { readonly [Name in ParameterName<C["path"]>]: string | number } };

export type ClientInput<C extends Contract> = SentParams<C> &
  SentPart<C, "query"> &
  SentPart<C, "headers"> &
  SentPart<C, "body">;

/** A reply of the contract, or a problem: `ok` tells which. */
export type ClientReply<C extends Contract> =
  | Replied<C["reply"] extends Schema ? { readonly 200: C["reply"] } : C["reply"]>
  | {
      readonly ok: false;
      readonly status: number;
      readonly problem: ProblemReply<GatewayProblem | (keyof NonNullable<C["problems"]> & string)>;
      readonly headers: Headers;
    };

type Replied<R> = {
  [Status in keyof R & number]: {
    readonly ok: true;
    readonly status: Status;
    readonly body: R[Status] extends Schema ? Output<R[Status]> : undefined;
    readonly headers: Headers;
  };
}[keyof R & number];

/** RFC 9457. What is between, such as API Gateway itself, may answer with types of its own, or with about:blank. */
export type ProblemReply<Kind extends string = string> = {
  readonly type: `urn:problem:${Kind}` | "about:blank" | (string & {});
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly errors?: readonly FieldProblem[];
};

export type ClientOptions = {
  /** For the whole call, its retries included; 10000 unless told. */
  readonly timeoutMs?: number;
  /** How often a call that may be repeated is, at most; 2 unless told. */
  readonly retries?: number;
  /** Sent with every call, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The platform's own unless told. */
  readonly fetch?: typeof fetch;
};

export type CallOptions = Pick<ClientOptions, "timeoutMs" | "retries" | "headers"> & {
  /** Ends the call when it aborts. */
  readonly signal?: AbortSignal;
};
