import { gzipSync } from "node:zlib";
import { recorded } from "../recorded.ts";
import type { AnyResult, Concern, LambdaHandler, Outcome, Seen, Subject, WantedReply } from "./subject.ts";

/** One thing that an adapter gets right or not. */
export type Case = {
  readonly name: string;
  /** A fact of HTTP or of AWS counts; a choice is this project's own and is only shown. */
  readonly kind: "fact" | "choice";
  /** The concern that it is about, where a library may leave that to the author. */
  readonly about?: Concern;
  passes(subject: Subject): Promise<boolean>;
};

type Event = Readonly<Record<string, unknown>>;

async function run(handler: LambdaHandler, event: unknown): Promise<Outcome> {
  try {
    return { result: (await handler(structuredClone(event))) as AnyResult }; // each case looks at what it needs
  } catch (error) {
    return { error };
  }
}

/** A case of `look`: whether the function runs and sees what it should. */
function sees(name: string, event: () => Event, check: (seen: Seen) => boolean = () => true): Case {
  return {
    name,
    kind: "fact",
    async passes({ look }) {
      const { result } = await run(look, event());
      return result?.statusCode === 200 && check(JSON.parse(result.body ?? "{}"));
    },
  };
}

/** A case of `draw`: the status of the answer, and perhaps more of it. */
function draws(
  name: string,
  kind: Case["kind"],
  event: () => unknown,
  check: (status: number, result: AnyResult) => boolean,
): Case {
  return {
    name,
    kind,
    async passes({ draw }) {
      const { result } = await run(draw, event());
      return result?.statusCode !== undefined && check(result.statusCode, result);
    },
  };
}

/** A case of `answer`: what becomes of a reply. */
function answers(
  name: string,
  kind: Case["kind"],
  answer: WantedReply,
  event: () => Event,
  check: (result: AnyResult) => boolean,
): Case {
  return {
    name,
    kind,
    async passes(subject) {
      const { result } = await run(subject.answer(answer), event());
      return result !== undefined && check(result);
    },
  };
}

/** A case of something that a library may leave to the author. */
function about(concern: Concern, each: Case): Case {
  return { ...each, about: concern };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const status = (expected: number) => (actual: number) => actual === expected;
const isRefusal = (actual: number) => actual >= 400 && actual < 500;
const base64 = (value: string | Uint8Array) => Buffer.from(value).toString("base64");
const typed = (type: string | undefined, change: Event = {}) => {
  const headers: Record<string, unknown> = { ...(recorded("http").headers as object) };
  if (type === undefined) delete headers["content-type"];
  else headers["content-type"] = type;
  return recorded("http", { headers, ...change });
};
/** A GET of /my/path in payload 2.0, by another method or on another path. */
const get = (change: { method?: string; rawPath?: string; routeKey?: string } = {}, base = "http-get") => {
  const { method = "GET", ...fields } = change;
  const event = recorded(base);
  const requestContext = event.requestContext as { http: object };
  const http = { ...requestContext.http, method, ...(fields.rawPath && { path: fields.rawPath }) };
  return { ...event, ...fields, requestContext: { ...requestContext, http } };
};
const url = (change: { method?: string; rawPath?: string }) =>
  get({ rawPath: "/my/path", routeKey: "$default", ...change }, "function-url-get");

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 255);
const COOKIES = ["a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT; Path=/", "b=2"] as const;

