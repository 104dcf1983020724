import type { RestEvent } from "@lucky/gateway/events";
import type { Gateway, Refusal } from "./gateway.ts";
import { pathParameters, withOneSlash } from "./path-parameters.ts";
import { clfTime, group, type HttpRequest, last, mapValues, partsOf } from "./request.ts";
import { tracedResponse } from "./request-ids.ts";
import { toMessage } from "./response.ts";
import { toRestResponse } from "./rest-response.ts";

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
  responseHeaders: (ids, isInvoked) => ({
    "x-amzn-requestid": ids.requestId,
    "x-amz-apigw-id": ids.extendedRequestId,
    ...(isInvoked && { "x-amzn-trace-id": tracedResponse(ids) }),
  }),
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

/** As AWS names each API by itself; here all are one. */
const API_ID = "local00000";
const DEPLOYMENT_ID = "local0";
const RESOURCE_ID = "local0";
/** Beside what is for the connection alone. */
const DROPPED = ["content-length", "content-md5", "max-forwards", "server", "www-authenticate"];
/** Who calls, where nobody has to sign. */
const UNSIGNED = {
  accessKey: null,
  accountId: null,
  caller: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
};

/** Its context lacks what its type promises: an authorizer, a key, a client's certificate. */
type SentRestEvent = Omit<RestEvent, "requestContext"> & { readonly requestContext: object };

/**
 * The event of a REST API, payload format 1.0: header names as the caller wrote them, unset keys null, the path and
 * its parameters as they were sent, the query decoded. The host is the caller's, as with a domain of one's own.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function toRestEvent(request: HttpRequest, route: string, stage = "prod"): SentRestEvent {
  const parts = partsOf(request);
  const { method, query, userAgent = null, body = null, isBase64Encoded, sourceIp } = parts;
  const path = withOneSlash(parts.path);
  const now = Date.now();
  const multiValueHeaders = group(parts.headers.filter(([name]) => !DROPPED.includes(name.toLowerCase())));
  const multiValueQuery = query ? group(new URLSearchParams(query)) : null;
  return {
    resource: route,
    path,
    httpMethod: method,
    headers: mapValues(multiValueHeaders, last),
    multiValueHeaders,
    queryStringParameters: multiValueQuery && mapValues(multiValueQuery, last),
    multiValueQueryStringParameters: multiValueQuery,
    pathParameters: pathParameters(route, path.replace(/(?<=.)\/$/, "")) ?? null,
    stageVariables: null,
    requestContext: {
      accountId: "123456789012",
      apiId: API_ID,
      deploymentId: DEPLOYMENT_ID,
      domainName: parts.host,
      domainPrefix: API_ID,
      extendedRequestId: parts.extendedRequestId,
      httpMethod: method,
      identity: { ...UNSIGNED, sourceIp, userAgent },
      path: `/${stage}${parts.path}`,
      protocol: "HTTP/1.1",
      requestId: parts.requestId,
      requestTime: clfTime(now),
      requestTimeEpoch: now,
      resourceId: RESOURCE_ID,
      resourcePath: route,
      stage,
    },
    body,
    isBase64Encoded,
  };
}
