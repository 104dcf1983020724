/** What Lambda would get of a handler: its result, or what it threw. */
export type Outcome =
  | { readonly result: AnyResult; readonly error?: undefined }
  | { readonly result?: undefined; readonly error: unknown };

/** A result of any dialect, as far as the cases look at it. */
export type AnyResult = {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
};

export type LambdaHandler = (event: unknown) => Promise<unknown>;

/** What `look` tells of a GET of /my/path, in the words of each library: undefined where it has none. */
export type Seen = {
  readonly path?: string | undefined;
  readonly a?: readonly string[] | undefined;
  readonly b?: readonly string[] | undefined;
  readonly cookies?: Readonly<Record<string, string | undefined>> | undefined;
  readonly xA?: string | undefined;
};

/** What `answer` is told to reply with. */
export type WantedReply =
  | { readonly kind: "cookies"; readonly cookies: readonly [string, string] }
  | { readonly kind: "bytes"; readonly type: string; readonly bytes: Uint8Array; readonly encoding?: string }
  | { readonly kind: "empty" }
  | { readonly kind: "text"; readonly length: number }
  | { readonly kind: "throw"; readonly error: Error };

/** Views of the request, choosing a route, and writing a result for the gateway that asked. */
export type Concern = "query" | "cookies" | "repeated headers" | "routes" | "dialects";

/** A library, used as its own documentation shows. */
export type Subject = {
  readonly name: string;
  /** What it leaves to the author, so that cases about it say nothing of the library. */
  readonly lacks?: readonly Concern[];
  /** POST /lucky_numbers: a JSON body `{ name: string, count: integer 0..4294967295 }`; replies with its name. */
  readonly draw: LambdaHandler;
  /** GET /my/path: replies with what it sees. */
  readonly look: LambdaHandler;
  /** GET /my/path: replies as it is told. */
  answer(reply: WantedReply): LambdaHandler;
};
