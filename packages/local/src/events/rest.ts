import { randomUUID } from "node:crypto";
import type { RestEvent } from "@lucky/gateway/events";
import {
  type ChosenRoute,
  clfTime,
  group,
  type HttpRequest,
  last,
  mapValues,
  partsOf,
} from "./http-request.ts";

/**
 * The event of a REST API, payload format 1.0: header names as the caller wrote them, unset keys null, the path and
 * its parameters still encoded, the query decoded.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function toRestEvent(request: HttpRequest, route: ChosenRoute, stage = "prod"): RestEvent {
  const { method, path, query, headers, host, userAgent, body, isBase64Encoded, sourceIp } = partsOf(request);
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
      requestId: randomUUID(),
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
