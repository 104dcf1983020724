import type { Contract } from "../contract/contract.ts";
import type { CamelCase } from "../contract/name.ts";
import type { FieldProblem, GatewayProblem } from "../contract/problem.ts";
import type { Schema } from "../contract/schema.ts";
import type { Sent } from "../contract/wire.ts";
import type { ClientInput, Nothing } from "./client-input.ts";

export type { ClientInput } from "./client-input.ts";

/**
 * One method for each contract: `client.luckyNumbers({ body: { name: "SilentByte", count: 10 } })`. `Known` are the names of
 * the headers that are set once.
 */
export type Client<Api extends Readonly<Record<string, Contract>>, Known extends string = never> = {
  readonly [Name in keyof Api & string as CamelCase<Name>]: Method<Api[Name], Known>;
};

type Method<C extends Contract, Known extends string> =
  Nothing extends ClientInput<C, Known>
    ? (input?: ClientInput<C, Known>, options?: CallOptions) => Promise<ClientReply<C>>
    : (input: ClientInput<C, Known>, options?: CallOptions) => Promise<ClientReply<C>>;

/** A reply of the contract, or a problem: `ok` tells which. */
export type ClientReply<C extends Contract> =
  | Replied<C["reply"] extends Schema ? { readonly 200: C["reply"] } : C["reply"]>
  | Refused<NonNullable<C["problems"]>>;

/** A problem by its kind, as the contract calls it; undefined where what is between has answered, such as API Gateway. */
type Refused<Problems> =
  | {
      [Kind in GatewayProblem | (keyof Problems & string)]: {
        readonly ok: false;
        readonly status: number;
        readonly kind: Kind;
        readonly problem: ProblemReply<Kind> &
          (Kind extends keyof Problems ? MembersOf<Problems[Kind]> : unknown);
        readonly headers: Headers;
      };
    }[GatewayProblem | (keyof Problems & string)]
  | {
      readonly ok: false;
      readonly status: number;
      readonly kind: undefined;
      readonly problem: ProblemReply;
      readonly headers: Headers;
    };

/** What a problem has besides the standard fields. */
type MembersOf<Definition> = Definition extends { readonly members: infer S extends Schema }
  ? Sent<S>
  : unknown;

type Replied<R> = {
  [Status in keyof R & number]: {
    readonly ok: true;
    readonly status: Status;
    readonly body: R[Status] extends Schema ? Sent<R[Status]> : undefined;
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

/** Headers, or what gives them before each try: a token that expires is a fresh one then. */
export type HeaderSource = HeaderValues | (() => HeaderValues | Promise<HeaderValues>);
type HeaderValues = Readonly<Record<string, string | undefined>>;

/** The names of the headers that are surely set. */
export type HeadersOf<Source> = NamesOf<
  Source extends (...input: never) => infer Given ? Awaited<Given> : Source
>;
type NamesOf<Values> = string extends keyof Values
  ? never
  : {
      [Name in keyof Values & string]-?: Nothing extends Pick<Values, Name> ? never : Set<Name, Values[Name]>;
    }[keyof Values & string];
type Set<Name extends string, Value> = Value extends string ? Lowercase<Name> : never;

export type ClientOptions<Source extends HeaderSource = HeaderSource> = {
  /** For the whole call, its retries included; 10000 unless told. */
  readonly timeoutMs?: number;
  /** How often a call that may be repeated is, at most; 2 unless told. */
  readonly retries?: number;
  /** The largest body of a reply that is read, in bytes after decompressing; 32 MiB unless told. */
  readonly maxReplyBytes?: number;
  /** Sent with every call, such as `authorization`; a call need not give them then. */
  readonly headers?: Source;
  /** The platform's own unless told. */
  readonly fetch?: typeof fetch;
};

export type CallOptions = Pick<ClientOptions, "timeoutMs" | "retries" | "maxReplyBytes"> & {
  /** Of this call, besides those of the client. */
  readonly headers?: HeaderValues;
  /** Ends the call when it aborts. */
  readonly signal?: AbortSignal;
};
