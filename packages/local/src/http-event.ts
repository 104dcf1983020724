import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { HttpEvent } from "@lucky/gateway/events";

/** An HTTP request, as much of it as its event tells. */
export type HttpRequest = {
  readonly method: string;
  /** Path and query, as on the request line. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly sourceIp: string;
};

/** Text bodies are passed as they are, all others in base64; also those without a content type. */
const TEXT = /^(?:text\/|application\/(?:json|javascript|xml)\s*(?:;|$))/i;

/**
 * The event that an HTTP API (stage `$default`, payload format 2.0) makes of a request.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toHttpEvent(
  request: HttpRequest,
  routeKey: string,
  pathParameters: Readonly<Record<string, string | undefined>> = {},
): HttpEvent {
  const { method, target, body, sourceIp } = request;
  const { cookie, connection: _, ...headers } = request.headers;
  const [rawPath = "/", ...query] = target.split("?");
  const rawQueryString = query.join("?");
  const isText = TEXT.test(headers["content-type"] ?? "");
  const now = Date.now();
  const host = headers.host ?? "localhost";
  return {
    version: "2.0",
    routeKey,
    rawPath: decodePath(rawPath),
    rawQueryString,
    ...(cookie && { cookies: cookie.split(/;\s*/) }),
    headers: { ...fold(headers), "x-forwarded-for": sourceIp, "x-forwarded-proto": "http" },
    ...(rawQueryString && { queryStringParameters: parseQuery(rawQueryString) }),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    requestContext: {
      accountId: "123456789012",
      apiId: "local",
      domainName: host,
      domainPrefix: "local",
      http: {
        method,
        path: decodePath(rawPath),
        protocol: "HTTP/1.1",
        sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey,
      stage: "$default",
      time: clfTime(now),
      timeEpoch: now,
    },
    ...(body.length > 0 && { body: body.toString(isText ? "utf8" : "base64") }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function fold(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function parseQuery(query: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    values[name] = name in values ? `${values[name]},${value}` : value;
  }
  return values;
}

/** Such as `29/Dec/2019:12:00:00 +0000`. */
function clfTime(now: number): string {
  const [, day, month, year, time] = new Date(now).toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
}
