import type { HttpEvent } from "@lucky/gateway/events";
import { toPayload2 } from "./http.ts";
import { type HttpRequest, partsOf } from "./http-request.ts";

const ID = "local000000000000000000000000000";
const DOMAIN = `${ID}.lambda-url.us-east-1.on.aws`;

/**
 * The event of a function URL: payload format 2.0, but with the path as the caller wrote it, one route for all, and
 * the cookies in their header too.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export function toUrlEvent(request: HttpRequest): HttpEvent {
  const parts = partsOf(request);
  const { cookies } = parts;
  const event = toPayload2(parts, { rawPath: parts.path, routeKey: "$default", stage: "$default" });
  return {
    ...event,
    headers: { ...event.headers, ...(cookies.length > 0 && { cookie: cookies.join("; ") }) },
    requestContext: {
      ...event.requestContext,
      accountId: "anonymous",
      apiId: ID,
      domainName: DOMAIN,
      domainPrefix: ID,
    },
  };
}
