import type { HttpEvent } from "@lucky/gateway/events";
import type { Gateway, Refusal } from "./gateway.ts";
import { toPayload2, toPayload2Response } from "./http.ts";
import { type HttpRequest, partsOf } from "./request.ts";
import { tracedResponse } from "./request-ids.ts";
import { toMessage } from "./response.ts";

const REFUSALS: Readonly<Record<Refusal, readonly [status: number, message: string]>> = {
  "bad-request": [400, "Bad Request"],
  "no-route": [404, "Not Found"],
  "wrong-stage": [404, "Not Found"],
  "body-too-large": [413, "Request must be smaller than 6291456 bytes for the InvokeFunction operation"],
  "headers-too-large": [431, "Request Header Fields Too Large"],
  "event-too-large": [413, "Request must be smaller than 6291456 bytes for the InvokeFunction operation"],
  throttled: [429, "Rate Exceeded."],
  "function-error": [502, "Internal Server Error"],
  "function-timeout": [502, "Internal Server Error"],
  timeout: [502, "Internal Server Error"],
  "malformed-result": [502, "Internal Server Error"],
  "internal-error": [500, "Internal Server Error"],
};

/**
 * A function URL. Each function has one of its own; on this machine they share an address, and the path chooses.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export const url: Gateway = {
  title: "function URLs",
  choice: "path",
  isShared: false,
  hasCors: true,
  maxBodyBytes: 6 * 1024 * 1024,
  maxHeaderBytes: 10_240,
  responseHeaders: (ids) => ({
    "x-amzn-requestid": ids.requestId,
    "x-amzn-trace-id": tracedResponse(ids),
  }),
  toEvent: toUrlEvent,
  toResponse: (payload) => toPayload2Response(payload, "application/json"),
  refuse(refusal) {
    const [status, message] = REFUSALS[refusal];
    // Where the function is to blame, AWS sends bare text, of the type of all its answers.
    return { ...toMessage(status, message), ...(status >= 500 && { body: message }) };
  },
};

const ID = "local000000000000000000000000000";
const DOMAIN = `${ID}.lambda-url.us-east-1.on.aws`;

/**
 * The event of a function URL: payload format 2.0, but with the path as the caller wrote it, one route for all, the
 * cookies in their header too, and the id of the invocation.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export function toUrlEvent(request: HttpRequest): HttpEvent {
  const parts = partsOf(request);
  const { cookies, requestId, path: rawPath } = parts;
  const route = { rawPath, routeKey: "$default", stage: "$default" };
  const event = toPayload2(parts, { ...route, requestId, apiId: ID, domainName: DOMAIN });
  return {
    ...event,
    headers: { ...event.headers, ...(cookies.length > 0 && { cookie: cookies.join("; ") }) },
    requestContext: { ...event.requestContext, accountId: "anonymous" },
  };
}
