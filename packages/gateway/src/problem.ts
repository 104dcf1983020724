import { json, type Reply } from "./reply.ts";

/** Every problem that the gateway itself can answer with. The key is stable: callers may switch on it. */
export const problems = {
  "missing-body": { status: 400, title: "The body is missing" },
  "malformed-body": { status: 400, title: "The body cannot be decoded" },
  "malformed-json": { status: 400, title: "The body is not JSON" },
  "body-too-large": { status: 413, title: "The body is too large" },
  "unsupported-media-type": { status: 415, title: "The content type is not supported" },
  "invalid-body": { status: 422, title: "The body breaks the contract" },
  "internal-error": { status: 500, title: "Something went wrong" },
} as const;

export type ProblemKind = keyof typeof problems;

/** One refused field: where it is (RFC 6901, as a URI fragment: `#/count`) and what to do about it. */
export type FieldProblem = { readonly pointer: string; readonly detail: string };

/** A failure that the caller is told about. It is a value, never thrown. */
export class Problem {
  readonly kind: ProblemKind;
  /** What to do about it. */
  readonly detail: string;
  readonly more: {
    readonly errors?: readonly FieldProblem[];
    readonly headers?: Readonly<Record<string, string>>;
  };

  constructor(kind: ProblemKind, detail: string, more: Problem["more"] = {}) {
    this.kind = kind;
    this.detail = detail;
    this.more = more;
  }

  /** As `application/problem+json` (RFC 9457); `instance` is the id to look for in the logs. */
  toReply(instance: string): Reply {
    const { status, title } = problems[this.kind];
    const { errors, headers } = this.more;
    const body = { type: `urn:problem:${this.kind}`, title, status, detail: this.detail, instance, errors };
    const reply = json(status, body, "application/problem+json");
    return { ...reply, headers: { ...reply.headers, ...headers } };
  }
}
