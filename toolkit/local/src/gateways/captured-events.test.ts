import { recorded } from "@lucky/gateway/recorded";
import { expect, test } from "vitest";
import { serveGateway } from "../testing/serve-gateway.ts";
import type { GatewayName } from "./index.ts";

/** Events as AWS sends them, in words and values of our own; the request is read from each. */
const CAPTURED = [
  ["http", "http"],
  ["http", "http-get"],
  ["http", "http-curl-form"],
  ["http", "http-named-stage"],
  ["http", "http-path-parameter"],
  ["http", "http-query-and-cookies"],
  ["rest", "rest"],
  ["rest", "rest-get"],
  ["rest", "rest-path-parameter"],
  ["rest", "rest-query-and-headers"],
  ["url", "function-url"],
  ["url", "function-url-get"],
  ["alb", "alb"],
  ["alb", "alb-get"],
] as const satisfies [GatewayName, string][];

const HOST = [
  "the API's own",
  "the request's",
  "a link that a function makes of it leads back here",
] as const;
const PROTO = ["https", "http", "no TLS on this machine"] as const;

/** Where a local event is not as AWS sends it: by intention, and nowhere else. docs/architecture.md says the same. */
const DIFFERENCES: readonly (readonly [GatewayName, key: string, aws: string, ours: string, why: string])[] =
  [
    ["http", "headers.host", ...HOST],
    ["http", "requestContext.domainName", ...HOST],
    ["http", "headers.x-forwarded-proto", ...PROTO],
    ["rest", "headers.Host", ...HOST],
    ["rest", "multiValueHeaders.Host.0", ...HOST],
    ["rest", "requestContext.domainName", ...HOST],
    ["rest", "headers.X-Forwarded-Proto", ...PROTO],
    ["rest", "multiValueHeaders.X-Forwarded-Proto.0", ...PROTO],
    ["url", "headers.host", ...HOST],
    ["url", "headers.x-forwarded-proto", ...PROTO],
    ["url", "headers.x-amzn-tls-version", "TLSv1.3", "absent", "no TLS on this machine"],
    ["url", "headers.x-amzn-tls-cipher-suite", "TLS_AES_128_GCM_SHA256", "absent", "no TLS on this machine"],
    ["alb", "headers.host", ...HOST],
    ["alb", "headers.x-forwarded-proto", ...PROTO],
  ];

/** What gateways add to a request: nobody sends it. */
const ADDED = /^x-(?:forwarded-|amzn-)/i;

/** What differs from one API to the next, or from one request to the next: its shape must be the same. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  "a UUID": /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/,
  "an id of API Gateway": /^[\w-]{15}=$/,
  "a trace": /^Root=1-[\da-f]{8}-[\da-f]{24}$/,
  "a time of Apache": /^\d\d\/[A-Z][a-z]{2}\/\d{4}(?::\d\d){3} \+0000$/,
  "milliseconds since 1970": /^\d{13}$/,
  "an address": /^\d+(?:\.\d+){3}$/,
  "an account": /^\d{12}$/,
  "a port": /^\d{2,5}$/,
  "an id of six": /^[a-z\d]{6}$/,
  "an id of ten": /^[a-z\d]{10}$/,
  "an id of 32": /^[a-z\d]{32}$/,
  "a host of an API": /^[a-z\d]{10}\.execute-api\.[\w-]+\.amazonaws\.com$/,
  "a host of a function": /^[a-z\d]{32}\.lambda-url\.[\w-]+\.on\.aws$/,
  "a target group": /^arn:aws:elasticloadbalancing:[\w-]+:\d{12}:targetgroup\/[\w-]{1,32}\/[\da-f]{16}$/,
};
const OF_A_SHAPE =
  /(?:\.|^)(?:requestId|extendedRequestId|x-amzn-trace-id|time|timeEpoch|requestTime|requestTimeEpoch|sourceIp|x-forwarded-for|x-forwarded-port|accountId|apiId|domainName|domainPrefix|deploymentId|resourceId|targetGroupArn)(?:\.0)?$/i;

type Row = { readonly key: string; readonly aws: unknown; readonly ours: unknown };

/** Each key that only one event has, or that the two do not have alike. */
function compare(aws: object, ours: object): Row[] {
  const [one, other] = [leaves(aws), leaves(ours)];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .map((key) => ({ key, aws: judged(key, one), ours: judged(key, other) }))
    .filter((row) => row.aws !== row.ours);
}

