import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { decodeSegment } from "../../contract/route.ts";
import type { Answer } from "../answer.ts";
import { encodePath, type Request } from "../request.ts";
import { LAMBDA_RESULT_BYTES } from "../result-size.ts";
import { fieldsOf, headersOf, isObject, toQuery, toRecord, toText, type Untrusted } from "./untrusted.ts";

type Event = Untrusted<APIGatewayProxyEvent>;

/**
 * Payload format 1.0, which REST APIs send, and HTTP APIs that are set to it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export const rest = {
  maxResultBytes: LAMBDA_RESULT_BYTES,

  // A load balancer's event has an elb in its context, an authorizer's a methodArn beside it.
  recognizes(event: Event): boolean {
    const { requestContext } = event;
    return (
      typeof event.httpMethod === "string" &&
      isObject(requestContext) &&
      !isObject(requestContext.elb) &&
      !("methodArn" in event)
    );
  },

  read(event: Event): Request {
    const { requestContext, resource, pathParameters } = event;
    const path = toText(event.path) ?? "/";
    const headers = headersOf(event.multiValueHeaders) ?? headersOf(event.headers) ?? {};
    const method = (toText(event.httpMethod) ?? "GET").toUpperCase();
    const params = Object.entries(toRecord(pathParameters)).map(([name, value = ""]) => [
      name,
      decodeSegment(value),
    ]);
    return {
      method,
      path: encodePath(path),
      rawPath: toText(fieldsOf<APIGatewayProxyEvent["requestContext"]>(requestContext).path) ?? path,
      rawQuery: toQuery(
        event.multiValueQueryStringParameters ?? event.queryStringParameters,
        encodeURIComponent,
      ),
      headers,
      contentType: headers["content-type"],
      body: toText(event.body),
      isBase64Encoded: event.isBase64Encoded === true,
      route: toText(resource) && `${method} ${resource}`,
      params: Object.fromEntries(params),
    };
  },

  write({ status, headers, cookies, body, isBase64Encoded }: Answer): APIGatewayProxyResult {
    const result = { isBase64Encoded, statusCode: status, headers: { ...headers }, body };
    return cookies.length > 0 ? { ...result, multiValueHeaders: { "set-cookie": [...cookies] } } : result;
  },
};
