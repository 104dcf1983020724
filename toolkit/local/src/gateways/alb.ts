import type { AlbEvent } from "@lucky/gateway/events";
import type { Gateway, Refusal } from "./gateway.ts";
import { group, type HttpRequest, last, mapValues, partsOf } from "./request.ts";
import { type HttpResponse, isRecord, toBody, toHeaders, toStatus } from "./response.ts";

const MEGABYTE = 1_000_000;
const SERVER = "awselb/2.0";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html */
const REFUSALS: Readonly<Record<Refusal, readonly [status: number, reason: string]>> = {
  "bad-request": [400, "Bad Request"],
  "no-route": [404, "Not Found"],
  "wrong-stage": [404, "Not Found"],
  "body-too-large": [413, "Request Entity Too Large"],
  "headers-too-large": [400, "Bad Request"],
  "event-too-large": [413, "Request Entity Too Large"],
  throttled: [502, "Bad Gateway"],
  "function-error": [502, "Bad Gateway"],
  "function-timeout": [502, "Bad Gateway"],
  timeout: [502, "Bad Gateway"],
  "malformed-result": [502, "Bad Gateway"],
  "internal-error": [500, "Internal Server Error"],
};

/**
 * A load balancer with a rule for each contract's path, and a 404 where none applies.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export const alb: Gateway = {
  title: "a load balancer",
  choice: "path",
  isShared: true,
  hasCors: false,
  maxBodyBytes: MEGABYTE,
  maxHeaderBytes: 65_536,
  refusesUpgrade: true,
  responseHeaders: () => ({ server: SERVER }),
  toEvent: toAlbEvent,
  toResponse: toAlbResponse,
  refuse(refusal) {
    const [status, reason] = REFUSALS[refusal];
    const title = `${status} ${reason}`;
    const html = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
    return {
      status,
      headers: { server: SERVER, "content-type": "text/html" },
      body: html,
    };
  },
};

/** At most 1 MB of JSON, and a status is needed; without multi-value headers, those in a result are not read. */
function toAlbResponse(payload: string): HttpResponse | undefined {
  const result: unknown = JSON.parse(payload);
  if (!isRecord(result) || Buffer.byteLength(payload) > MEGABYTE) return undefined;
  const { statusCode, headers, body, isBase64Encoded } = result;
  const status = toStatus(statusCode);
  if (status === undefined || (body != null && typeof body !== "string")) return undefined;
  return { status, headers: toHeaders(headers), body: toBody(body ?? "", isBase64Encoded) };
}

/**
 * The event of a load balancer whose target group has no multi-value headers: names in lower case, the last of
 * repeated values, and the query still encoded. A body with an encoding is base64, whatever its type.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export function toAlbEvent(request: HttpRequest): AlbEvent {
  const { method, path, query, headers, body, isBase64Encoded } = partsOf(
    request,
    (names) => !names.includes("content-encoding"),
  );
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
