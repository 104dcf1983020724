import { randomUUID } from "node:crypto";
import type { HttpEvent } from "@lucky/gateway/events";
import { decodeSegment } from "@lucky/gateway/request";
import {
  type ChosenRoute,
  clfTime,
  group,
  type HttpRequest,
  mapValues,
  partsOf,
  type RequestParts,
} from "./http-request.ts";

/**
 * The event of an HTTP API, payload format 2.0. It has the path decoded, and a stage other than `$default` in it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toHttpEvent(request: HttpRequest, route: ChosenRoute, stage = "$default"): HttpEvent {
  const parts = partsOf(request);
  const rawPath = (stage === "$default" ? "" : `/${stage}`) + decodeSegment(parts.path);
  const event = toPayload2(parts, { rawPath, routeKey: `${parts.method} ${route.path}`, stage });
  const params = Object.keys(route.params).length > 0 && { pathParameters: { ...route.params } };
  return { ...event, ...params };
}

/** Payload format 2.0, as HTTP APIs and function URLs send it: header names in lower case, unset keys left out. */
export function toPayload2(
  { method, query, headers, host, userAgent, cookies, body, isBase64Encoded, sourceIp }: RequestParts,
  { rawPath, routeKey, stage }: { rawPath: string; routeKey: string; stage: string },
): HttpEvent {
  const now = Date.now();
  const lowerCase = group(headers, (name) => name.toLowerCase());
  delete lowerCase.cookie;
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString: query,
    ...(cookies.length > 0 && { cookies }),
    headers: mapValues(lowerCase, (values) => values.join(",")),
    ...(query && {
      queryStringParameters: mapValues(group(new URLSearchParams(query)), (values) => values.join(",")),
    }),
    requestContext: {
      accountId: "123456789012",
      apiId: "local",
      domainName: host,
      domainPrefix: "local",
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp, userAgent },
      requestId: randomUUID(),
      routeKey,
      stage,
      time: clfTime(now),
      timeEpoch: now,
    },
    ...(body !== undefined && { body }),
    isBase64Encoded,
  };
}