export const cases: readonly Case[] = [
  sees(
    "payload 2.0: a minimal GET runs",
    () => recorded("http-get"),
    ({ path }) => path === "/my/path",
  ),
  about(
    "cookies",
    sees(
      "payload 2.0: both cookies",
      () => recorded("http-query-and-cookies"),
      ({ cookies }) => cookies?.a === "1" && cookies.b === "2",
    ),
  ),
  about(
    "query",
    sees(
      "payload 2.0: repeated query keys, and a comma inside a value",
      () => recorded("http-query-and-cookies"),
      ({ a, b }) => same(a, ["1", "2"]) && same(b, ["x,y"]),
    ),
  ),
  about(
    "routes",
    sees("payload 2.0: a named stage is no part of the path", () => recorded("http-named-stage")),
  ),
  sees("payload 2.0: events of SAM, with cased headers and nulls", () => {
    const { headers } = recorded("http-sam");
    return recorded("http-get", { headers, stageVariables: null, cookies: [] });
  }),
  sees("payload 2.0: a GET with a body runs", () => recorded("http-get", { body: "{}" })),
  sees("payload 2.0: a GET with an empty body runs", () => recorded("http-get", { body: "" })),
  about(
    "cookies",
    sees(
      "function URL: each cookie once",
      () => {
        const { headers, cookies } = recorded("http-query-and-cookies");
        return { ...url({}), headers: { ...(headers as object), cookie: "a=1; b=2" }, cookies };
      },
      ({ cookies }) => cookies?.a === "1" && cookies.b === "2",
    ),
  ),
  sees("payload 1.0: with rawPath, behind a base-path mapping, is payload 1.0", () =>
    recorded("rest-get", { rawPath: "/base/my/path" }),
  ),
  about(
    "repeated headers",
    sees(
      "payload 1.0: the values of a repeated header in their order",
      () => recorded("rest-query-and-headers"),
      ({ xA }) => xA?.replaceAll(" ", "") === "abc,a,b",
    ),
  ),
  sees("payload 1.0: null headers run", () => recorded("rest-test-console")),
  about(
    "query",
    sees(
      "payload 1.0: decoded query values are decoded once",
      () => recorded("rest-query-and-headers"),
      ({ a, b }) => same(a, ["1", "2"]) && same(b, ["2 &"]),
    ),
  ),
  sees("payload 1.0: without isBase64Encoded and pathParameters runs", () => {
    const { isBase64Encoded: _, pathParameters: __, ...event } = recorded("rest-get");
    return event;
  }),
  about(
    "query",
    sees(
      "payload 1.0: an event by hand has a query and headers without their lists",
      () => ({
        ...recorded("rest-get"),
        headers: { "X-A": "abc" },
        multiValueHeaders: {},
        queryStringParameters: { a: "1" },
        multiValueQueryStringParameters: {},
      }),
      ({ a, xA }) => same(a, ["1"]) && xA === "abc",
    ),
  ),
  {
    ...sees("payload 1.0: an event by hand without a context runs", () => {
      return { httpMethod: "GET", path: "/my/path", headers: {}, body: null };
    }),
    kind: "choice",
  },
  {
    ...sees(
      "payload 2.0: an event by hand has a query as parameters alone",
      () => recorded("http-get", { rawQueryString: "", queryStringParameters: { a: "1" } }),
      ({ a }) => same(a, ["1"]),
    ),
    kind: "choice",
    about: "query",
  },
  about(
    "query",
    sees(
      "load balancer: encoded query values are decoded once",
      () => recorded("alb-get"),
      ({ a, b }) => same(a, ["x,y"]) && same(b, ["2 &"]),
    ),
  ),
  about(
    "query",
    sees(
      "load balancer: repeated query keys of multi-value headers",
      () => recorded("alb-multi-value-get"),
      ({ a }) => same(a, ["1", "2"]),
    ),
  ),
  sees("load balancer: a health check without a host runs", () => recorded("alb-health-check")),
  {
    name: "an event of SQS fails the invocation, and the error names SQS",
    kind: "choice",
    async passes({ draw }) {
      const { error } = await run(draw, recorded("other/sqs"));
      return error instanceof Error && /sqs/i.test(error.message);
    },
  },
  ...["bedrock-agent", "vpc-lattice", "kafka", "websocket-message"].map(
    (event): Case => ({
      name: `an event of ${event} fails the invocation, and is not taken for HTTP`,
      kind: "choice",
      passes: async ({ draw }) => (await run(draw, recorded(`other/${event}`))).error !== undefined,
    }),
  ),
  {
    name: "an event of SQS fails the invocation, so that it is tried again",
    kind: "choice",
    passes: async ({ draw }) => (await run(draw, recorded("other/sqs"))).error !== undefined,
  },
  draws('the bare event {"body": "…"} is a call', "choice", () => recorded("bare"), status(200)),
  draws("a valid body is 200", "fact", () => recorded("http"), status(200)),
  draws(
    "a valid body in base64 is 200",
    "fact",
    () => {
      const { body } = recorded("http");
      return recorded("http", { body: base64(String(body)), isBase64Encoded: true });
    },
    status(200),
  ),
  draws("media types are compared in any case", "fact", () => typed("APPLICATION/JSON"), status(200)),
  draws(
    "a type with the suffix +json is JSON",
    "fact",
    () => typed("application/vnd.api+json; charset=utf-8"),
    status(200),
  ),
  draws("broken JSON is a 4xx", "fact", () => typed("application/json", { body: '{"name":' }), isRefusal),
  draws(
    "broken JSON is told with its place",
    "choice",
    () => typed("application/json", { body: '{"name":' }),
    (code, { body }) => isRefusal(code) && /position 8|column 9/.test(body ?? ""),
  ),
  draws("an empty body is a 4xx", "fact", () => typed("application/json", { body: "" }), isRefusal),
  draws(
    "no body at all is a 4xx",
    "fact",
    () => {
      const { body: _, ...event } = recorded("http");
      return event;
    },
    isRefusal,
  ),
  ...["null", "[]", '"x"'].map((body) =>
    draws(`the body ${body} is a 4xx`, "fact", () => typed("application/json", { body }), isRefusal),
  ),
  draws(
    "base64 that is none is a 4xx",
    "fact",
    () => typed("application/json", { body: "%%%", isBase64Encoded: true }),
    isRefusal,
  ),
  draws(
    "bytes that are no UTF-8 are a 4xx",
    "fact",
    () =>
      typed("application/json", {
        body: base64(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d)),
        isBase64Encoded: true,
      }),
    isRefusal,
  ),
  draws("no content type is 415", "choice", () => typed(undefined), status(415)),
  draws("text/plain is 415", "choice", () => typed("text/plain"), status(415)),
  draws("a plain curl -d, a form in base64, is no 5xx", "fact", () => recorded("http-curl-form"), isRefusal),
  draws(
    "a plain curl -d is told the right curl",
    "choice",
    () => recorded("http-curl-form"),
    (code, { body }) => code === 415 && (body ?? "").includes("curl -H"),
  ),
  draws(
    "a compressed body is 415 with accept-encoding (RFC 9110, 15.5.16)",
    "choice",
    () => {
      const headers = { "content-type": "application/json", "content-encoding": "gzip" };
      const body = base64(gzipSync(String(recorded("http").body)));
      return recorded("http", { headers, body, isBase64Encoded: true });
    },
    (code, { headers }) => code === 415 && find(headers ?? {}, "accept-encoding") !== undefined,
  ),
  draws(
    "every wrong field is told at once",
    "choice",
    () => typed("application/json", { body: '{"name":1,"count":"x"}' }),
    (code, { body }) => isRefusal(code) && /name/.test(body ?? "") && /count/.test(body ?? ""),
  ),
  draws(
    "problems are application/problem+json (RFC 9457)",
    "choice",
    () => typed("application/json", { body: "{}" }),
    (_, { headers }) => (headers?.["content-type"] ?? "").startsWith("application/problem+json"),
  ),
  about(
    "dialects",
    answers(
      "payload 2.0: two cookies, one with a comma, stay two",
      "fact",
      { kind: "cookies", cookies: COOKIES },
      () => recorded("http-get"),
      ({ cookies }) => same(cookies, COOKIES),
    ),
  ),
  about(
    "dialects",
    answers(
      "payload 1.0: two cookies, one with a comma, stay two",
      "fact",
      { kind: "cookies", cookies: COOKIES },
      () => recorded("rest-get"),
      ({ multiValueHeaders = {} }) => same(find(multiValueHeaders, "set-cookie"), COOKIES),
    ),
  ),
  about(
    "dialects",
    answers(
      "load balancer: a multi-value event gets multi-value headers",
      "fact",
      { kind: "cookies", cookies: COOKIES },
      () => recorded("alb-multi-value-get"),
      ({ multiValueHeaders = {} }) => same(find(multiValueHeaders, "set-cookie"), COOKIES),
    ),
  ),
  about(
    "dialects",
    answers(
      "204 has no body",
      "fact",
      { kind: "empty" },
      () => recorded("http-get"),
      ({ statusCode, body }) => statusCode === 204 && !body,
    ),
  ),
  about(
    "dialects",
    answers(
      "204 has no content type",
      "choice",
      { kind: "empty" },
      () => recorded("http-get"),
      ({ statusCode, headers }) => statusCode === 204 && find(headers ?? {}, "content-type") === undefined,
    ),
  ),
  ...["image/png", "application/wasm", "font/woff2"].map((type) =>
    about(
      "dialects",
      answers(
        `bytes of ${type} arrive as they were`,
        "fact",
        { kind: "bytes", type, bytes: PNG },
        () => recorded("http-get"),
        arrivesAs(PNG),
      ),
    ),
  ),
  about(
    "dialects",
    answers(
      "compressed bytes arrive as they were",
      "fact",
      { kind: "bytes", type: "text/html", bytes: gzipSync("hello"), encoding: "gzip" },
      () => recorded("http-get"),
      arrivesAs(gzipSync("hello")),
    ),
  ),
  about(
    "routes",
    answers(
      "HEAD has the status of GET and no body",
      "fact",
      { kind: "text", length: 3 },
      () => url({ method: "HEAD" }),
      ({ statusCode, body }) => statusCode === 200 && !body,
    ),
  ),
  about(
    "routes",
    answers(
      "function URL: an unknown path is 404",
      "fact",
      { kind: "empty" },
      () => url({ rawPath: "/nowhere" }),
      ({ statusCode }) => statusCode === 404,
    ),
  ),
  about(
    "routes",
    answers(
      "function URL: a wrong method is 405 with Allow",
      "fact",
      { kind: "empty" },
      () => url({ method: "DELETE" }),
      ({ statusCode, headers }) => statusCode === 405 && /GET/.test(String(find(headers ?? {}, "allow"))),
    ),
  ),
  about(
    "routes",
    answers(
      "a trailing slash does not matter",
      "choice",
      { kind: "text", length: 1 },
      () => url({ rawPath: "/my/path/" }),
      ({ statusCode }) => statusCode === 200,
    ),
  ),
  answers(
    "what is thrown is a 500 that tells nothing",
    "fact",
    { kind: "throw", error: new Error("password is hunter2") },
    () => recorded("http-get"),
    (result) => result.statusCode === 500 && !JSON.stringify(result).includes("hunter2"),
  ),
  answers(
    "a result too large for Lambda is a 500 of its own",
    "choice",
    { kind: "text", length: 6_300_000 },
    () => recorded("http-get"),
    ({ statusCode }) => statusCode === 500,
  ),
];

function find<T>(headers: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

function arrivesAs(bytes: Uint8Array): (result: AnyResult) => boolean {
  return ({ body = "", isBase64Encoded }) =>
    Buffer.compare(Buffer.from(body, isBase64Encoded ? "base64" : "utf8"), bytes) === 0;
}
