import { randomUUID } from "node:crypto";
import type { RestEvent } from "@lucky/gateway/events";
import type { Gateway, Refusal } from "./gateway.ts";
import { clfTime, type EventRoute, group, type HttpRequest, last, mapValues, partsOf } from "./request.ts";
import {
  type HttpResponse,
  isRecord,
  toBody,
  toHeaders,
  toMessage,
  toMultiHeaders,
  toStatus,
} from "./response.ts";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
const REFUSALS: Readonly<Record<Refusal, readonly [status: number, message: string, type?: string]>> = {
  "bad-request": [400, "Bad Request"],
  "no-route": [403, "Missing Authentication Token", "MissingAuthenticationTokenException"],
  "wrong-stage": [403, "Forbidden", "ForbiddenException"],
  "body-too-large": [413, "Request Too Long", "RequestTooLargeException"],
  "headers-too-large": [431, "Request Header Fields Too Large"],
  // https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway-errors.html
  "event-too-large": [500, "Internal server error", "InternalServerErrorException"],
  throttled: [500, "Internal server error", "InternalServerErrorException"],
  "function-error": [502, "Internal server error", "InternalServerErrorException"],
  "function-timeout": [504, "Endpoint request timed out", "InternalServerErrorException"],
  timeout: [504, "Endpoint request timed out", "InternalServerErrorException"],
  "malformed-result": [502, "Internal server error", "InternalServerErrorException"],
  "internal-error": [500, "Internal server error", "InternalServerErrorException"],
};
/** A result with any other key is malformed. */
const RESULT_KEYS = ["isBase64Encoded", "statusCode", "headers", "multiValueHeaders", "body"];

/**
 * A REST API whose binary media types are those that an HTTP API takes for binary, so that what base64 says holds.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
export const rest: Gateway = {
  title: "a REST API",
  stage: "prod",
  choice: "resource",
  isShared: true,
  hasCors: false,
  maxBodyBytes: 10 * 1024 * 1024,
  maxHeaderBytes: 10_240,
  timeoutMs: 29_000,
  requestIdHeader: "x-amzn-requestid",
  toEvent: toRestEvent,
  toResponse: toRestResponse,
  refuse(refusal) {
    const [status, message, errorType] = REFUSALS[refusal];
    const plain = toMessage(status, message);
    return errorType === undefined
      ? plain
      : { ...plain, headers: { ...plain.headers, "x-amzn-errortype": errorType } };
  },
};

/** Payload format 1.0: an object with none but the known keys, and all of them optional. */
function toRestResponse(payload: string): HttpResponse | undefined {
  const result: unknown = JSON.parse(payload);
  if (!isRecord(result) || !Object.keys(result).every((key) => RESULT_KEYS.includes(key))) return undefined;
  const { statusCode = 200, headers, multiValueHeaders, body, isBase64Encoded } = result;
  const status = toStatus(statusCode);
  if (status === undefined || (body != null && typeof body !== "string")) return undefined;
  return {
    status,
    headers: {
      "content-type": "application/json",
      ...mergeHeaders(toHeaders(headers), toMultiHeaders(multiValueHeaders)),
    },
    body: toBody(body ?? "", isBase64Encoded),
  };
}

/**
 * The event of a REST API, payload format 1.0: header names as the caller wrote them, unset keys null, the path and
 * its parameters still encoded, the query decoded.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function toRestEvent(request: HttpRequest, route: EventRoute, stage = "prod"): RestEvent {
  const { requestId, method, path, query, headers, host, userAgent, body, isBase64Encoded, sourceIp } =
    partsOf(request);
  const now = Date.now();
  const multiValueHeaders = group(headers);
  const multiValueQuery = query ? group(new URLSearchParams(query)) : null;
  const params = mapValues(route.params, (value = "") => encodeURIComponent(value));
  return {
    resource: route.path,
    path,
    httpMethod: method,
    headers: mapValues(multiValueHeaders, last),
    multiValueHeaders,
    queryStringParameters: multiValueQuery && mapValues(multiValueQuery, last),
    multiValueQueryStringParameters: multiValueQuery,
    pathParameters: Object.keys(params).length > 0 ? params : null,
    stageVariables: null,
    requestContext: {
      accountId: "123456789012",
      apiId: "local",
      authorizer: null,
      domainName: host,
      domainPrefix: "local",
      extendedRequestId: randomUUID(),
      httpMethod: method,
      identity: {
        accessKey: null,
        accountId: null,
        apiKey: null,
        apiKeyId: null,
        caller: null,
        clientCert: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp,
        user: null,
        userAgent,
        userArn: null,
      },
      path: `/${stage}${path}`,
      protocol: "HTTP/1.1",
      requestId,
      requestTime: clfTime(now),
      requestTimeEpoch: now,
      resourceId: "local",
      resourcePath: route.path,
      stage,
    },
    body: body ?? null,
    isBase64Encoded,
  };
}

/** A header in both has the values of both, each once. */
function mergeHeaders(
  single: Readonly<Record<string, string>>,
  multiple: Readonly<Record<string, readonly string[]>>,
): Record<string, string | readonly string[]> {
  const merged: Record<string, string | readonly string[]> = { ...single };
  for (const [name, values] of Object.entries(multiple)) {
    const value = single[name];
    merged[name] = value === undefined || values.includes(value) ? values : [value, ...values];
  }
  return merged;
}