function judged(key: string, values: Readonly<Record<string, unknown>>): unknown {
  const value = key in values ? values[key] : "absent";
  if (!OF_A_SHAPE.test(key)) return value;
  return Object.entries(SHAPES).find(([, shape]) => shape.test(String(value)))?.[0] ?? value;
}

/** Values by the path of their keys, such as `headers.host`; what is empty is a value. */
function leaves(value: unknown, path: readonly string[] = []): Record<string, unknown> {
  if (typeof value !== "object" || value === null) return { [path.join(".")]: value };
  const entries = Object.entries(value);
  if (entries.length === 0) return { [path.join(".")]: JSON.stringify(value) };
  return Object.assign({}, ...entries.map(([key, each]) => leaves(each, [...path, key])));
}

// biome-ignore lint/suspicious/noExplicitAny: an event of any kind
type AnyEvent = any;

/** The request that AWS made the event of. */
function requestOf(event: AnyEvent) {
  const { requestContext, body, isBase64Encoded } = event;
  const lists = event.multiValueHeaders ?? {};
  const sent = Object.keys(lists).length > 0 ? lists : event.headers;
  const cookies = event.cookies && !sent.cookie ? [["cookie", event.cookies.join("; ")] as const] : [];
  const fields: [string, string][] = Object.entries<string | string[]>(sent)
    .flatMap(([name, values]) => [values].flat().map((value): [string, string] => [name, value]))
    .filter(([name, value]) => !ADDED.test(name) && !(/^content-length$/i.test(name) && value === "0"));
  const text = isBase64Encoded ? Buffer.from(body, "base64").toString() : (body ?? "");
  const hasLength = fields.some(([name]) => /^content-length$/i.test(name));
  const length = text && !hasLength ? [["Content-Length", String(Buffer.byteLength(text))] as const] : [];
  return {
    line: `${requestContext.http?.method ?? event.httpMethod} ${pathOf(event)}${queryOf(event)}`,
    headers: [...fields, ...cookies, ...length],
    body: text,
  };
}

function pathOf({ requestContext, rawPath, path }: AnyEvent): string {
  if (rawPath === undefined) return requestContext.path ?? path;
  return rawPath.includes("%") ? rawPath : encodeURI(rawPath);
}

function queryOf(event: AnyEvent): string {
  const isDecoded = event.requestContext.elb === undefined;
  const encode = isDecoded ? encodeURIComponent : String;
  const pairs = Object.entries<string | string[]>(
    event.multiValueQueryStringParameters ?? event.queryStringParameters ?? {},
  ).flatMap(([name, values]) => [values].flat().map((value) => `${encode(name)}=${encode(value)}`));
  const query = event.rawQueryString ?? pairs.join("&");
  return query && `?${query}`;
}

function routeOf({ requestContext, resource, httpMethod, routeKey }: AnyEvent): string {
  if (resource) return `${httpMethod} ${resource}`;
  const method = requestContext.http?.method ?? httpMethod;
  return routeKey && routeKey !== "$default" ? routeKey : `${method} /{path+}`;
}

/** The local event of the request behind a captured one. */
async function localEvent(gateway: GatewayName, event: AnyEvent): Promise<Record<string, unknown>> {
  const { stage } = event.requestContext;
  const served = await serveGateway(gateway, { routes: [routeOf(event)], ...(stage && { stage }) });
  const { line, headers, body } = requestOf(event);
  const hosted = headers.map(([name, value]): [string, string] => [
    name,
    name.toLowerCase() === "host" ? `localhost:${served.port}` : value,
  ]);
  await served.send(line, hosted, body);
  await served.close();
  expect(served.invocations, JSON.stringify(served.exchanges)).toHaveLength(1);
  return served.invocations[0]?.event ?? {};
}

test.each(CAPTURED)("%s makes the event %s as AWS does, key by key", async (gateway, name) => {
  const aws = recorded(name);
  const rows = compare(aws, await localEvent(gateway, aws));
  const listed = DIFFERENCES.flatMap(([of, key]) => (of === gateway ? [key] : []));
  expect(rows.filter(({ key }) => !listed.includes(key))).toEqual([]);
});

test("each difference that is listed is one", async () => {
  const found = new Set<string>();
  for (const [gateway, name] of CAPTURED) {
    const aws = recorded(name);
    for (const { key } of compare(aws, await localEvent(gateway, aws))) found.add(`${gateway} ${key}`);
  }
  expect([...found].sort()).toEqual(DIFFERENCES.map(([gateway, key]) => `${gateway} ${key}`).sort());
});
