import type { Compress } from "./compress.ts";
import type { Mistakes } from "./mistake-types.ts";
import type { ParameterName } from "./parameter-name.ts";
import type { Sendable } from "./refusal.ts";
import type { Input, Schema } from "./schema.ts";
import type { Uses } from "./uses.ts";

/** One endpoint: the single place where its route, its input and its output are written down. */
export type Contract = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As API Gateway writes it, without the stage: `/draws/{id}`, `/files/{path+}`. */
  readonly path: `/${string}`;
  /** What the endpoint does, in one line. */
  readonly summary: string;
  /** More about it, in Markdown. */
  readonly description?: string;
  /** What the documentation puts it under; the first segment of its path unless told. */
  readonly tag?: string;
  /** Says in the documentation that callers should leave it. */
  readonly deprecated?: true;

  /** Of an object with the path's parameters, each a string: all of them, and no others. */
  readonly params?: Schema;
  /**
   * Of an object with the query's parameters: each a string, or a list of strings where it is repeated. So a truth value is
   * `z.stringbool()`: `z.coerce.boolean()` makes true of `false` as of any text.
   */
  readonly query?: Schema;
  /** Of an object with the headers, names in lower case, each a string. */
  readonly headers?: Schema;
  /** Of an object with the cookies, each a string. */
  readonly cookies?: Schema;
  /** Of the body; without it, a body is ignored. */
  readonly body?: Schema;
  /** A body that works, for the curl commands and the documentation. */
  readonly example?: unknown;
  /**
   * The same of the other parts of a request: needed where a request without them is refused. They are printed and published,
   * so a secret has a placeholder, such as `Bearer <token>`.
   */
  readonly examples?: Examples;
  /** The largest body that is read, in bytes after decoding base64; 65536 unless told. */
  readonly maxBodyBytes?: number;

  /** Of the body of a reply with status 200; or of each status's body, null where it has none. */
  readonly reply: Schema | Replies;
  /** The body of a reply with status 200 as it is sent, for the documentation. */
  readonly replyExample?: unknown;
  /**
   * What headers a reply has by itself, each with what it is for: `{ 201: { location: "Where the draw is." } }`. A function
   * that replies without them does not compile; those of a problem's status are for the documentation alone.
   */
  readonly replyHeaders?: ReplyHeaders;
  /** What can go wrong beside what the gateway itself finds, by a code that callers may switch on. */
  readonly problems?: Readonly<Record<string, ProblemDefinition>>;
  /** Compresses replies of JSON or text for callers that accept it: `gzip`. */
  readonly compress?: Compress;
  /**
   * Whether a client may repeat a call that may or may not have arrived; only GET may unless told. `idempotency-key`: it may,
   * as each call has a key of its own, the same each time that it is tried. The typed client sends one unless it is given, and
   * the headers ask for it: a UUID, without the quotes of the draft, which few services want. The function must do its part:
   * keep the key, and give a key that it knows what it gave before.
   * https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
   *
   *     idempotent: "idempotency-key",
   *     headers: z.object({ "idempotency-key": z.string().check(z.maxLength(255)) }),
   *     examples: { headers: { "idempotency-key": "3d1c9a4e" } },
   */
  readonly idempotent?: boolean | "idempotency-key";
  /** What the function uses, by the name under which it gets each: `{ draws: write(Draws) }`, of @lucky/resources/declare. */
  readonly uses?: Uses;
};

export type Replies = { readonly [status: number]: Schema | null };

/** By status, and by name in lower case. */
export type ReplyHeaders = { readonly [status: number]: Readonly<Record<string, string>> };

export type ProblemDefinition = {
  /** 400 to 599. */
  readonly status: number;
  readonly title: string;
  /** A URI, best one that leads to more about it; `urn:problem:<code>` unless given. */
  readonly type?: string;
  /** Of an object with the fields that this problem adds to the standard ones, such as a balance (RFC 9457, section 3.2). */
  readonly members?: Schema;
  /** Such fields, as they are sent, for the documentation. */
  readonly example?: unknown;
};

/** Parts of a request that works, as they are sent: `{ params: { id: "7" }, query: { tag: ["a", "b"] } }`. */
export type Examples = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: Readonly<Record<string, string>>;
};

type WithExample<C extends Contract> = C extends { readonly body: infer Body extends Schema }
  ? { readonly example: Input<Body> }
  : { readonly example?: never };

/** An example is of what its schema takes, and there is none of a part that the contract has no schema for. */
type WithExamples<C extends Contract> = C extends { readonly examples: infer E extends Examples }
  ? { readonly examples: { readonly [Part in keyof E]: ExampleOf<C, Part, E[Part]> } }
  : unknown;
type ExampleOf<C extends Contract, Part, E> = Part extends "params" | "query" | "headers" | "cookies"
  ? C[Part] extends Schema
    ? Partial<Input<C[Part]>>
    : Part extends "params"
      ? { readonly [Name in keyof E]: Name extends ParameterName<C["path"]> ? string : never }
      : never
  : never;

/**
 * Declares an endpoint. It returns what it is given: the worth is in the types, which all else derives from. What no request
 * could pass, or no reply, does not compile; what types cannot see is refused where the application is loaded.
 */
export function contract<const C extends Contract>(
  definition: C & WithExample<C> & WithExamples<C> & Mistakes<C> & Sendable<C>,
): C {
  return definition;
}

/** The schema of a reply's body: null where it has none, undefined where the contract has no such status. */
export function replySchema({ reply }: Contract, status: number): Schema | null | undefined {
  return isSchema(reply) ? (status === 200 ? reply : undefined) : reply[status];
}

/** The contract's replies by status. */
export function repliesOf({ reply }: Contract): Replies {
  return isSchema(reply) ? { 200: reply } : reply;
}

function isSchema(reply: Schema | Replies): reply is Schema {
  return "~standard" in reply;
}
