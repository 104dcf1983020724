/**
 * What every dialect makes of its event: the HTTP request as the caller sent it. Read its fields: some are made when they
 * are asked for, and a copy by `...` does not have those.
 */
export type Request = {
  /** In upper case. */
  readonly method: string;
  /** Without the stage, percent-encoded. */
  readonly path: string;
  /** With the stage, as the event has it. */
  readonly rawPath: string;
  /** Percent-encoded, without the question mark; empty if there is none. */
  readonly rawQuery: string;
  /** Names in lower case, repeated values joined; undefined where the event has no headers at all. */
  readonly headers: StringRecord | undefined;
  /** The header of that name, which decides whether a body is read. */
  readonly contentType: string | undefined;
  /** As it came; undefined where there is none. */
  readonly body: string | undefined;
  readonly isBase64Encoded: boolean;
  /** The route that the gateway chose, such as `GET /draws/{id}`; undefined where the function sees every path. */
  readonly route: string | undefined;
  /** The path's parameters, decoded, where the gateway found them. */
  readonly params: StringRecord | undefined;
};

export type StringRecord = Readonly<Record<string, string | undefined>>;

/** The URL that the caller used; a path alone where the event does not name a host. */
export function urlOf({
  headers,
  rawPath,
  rawQuery,
}: Pick<Request, "headers" | "rawPath" | "rawQuery">): string {
  const host = headers?.host;
  const origin = host === undefined ? "" : `${headers?.["x-forwarded-proto"] ?? "https"}://${host}`;
  return origin + encodePath(rawPath) + (rawQuery && `?${rawQuery}`);
}

/**
 * The body as it was sent, byte for byte; none where there is none. For what is computed over it, such as a signature:
 *
 *     createHmac("sha256", secret).update(bytesOf(request)).digest()
 */
export function bytesOf({ body = "", isBase64Encoded }: Request): Uint8Array<ArrayBuffer> {
  return Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
}

/** The query's parameters, decoded: a list of strings where one is repeated. */
export function queryOf({ rawQuery }: Request): Readonly<Record<string, string | readonly string[]>> {
  const query: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    const earlier = query[name];
    if (earlier === undefined) query[name] = value;
    else if (typeof earlier === "string") query[name] = [earlier, value];
    else earlier.push(value);
  }
  return query;
}

/** The cookies (RFC 6265, section 5.4), the first of each name, as they came. */
export function cookiesOf({ headers }: Request): StringRecord {
  const cookies: Record<string, string> = Object.create(null);
  for (const pair of headers?.cookie?.split(";") ?? []) {
    const [name = "", ...value] = pair.split("=");
    cookies[name.trim()] ??= value.join("=").trim();
  }
  return cookies;
}

/**
 * Escapes what cannot stand in a path. REST APIs, function URLs and load balancers pass the path percent-encoded,
 * HTTP APIs decoded; what is encoded already stays as it is.
 */
export function encodePath(path: string): string {
  return path.toWellFormed().replace(/%(?![\da-f]{2})|[^\w.~!$&'()*+,;=:@/%-]+/gi, encodeURIComponent);
}
