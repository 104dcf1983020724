import type { AlbEvent } from "@lucky/gateway/events";
import { group, type HttpRequest, last, mapValues, partsOf } from "./http-request.ts";

/**
 * The event of a load balancer whose target group has no multi-value headers: names in lower case, the last of
 * repeated values, and the query still encoded.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export function toAlbEvent(request: HttpRequest): AlbEvent {
  const { method, path, query, headers, body, isBase64Encoded } = partsOf(request);
  const pairs = query ? query.split("&").map((pair): [string, string] => split(pair)) : [];
  return {
    requestContext: {
      elb: {
        targetGroupArn:
          "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/local/0000000000000000",
      },
    },
    httpMethod: method,
    path,
    queryStringParameters: mapValues(group(pairs), last),
    headers: mapValues(
      group(headers, (name) => name.toLowerCase()),
      last,
    ),
    body: body ?? "",
    isBase64Encoded,
  };
}

function split(pair: string): [string, string] {
  const [name = "", ...value] = pair.split("=");
  return [name, value.join("=")];
}
