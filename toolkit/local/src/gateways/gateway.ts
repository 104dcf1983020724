import type { RouteChoice } from "@lucky/gateway/routes";
import type { Settled } from "../lambda/runtime-api.ts";
import type { HttpRequest } from "./request.ts";
import type { RequestIds } from "./request-ids.ts";
import type { HttpResponse } from "./response.ts";

/** What may stand between a caller and a function: how it asks the function, and what it makes of the answer. */
export type Gateway = {
  /** Such as "an HTTP API". */
  readonly title: string;
  /** The stage unless told otherwise; undefined where there are none. */
  readonly stage?: string;
  /** How it chooses among routes. */
  readonly choice: RouteChoice;
  /** Whether functions share its address, so that the route chooses; on AWS, each has an address of its own otherwise. */
  readonly isShared: boolean;
  /** Whether it answers preflights, and adds the headers of CORS. */
  readonly hasCors: boolean;
  /** Of a request's body. */
  readonly maxBodyBytes: number;
  /** Of the request line and the headers together. */
  readonly maxHeaderBytes: number;
  /** How long it waits for a function; as long as that may run, if undefined. */
  readonly timeoutMs?: number | undefined;
  /** Whether a request to change the protocol is a bad one, and not one that goes on without the change. */
  readonly refusesUpgrade?: true;
  /** What it adds to each response; `isInvoked` once a function has been asked. */
  responseHeaders(ids: RequestIds, isInvoked: boolean): Readonly<Record<string, string>>;
  /** The event of a request that a route leads to, such as `/draws/{id}`; its target is without the stage. */
  toEvent(request: HttpRequest, route: string, stage?: string): object;
  /** The response to a result; undefined for one that is malformed. */
  toResponse(payload: string): HttpResponse | undefined;
  /** What it answers itself. */
  refuse(refusal: Refusal): HttpResponse;
};

/** Why a gateway answers in the place of a function. */
export type Refusal =
  | "bad-request"
  | "no-route"
  | "wrong-stage"
  | "body-too-large"
  | "headers-too-large"
  /** Lambda has refused the event, or there are too many at once. */
  | "event-too-large"
  | "throttled"
  /** The function has thrown, ended or run out of its own time. */
  | "function-error"
  | "function-timeout"
  /** The gateway's own time is over. */
  | "timeout"
  | "malformed-result"
  | "internal-error";

/** What it makes of an invocation's end; with the reason, for the author and not for the caller, where that failed. */
export function respond(gateway: Gateway, { payload, isFunctionError }: Settled): HttpResponse {
  if (isFunctionError) {
    const { errorType, errorMessage } = JSON.parse(payload) as Record<string, unknown>; // Lambda's own shape
    const refusal = errorType === "Sandbox.Timedout" ? "function-timeout" : "function-error";
    return { ...gateway.refuse(refusal), failure: `${errorType}: ${errorMessage}` };
  }
  const malformed = (failure: string) => ({ ...gateway.refuse("malformed-result"), failure });
  try {
    return gateway.toResponse(payload) ?? malformed("the result is not what this gateway takes");
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return malformed("the result is no JSON: this gateway takes no streams");
  }
}
