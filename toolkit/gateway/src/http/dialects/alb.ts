import type { ALBEvent, ALBResult } from "aws-lambda";
import type { Answer } from "../answer.ts";
import type { Request } from "../request.ts";
import { readProxyEvent } from "./proxy.ts";
import { isObject, type Untrusted } from "./untrusted.ts";

type Event = Untrusted<ALBEvent>;

/**
 * An Application Load Balancer, its target group with or without multi-value headers.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export const alb = {
  // "The maximum size of the response JSON that the Lambda function can send is 1 MB."
  maxResultBytes: 1_000_000,

  recognizes(event: Event): boolean {
    const { httpMethod, requestContext } = event;
    return typeof httpMethod === "string" && isObject(requestContext) && isObject(requestContext.elb);
  },

  read(event: Event): Request {
    return readProxyEvent(event, (text) => text); // a load balancer passes its query percent-encoded
  },

  /** The result must have the kind of headers that the event had. */
  write({ status, headers, cookies, body, isBase64Encoded }: Answer, event: Event): ALBResult {
    const result = { isBase64Encoded, statusCode: status, body };
    if (isObject(event.multiValueHeaders)) {
      const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
      return {
        ...result,
        multiValueHeaders: cookies.length > 0 ? { ...lists, "set-cookie": [...cookies] } : lists,
      };
    }
    const [cookie, ...lost] = cookies;
    if (lost.length > 0) {
      const message = "the target group carries one cookie a reply: turn on its multi-value headers";
      console.warn({ message, lostCookies: lost.length });
    }
    return {
      ...result,
      headers: cookie === undefined ? { ...headers } : { ...headers, "set-cookie": cookie },
    };
  },
};
