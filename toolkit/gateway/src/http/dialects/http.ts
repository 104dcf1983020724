import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Answer } from "../answer.ts";
import { encodePath, type Request } from "../request.ts";
import { LAMBDA_RESULT_BYTES } from "../result-size.ts";
import {
  fieldsOf,
  findHeader,
  headersOf,
  isObject,
  textsOf,
  toQuery,
  toRecord,
  toText,
  type Untrusted,
} from "./untrusted.ts";

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
    return new LazyRequest(event);
  },

  write({ status, headers, cookies, body, isBase64Encoded }: Answer): APIGatewayProxyStructuredResultV2 {
    const result = { isBase64Encoded, statusCode: status, headers, body };
    return cookies.length > 0 ? { ...result, cookies: [...cookies] } : result;
  },
};

/** What takes time is made when it is asked for: most functions look at little beside the body. */
class LazyRequest implements Request {
  readonly #event: Event;
  #headers: Request["headers"];
  declare readonly method: string;
  declare readonly rawPath: string;
  declare readonly rawQuery: string;
  declare readonly body: string | undefined;
  declare readonly isBase64Encoded: boolean;
  declare readonly route: string | undefined;

  constructor(event: Event) {
    this.#event = event;
    const { http } = fieldsOf<RequestContext>(event.requestContext);
    const { method, path } = fieldsOf<RequestContext["http"]>(http);
    const route = toText(event.routeKey);
    this.method = (toText(method) ?? "GET").toUpperCase();
    this.rawPath = toText(event.rawPath) ?? toText(path) ?? "/";
    this.rawQuery = toText(event.rawQueryString) || toQuery(event.queryStringParameters, encodeURIComponent);
    this.body = toText(event.body);
    this.isBase64Encoded = event.isBase64Encoded === true;
    this.route = route === "$default" ? undefined : route;
  }

  get path(): string {
    const { stage } = fieldsOf<RequestContext>(this.#event.requestContext);
    const { rawPath } = this;
    // A named stage is part of rawPath; `$default` is not.
    const prefix = `/${toText(stage) ?? "$default"}`;
    return encodePath(
      prefix !== "/$default" && `${rawPath}/`.startsWith(`${prefix}/`)
        ? rawPath.slice(prefix.length) || "/"
        : rawPath,
    );
  }

  get headers(): Request["headers"] {
    if (this.#headers === undefined) {
      const headers = headersOf(this.#event.headers) ?? {};
      // An HTTP API has the cookies apart; a function URL has them there and in the header too.
      const cookies = textsOf(this.#event.cookies);
      this.#headers = cookies.length > 0 ? { ...headers, cookie: cookies.join("; ") } : headers;
    }
    return this.#headers;
  }

  get contentType(): string | undefined {
    return findHeader(this.#event.headers, "content-type");
  }

  get params(): Request["params"] {
    return toRecord(this.#event.pathParameters);
  }

  /** All of its parts, for whoever writes it down. */
  toJSON(): Request {
    const { path, headers, contentType, params } = this;
    return { ...this, path, headers, contentType, params };
  }
}
