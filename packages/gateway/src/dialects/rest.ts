import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import type { Reply } from "../reply.ts";
import type { Request } from "../request.ts";
import { fieldsOf, isObject, toHeaders, toText, type Untrusted } from "./untrusted.ts";

type Event = Untrusted<APIGatewayProxyEvent>;

/**
 * Payload format 1.0, which REST APIs send.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export const rest = {
  // An authorizer's event looks the same but for its methodArn.
  recognizes(event: Event): boolean {
    return typeof event.httpMethod === "string" && isObject(event.requestContext) && !("methodArn" in event);
  },

  read(event: Event): Request {
    const path = toText(event.path) ?? "/";
    return {
      method: (toText(event.httpMethod) ?? "GET").toUpperCase(),
      path,
      rawPath: toText(fieldsOf<APIGatewayProxyEvent["requestContext"]>(event.requestContext).path) ?? path,
      headers: toHeaders(event.multiValueHeaders) ?? toHeaders(event.headers) ?? {},
      body: toText(event.body),
      isBase64Encoded: event.isBase64Encoded === true,
    };
  },

  write({ status, headers, body }: Reply): APIGatewayProxyResult {
    return { isBase64Encoded: false, statusCode: status, headers: { ...headers }, body };
  },
};
