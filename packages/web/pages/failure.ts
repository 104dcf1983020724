import { type ProblemReply, UnexpectedReplyError } from "@lucky/gateway/client";

export type ProblemFailure = {
  readonly kind: "problem";
  readonly problem: ProblemReply;
  /** What to name when asking for help. */
  readonly requestId: string | undefined;
  readonly headers: Headers;
};
export type Failure =
  | ProblemFailure
  | { readonly kind: "unreachable" | "timeout" | "stopped" | "unreadable" | "outdated" };

/** As long as API Gateway waits, its own time and the network's. */
export const TIMEOUT_MS = 35_000;

/** Of a reply that is a problem. */
export function toFailure({ problem, headers }: { problem: ProblemReply; headers: Headers }): Failure {
  const requestId = headers.get("apigw-requestid") ?? problem.instance;
  return { kind: "problem", problem, requestId, headers };
}

/** Why there is no reply. Throws what no call of the client throws. */
export function kindOf(error: unknown): "unreachable" | "timeout" | "stopped" | "unreadable" {
  if (error instanceof TypeError) return "unreachable"; // so fetch says that no response has come
  if (error instanceof UnexpectedReplyError) return "unreadable"; // another has answered
  if (error instanceof DOMException && error.name === "TimeoutError") return "timeout";
  if (error instanceof DOMException && error.name === "AbortError") return "stopped";
  throw error;
}
