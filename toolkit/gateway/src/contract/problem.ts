import type { Contract, ProblemDefinition } from "./contract.ts";
import { gatewayProblems } from "./gateway-problems.ts";
import { Reply } from "./reply.ts";

export { type GatewayProblem, gatewayProblems } from "./gateway-problems.ts";

/** One refused value: where it is, and what to do about it. */
export type FieldProblem = {
  /** The part of the request, as OpenAPI names it; the body where it is left out. */
  readonly in?: "path" | "query" | "header" | "cookie";
  /** RFC 6901, as a URI fragment: `#/count`. */
  readonly pointer: string;
  readonly detail: string;
};

type Details = {
  readonly errors?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
};

/** A failure that the caller is told about. It is a value, never thrown. */
export class Problem<Kind extends string = string, Members = unknown> {
  declare readonly kind: Kind;
  /** What to do about it. */
  declare readonly detail: string;
  declare readonly details: Details & { readonly members?: Members };

  constructor(kind: Kind, detail: string, details: Details & { readonly members?: Members } = {}) {
    this.kind = kind;
    this.detail = detail;
    this.details = details;
  }
}

/**
 * A problem that the contract declares, with its members where it has some.
 *
 *     problem("draw-not-found", "Draw it first: POST /draws")
 *     problem("out-of-credit", "Top up first.", { members: { balance: 30 } })
 */
export function problem<Kind extends string>(
  kind: Kind,
  detail: string,
  details?: Details,
): Problem<Kind, undefined>;
export function problem<Kind extends string, const Members>(
  kind: Kind,
  detail: string,
  details: Details & { readonly members: Members },
): Problem<Kind, Members>;
export function problem(kind: string, detail: string, details?: Details): Problem {
  return new Problem(kind, detail, details);
}

/**
 * As `application/problem+json` (RFC 9457); `instance` is the id to look for in the logs, and `members` are what its contract
 * lets it have.
 */
export function toReply(
  { kind, detail, details }: Problem,
  contract: Contract,
  instance: string,
  members?: unknown,
): Reply {
  const definitions: Record<string, ProblemDefinition> = { ...contract.problems, ...gatewayProblems };
  const definition = definitions[kind];
  if (definition === undefined) throw new TypeError(`the contract declares no problem "${kind}"`);
  const { status, title, type = `urn:problem:${kind}` } = definition;
  const standard = { type, title, status, detail, instance, errors: details.errors };
  const body = { ...(members as object | undefined), ...standard }; // as their schema is an object's
  const headers = { ...details.headers, "content-type": "application/problem+json" };
  return new Reply(status, body, { headers });
}
