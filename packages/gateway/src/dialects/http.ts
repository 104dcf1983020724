import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Reply } from "../reply.ts";
import type { Request } from "../request.ts";
import { fieldsOf, isObject, toHeaders, toText, type Untrusted } from "./untrusted.ts";

type Event = Untrusted<APIGatewayProxyEventV2>;
type RequestContext = APIGatewayProxyEventV2["requestContext"];

/**
 * Payload format 2.0, which HTTP APIs and function URLs send.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const http = {
  // Payload 1.0 can carry rawPath too, so the place of the method decides. An authorizer's event looks the same
  // but for its routeArn.
  recognizes(event: Event): boolean {
    return isObject(event.requestContext) && isObject(event.requestContext.http) && !("routeArn" in event);
  },

  read(event: Event): Request {
    const { stage, http } = fieldsOf<RequestContext>(event.requestContext);
    const { method, path } = fieldsOf<RequestContext["http"]>(http);
    const rawPath = toText(event.rawPath) ?? toText(path) ?? "/";
    return {
      method: (toText(method) ?? "GET").toUpperCase(),
      path: withoutStage(rawPath, `/${stage}`),
      rawPath,
      headers: toHeaders(event.headers) ?? {},
      body: toText(event.body),
      isBase64Encoded: event.isBase64Encoded === true,
    };
  },

  write({ status, headers, body }: Reply): APIGatewayProxyStructuredResultV2 {
    return { isBase64Encoded: false, statusCode: status, headers, body };
  },
};

/** A named stage is part of rawPath; `$default` is not. */
function withoutStage(path: string, prefix: string): string {
  return path === prefix || path.startsWith(`${prefix}/`) ? path.slice(prefix.length) || "/" : path;
}
