import type { HttpEvent } from "@lucky/gateway/events";
import { decodeSegment } from "@lucky/gateway/route";
import type { Gateway, Refusal } from "./gateway.ts";
import { pathParameters, withOneSlash } from "./path-parameters.ts";
import { clfTime, group, type HttpRequest, mapValues, partsOf, type RequestParts } from "./request.ts";
import { type HttpResponse, isRecord, toBody, toHeaders, toMessage, toStatus } from "./response.ts";

const REFUSALS: Readonly<Record<Refusal, readonly [status: number, message: string]>> = {
  "bad-request": [400, "Bad Request"],
  "no-route": [404, "Not Found"],
  "wrong-stage": [404, "Not Found"],
  "body-too-large": [413, "Request Entity Too Large"],
  "headers-too-large": [431, "Request Header Fields Too Large"],
  "event-too-large": [413, "Request Entity Too Large"],
  throttled: [503, "Service Unavailable"],
  "function-error": [500, "Internal Server Error"],
  "function-timeout": [503, "Service Unavailable"],
  timeout: [503, "Service Unavailable"],
  "malformed-result": [500, "Internal Server Error"],
  "internal-error": [500, "Internal Server Error"],
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const http: Gateway = {
  title: "an HTTP API",
  stage: "$default",
  choice: "route",
  isShared: true,
  hasCors: true,
  maxBodyBytes: 10 * 1024 * 1024,
  maxHeaderBytes: 10_240,
  timeoutMs: 30_000,
  responseHeaders: ({ extendedRequestId }) => ({ "apigw-requestid": extendedRequestId }),
  toEvent: toHttpEvent,
  toResponse: (payload) => toPayload2Response(payload, "text/plain;charset=UTF-8"),
  refuse: (refusal) => toMessage(...REFUSALS[refusal]),
};

/** Of the shape that AWS has, and the same for each application. */
const API_ID = "local00000";

/**
 * The event of an HTTP API, payload format 2.0. It has the path decoded, and a stage other than `$default` in it; a greedy
 * parameter keeps a slash at its end. There is always a length, and the host is the caller's, as with a domain of one's own.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toHttpEvent(request: HttpRequest, route: string, stage = "$default"): HttpEvent {
  const parts = partsOf(request);
  const rawPath = (stage === "$default" ? "" : `/${stage}`) + decodeSegment(parts.path);
  const event = toPayload2(parts, {
    rawPath,
    routeKey: `${parts.method} ${route}`,
    stage,
    requestId: parts.extendedRequestId,
    apiId: API_ID,
    domainName: parts.host,
  });
  const params = pathParameters(route, withOneSlash(parts.path));
  return {
    ...event,
    headers: { "content-length": String(parts.bytes), ...event.headers },
    ...(params && { pathParameters: mapValues(params, decodeSegment) }),
  };
}

type Payload2Context = Pick<
  HttpEvent["requestContext"],
  "routeKey" | "stage" | "requestId" | "apiId" | "domainName"
> & { readonly rawPath: string };

/** Payload format 2.0, as HTTP APIs and function URLs send it: header names in lower case, unset keys left out. */
export function toPayload2(parts: RequestParts, context: Payload2Context): HttpEvent {
  const { method, query, cookies, body, isBase64Encoded, sourceIp, userAgent = "" } = parts;
  const { rawPath, routeKey, stage, requestId, apiId, domainName } = context;
  const now = Date.now();
  const headers = group(parts.headers, (name) => name.toLowerCase());
  delete headers.cookie;
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString: query,
    ...(cookies.length > 0 && { cookies }),
    headers: mapValues(headers, (values) => values.join(",")),
    ...(query && {
      queryStringParameters: mapValues(group(new URLSearchParams(query)), (values) => values.join(",")),
    }),
    requestContext: {
      accountId: "123456789012",
      apiId,
      domainName,
      domainPrefix: apiId,
      http: { method, path: decodeSegment(rawPath), protocol: "HTTP/1.1", sourceIp, userAgent },
      requestId,
      routeKey,
      stage,
      time: clfTime(now),
      timeEpoch: now,
    },
    ...(body !== undefined && { body }),
    isBase64Encoded,
  };
}

/** The response to a result in payload format 2.0; one without `statusCode` is the body of a 200, a string as it is. */
export function toPayload2Response(payload: string, defaultType: string): HttpResponse | undefined {
  const result: unknown = JSON.parse(payload);
  if (!isRecord(result) || !("statusCode" in result)) {
    const body = typeof result === "string" ? result : payload;
    return { status: 200, headers: { "content-type": "application/json" }, body };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = result;
  const status = toStatus(statusCode);
  if (status === undefined) return undefined;
  const text = typeof body === "string" ? body : body == null ? "" : JSON.stringify(body);
  return {
    status,
    headers: {
      ...(text !== "" && { "content-type": defaultType }),
      ...toHeaders(headers),
      ...(Array.isArray(cookies) && cookies.length > 0 && { "set-cookie": cookies.map(String) }),
    },
    body: toBody(text, isBase64Encoded),
  };
}
