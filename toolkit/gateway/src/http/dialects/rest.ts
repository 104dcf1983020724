import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { decodeSegment } from "../../contract/route.ts";
import type { Answer } from "../answer.ts";
import type { Request } from "../request.ts";
import { LAMBDA_RESULT_BYTES } from "../result-size.ts";
import { readProxyEvent } from "./proxy.ts";
import { fieldsOf, isObject, toRecord, toText, type Untrusted } from "./untrusted.ts";

/** An HTTP API has a version, a REST API none. */
type Event = Untrusted<APIGatewayProxyEvent & { version: string }>;

/**
 * Payload format 1.0, which REST APIs send, and HTTP APIs that are set to it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export const rest = {
  maxResultBytes: LAMBDA_RESULT_BYTES,

  // A load balancer's event has an elb in its context, an authorizer's a methodArn beside it. One by hand may have no
  // context, but it has a path: an agent of Bedrock sends an httpMethod too.
  recognizes(event: Event): boolean {
    const { requestContext } = event;
    return (
      typeof event.httpMethod === "string" &&
      (isObject(requestContext) ? !isObject(requestContext.elb) : typeof event.path === "string") &&
      !("methodArn" in event)
    );
  },

  read(event: Event): Request {
    const request = readProxyEvent(event, encodeURIComponent);
    const { path } = fieldsOf<APIGatewayProxyEvent["requestContext"]>(event.requestContext);
    const resource = toText(event.resource);
    const params = Object.entries(toRecord(event.pathParameters));
    return {
      ...request,
      rawPath: toText(path) ?? request.rawPath,
      route: resource && `${request.method} ${resource}`,
      // A REST API passes them as they were sent, an HTTP API decoded.
      params: Object.fromEntries(
        event.version === "1.0" ? params : params.map(([name, value = ""]) => [name, decodeSegment(value)]),
      ),
    };
  },

  write({ status, headers, cookies, body, isBase64Encoded }: Answer): APIGatewayProxyResult {
    const result = { isBase64Encoded, statusCode: status, headers: { ...headers }, body };
    return cookies.length > 0 ? { ...result, multiValueHeaders: { "set-cookie": [...cookies] } } : result;
  },
};
