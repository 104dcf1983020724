import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Answer } from "../answer.ts";
import { encodePath, type Request } from "../request.ts";
import { LAMBDA_RESULT_BYTES } from "../result-size.ts";
import { fieldsOf, isObject, textsOf, toHeaders, toRecord, toText, type Untrusted } from "./untrusted.ts";

type Event = Untrusted<APIGatewayProxyEventV2>;
type RequestContext = APIGatewayProxyEventV2["requestContext"];

/**
 * Payload format 2.0, which HTTP APIs and function URLs send.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const http = {
  maxResultBytes: LAMBDA_RESULT_BYTES,

  // Payload 1.0 can carry rawPath too, so the place of the method decides. An authorizer's event looks the same
  // but for its routeArn.
  recognizes(event: Event): boolean {
    return isObject(event.requestContext) && isObject(event.requestContext.http) && !("routeArn" in event);
  },

  read(event: Event): Request {
    const { stage, http } = fieldsOf<RequestContext>(event.requestContext);
    const { method, path } = fieldsOf<RequestContext["http"]>(http);
    const rawPath = toText(event.rawPath) ?? toText(path) ?? "/";
    const route = toText(event.routeKey);
    return {
      method: (toText(method) ?? "GET").toUpperCase(),
      path: encodePath(withoutStage(rawPath, toText(stage))),
      rawPath,
      rawQuery: toText(event.rawQueryString) ?? "",
      headers: readHeaders(event),
      body: toText(event.body),
      isBase64Encoded: event.isBase64Encoded === true,
      route: route === "$default" ? undefined : route,
      params: toRecord(event.pathParameters),
    };
  },

  write({ status, headers, cookies, body, isBase64Encoded }: Answer): APIGatewayProxyStructuredResultV2 {
    const result = { isBase64Encoded, statusCode: status, headers, body };
    return cookies.length > 0 ? { ...result, cookies: [...cookies] } : result;
  },
};

/** An HTTP API has the cookies apart; a function URL has them there and in the header too. */
function readHeaders(event: Event): Request["headers"] {
  const headers = toHeaders(event.headers) ?? {};
  const cookies = textsOf(event.cookies);
  return cookies.length > 0 ? { ...headers, cookie: cookies.join("; ") } : headers;
}

/** A named stage is part of rawPath; `$default` is not. */
function withoutStage(path: string, stage: string | undefined): string {
  const prefix = `/${stage}`;
  if (stage === undefined || stage === "$default" || !`${path}/`.startsWith(`${prefix}/`)) return path;
  return path.slice(prefix.length) || "/";
}
