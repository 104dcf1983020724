/** What every dialect makes of its event: the HTTP request as the caller sent it. */
export type Request = {
  /** In upper case. */
  readonly method: string;
  /** Without the stage. */
  readonly path: string;
  /** As the caller wrote it, with the stage. */
  readonly rawPath: string;
  /** Names in lower case, repeated values joined; undefined where the event has no headers at all. */
  readonly headers: Headers | undefined;
  /** As it came; `undefined` where there is none. */
  readonly body: string | undefined;
  readonly isBase64Encoded: boolean;
};

export type Headers = Readonly<Record<string, string | undefined>>;

/** The URL that the caller used, or its path alone where the event does not name a host. */
export function urlOf({ headers, rawPath }: Request): string {
  const host = headers?.host;
  return host === undefined ? rawPath : `${headers?.["x-forwarded-proto"] ?? "https"}://${host}${rawPath}`;
}
