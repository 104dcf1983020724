import type { RequestIds } from "./request-ids.ts";

/** An HTTP request, as much of it as an event tells. */
export type HttpRequest = RequestIds & {
  readonly method: string;
  /** Path and query, as on the request line. */
  readonly target: string;
  /** In their order, names as the caller wrote them, repeated ones as often as they came. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly sourceIp: string;
  /** Of the server that it came to, 80 unless told. */
  readonly port?: number | undefined;
};

/** Text bodies are passed as they are, all others in base64; also those without a content type. */
const TEXT = /^(?:text\/|application\/(?:json|javascript|xml)\s*(?:;|$))/i;
/** For this connection alone, so no gateway passes them on. */
const HOP_BY_HOP = [
  "connection",
  "expect",
  "http2-settings",
  "keep-alive",
  "proxy-authenticate",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];
/** Said anew by each gateway; of the first, what the caller says stays before it. */
const ADDED = ["x-forwarded-for", "x-forwarded-port", "x-forwarded-proto", "x-amzn-trace-id"];

export type RequestParts = ReturnType<typeof partsOf>;

/** The parts of a request that events are made of; a body is text if its type says so, and the gateway. */
export function partsOf(request: HttpRequest, canBeText = (_names: readonly string[]) => true) {
  const { target, headers, body, sourceIp, port = 80, traceId } = request;
  const at = target.indexOf("?");
  const path = at === -1 ? target : target.slice(0, at);
  const addresses = headers.flatMap(([name, value]) =>
    name.toLowerCase() === "x-forwarded-for" ? [value] : [],
  );
  const forwarded = [
    ...headers.filter(([name]) => ![...HOP_BY_HOP, ...ADDED].includes(name.toLowerCase())),
    ["X-Amzn-Trace-Id", traceId],
    ["X-Forwarded-For", [...addresses, sourceIp].join(", ")],
    ["X-Forwarded-Port", String(port)],
    ["X-Forwarded-Proto", "http"],
  ] as const;
  const valuesOf = (wanted: string) =>
    forwarded.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  const names = forwarded.map(([name]) => name.toLowerCase());
  const isText = TEXT.test(valuesOf("content-type")[0] ?? "") && canBeText(names);
  return {
    ...request,
    path: path || "/",
    query: at === -1 ? "" : target.slice(at + 1),
    headers: forwarded,
    host: valuesOf("host")[0] ?? "localhost",
    userAgent: valuesOf("user-agent")[0],
    cookies: valuesOf("cookie").flatMap((cookie) => cookie.split(/;\s*/)),
    bytes: body.length,
    body: body.length > 0 ? body.toString(isText ? "utf8" : "base64") : undefined,
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** Values by name, each name once. */
export function group(
  pairs: Iterable<readonly [name: string, value: string]>,
  rename = (name: string) => name,
): Record<string, string[]> {
  const groups: Record<string, string[]> = Object.create(null);
  for (const [name, value] of pairs) {
    const key = rename(name);
    const values = groups[key];
    if (values === undefined) groups[key] = [value];
    else values.push(value);
  }
  return groups;
}

export function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  map: (value: T) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

/** What a gateway that knows no lists makes of one. */
export function last(values: readonly string[]): string {
  return values.at(-1) ?? "";
}

/** Such as `29/Dec/2019:12:00:00 +0000`. */
export function clfTime(now: number): string {
  const [, day, month, year, time] = new Date(now).toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
}
