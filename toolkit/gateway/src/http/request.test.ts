import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { contract } from "../contract/contract.ts";
import { recorded } from "../testing/recorded.ts";
import { invoke } from "../testing/testing.ts";
import { lambda } from "./lambda.ts";
import { cookiesOf, encodePath, queryOf, urlOf } from "./request.ts";

/** Answers with what the gateway made of the event. */
function mirror(path: `/${string}` = "/my/path") {
  const looking = contract({ method: "GET", path, summary: "Looks at the request", reply: z.unknown() });
  return lambda(looking, ({ request, params }) => ({
    method: request.method,
    path: request.path,
    rawPath: request.rawPath,
    url: urlOf(request),
    query: { ...queryOf(request) },
    cookies: { ...cookiesOf(request) },
    headers: { ...request.headers },
    body: request.body ?? null,
    params,
  }));
}
async function see(event: Record<string, unknown>, path?: `/${string}`) {
  const { status, body } = await invoke(mirror(path), event);
  return { status, ...body };
}
const HOST = "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com";
const context = (name: string, change: object) => ({
  requestContext: { ...(recorded(name).requestContext as object), ...change },
});
const http = (change: object) => {
  const { http } = recorded("http-get").requestContext as { http: object };
  return context("http-get", { http: { ...http, ...change } });
};

test.each(["http-query-and-cookies", "rest-query-and-headers", "alb-get", "bare"])(
  "%s becomes a request that can be written down whole",
  async (name) => {
    const method = name === "bare" ? "POST" : "GET";
    const looking = contract({ method, path: "/my/path", summary: "", reply: z.unknown() });
    const { body } = await invoke(
      lambda(looking, ({ request }) => request),
      recorded(name),
    );
    expect(body).toMatchObject({
      method,
      path: "/my/path",
      rawPath: expect.any(String),
      rawQuery: expect.any(String),
    });
    if (name !== "bare") expect(body.headers).toMatchObject({ host: expect.any(String) });
  },
);

describe("payload 2.0", () => {
  test("a minimal GET has its URL and no body", async () => {
    expect(await see(recorded("http-get"))).toMatchObject({
      status: 200,
      method: "GET",
      url: `https://${HOST}/my/path`,
      body: null,
      query: {},
      cookies: {},
    });
  });

  test("gives both cookies, in the header too", async () => {
    const seen = await see(recorded("http-query-and-cookies"));
    expect(seen.cookies).toEqual({ a: "1", b: "2" });
    expect(seen.headers.cookie).toBe("a=1; b=2");
  });

  test("keeps repeated query keys and encoded commas apart, and decodes unicode", async () => {
    const seen = await see(recorded("http-query-and-cookies"));
    expect(seen.query).toEqual({ a: ["1", "2"], b: "x,y", é: "🍀 x" });
    expect(seen.url).toBe(`https://${HOST}/my/path?a=1&a=2&b=x%2Cy&%C3%A9=%F0%9F%8D%80+x`);
  });

  test("has a named stage in its raw path, not in its path", async () => {
    const seen = await see(recorded("http-named-stage"));
    expect(seen).toMatchObject({ path: "/my/path", rawPath: "/Prod/my/path" });
    expect(seen.url).toBe(`https://${HOST}/Prod/my/path`);
  });

  test.each([
    ["Prod", "/Prod", "/"],
    ["Prod", "/Production/my", "/Production/my"],
    ["$default", "/$default/my", "/$default/my"],
    [undefined, "/undefined/my", "/undefined/my"],
  ])("of stage %s leaves %s as %s", async (stage, rawPath, path) => {
    const event = recorded("http-get", { rawPath, ...context("http-get", { stage }) });
    expect((await see(event)).path).toBe(path);
  });

  test("as SAM sends it, with cased headers and null stage variables, is accepted", async () => {
    const seen = await see(recorded("http-sam"), "/lucky_numbers");
    expect(seen.status).toBe(405); // it is a POST, and this contract takes GET
    const { status } = await invoke(
      lambda({ method: "POST", path: "/lucky_numbers", summary: "", reply: z.string() }, () => "ok"),
      recorded("http-sam"),
    );
    expect(status).toBe(200);
  });

  test("has path parameters decoded, and its path encoded again", async () => {
    const seen = await see(recorded("http-path-parameter"), "/draws/{id}");
    expect(seen).toMatchObject({ params: { id: "a b" }, path: "/draws/a%20b" });
  });

  test.each(["get", "Get", "GET"])("takes the method %s as GET", async (method) => {
    expect((await see(recorded("http-get", http({ method })))).method).toBe("GET");
  });

  test("by hand has its query, where it has parameters alone", async () => {
    const queryStringParameters = { a: "1", b: "2 &", c: "x,y" };
    for (const rawQueryString of ["", undefined]) {
      const seen = await see(recorded("http-get", { rawQueryString, queryStringParameters }));
      expect(seen.query).toEqual({ a: "1", b: "2 &", c: "x,y" });
      expect(seen.url).toMatch(/\?a=1&b=2%20%26&c=x%2Cy$/);
    }
  });

  test("without rawPath has the path of its context", async () => {
    expect((await see(recorded("http-get", { rawPath: undefined }))).path).toBe("/my/path");
  });

  test("names the scheme that the caller used", async () => {
    const headers = { host: "localhost:3000", "x-forwarded-proto": "http" };
    expect((await see(recorded("http-get", { headers }))).url).toBe("http://localhost:3000/my/path");
  });
});

describe("a function URL", () => {
  test("with cookies in the header and apart gives each once", async () => {
    const event = recorded("function-url", { rawPath: "/my/path", ...http({ method: "GET" }) });
    const seen = await see(event);
    expect(seen.cookies).toEqual({ session: "abc", theme: "dark" });
    expect(seen.headers.cookie).toBe("session=abc; theme=dark");
  });

  test("passes its path encoded: parameters are found and decoded once", async () => {
    const seen = await see(recorded("function-url-get"), "/draws/{id}");
    expect(seen).toMatchObject({ params: { id: "a b/c" }, path: "/draws/a%20b%2Fc" });
  });
});

describe("payload 1.0", () => {
  test("a minimal GET has its URL, with the stage, and its path without", async () => {
    expect(await see(recorded("rest-get"))).toMatchObject({
      status: 200,
      path: "/my/path",
      rawPath: "/prod/my/path",
      url: "https://q1w2e3r4t5.execute-api.eu-central-1.amazonaws.com/prod/my/path",
    });
  });

  test("that carries rawPath, behind a base-path mapping, is still payload 1.0", async () => {
    const { result } = await invoke(mirror(), recorded("rest-base-path-mapping"));
    expect(result).toMatchObject({ statusCode: 200 });
    const seen = await see(recorded("rest-base-path-mapping"));
    expect(seen.url).toBe("https://api.example.com/base/my/path");
  });

  test("joins the values of a repeated header in their order", async () => {
    expect((await see(recorded("rest-query-and-headers"))).headers["x-a"]).toBe("abc, a, b");
  });

  test("without headers, as the test console sends it, runs", async () => {
    expect(await see(recorded("rest-test-console"))).toMatchObject({
      status: 200,
      headers: {},
      url: "/prod/my/path",
    });
  });

  test.each([
    ["has no lists", {}],
    ["has some alone", { "x-b": ["2", "3"] }],
  ])("by hand has all of its headers, where it %s", async (_, multiValueHeaders) => {
    const event = recorded("rest-get", { headers: { "X-A": "1", "X-B": "3" }, multiValueHeaders });
    const lists = Object.keys(multiValueHeaders).length > 0;
    expect((await see(event)).headers).toEqual({ "x-a": "1", "x-b": lists ? "2, 3" : "3" });
  });

  test.each([
    ["has no lists", {}, { a: "1", b: "3" }],
    ["has some alone", { b: ["2", "3"] }, { a: "1", b: ["2", "3"] }],
  ])("by hand has all of its query, where it %s", async (_, multiValueQueryStringParameters, query) => {
    const queryStringParameters = { a: "1", b: "3" };
    const event = recorded("rest-get", { queryStringParameters, multiValueQueryStringParameters });
    expect((await see(event)).query).toEqual(query);
  });

  test("by hand has its content type, and its body is read", async () => {
    const take = {
      method: "POST",
      path: "/x",
      summary: "",
      body: z.object({ n: z.int() }),
      example: { n: 1 },
    } as const;
    const handler = lambda({ ...take, reply: z.int() }, ({ body }) => body.n);
    const event = { httpMethod: "POST", path: "/x", multiValueHeaders: {}, body: '{"n":7}' };
    const headers = { "Content-Type": "application/json" };
    expect(await invoke(handler, { ...event, headers, requestContext: {} })).toMatchObject({
      status: 200,
      body: 7,
    });
    expect(await invoke(handler, { ...event, headers })).toMatchObject({ status: 200, body: 7 });
  });

  test("by hand may lack the context, and has the rest", async () => {
    const headers = { Host: "localhost", Cookie: "a=1" };
    const event = { httpMethod: "GET", path: "/draws/a%20b", headers, queryStringParameters: { q: "1" } };
    expect(await see(event, "/draws/{id}")).toMatchObject({
      status: 200,
      url: "https://localhost/draws/a%20b?q=1",
      params: { id: "a b" },
      cookies: { a: "1" },
    });
  });

  test.each([
    [undefined, "v/a%2Bb@x/c+d%20e", "v/a+b@x/c+d e"],
    ["1.0", "v/a%2Bb@x/c+d%20e", "v/a%2Bb@x/c+d%20e"],
    [undefined, "Zo%C3%AB", "Zoë"],
    ["1.0", "Zoë 100%", "Zoë 100%"],
  ])("of version %s has the path parameter %j as %j", async (version, sent, seen) => {
    const change = { resource: "/files/{path+}", path: `/files/${sent}`, pathParameters: { path: sent } };
    const event = recorded("rest-get", { ...change, ...(version && { version }) });
    expect((await see(event, "/files/{path+}")).params).toEqual({ path: seen });
  });

  test("with headers alone, without the lists, has them", async () => {
    expect((await see(recorded("rest-get", { multiValueHeaders: null }))).headers.accept).toBe("*/*");
  });

  test("has query values decoded: they round-trip once", async () => {
    const seen = await see(recorded("rest-query-and-headers"));
    expect(seen.query).toEqual({ a: ["1", "2"], b: "2 &" });
    expect(seen.url).toMatch(/\?a=1&a=2&b=2%20%26$/);
  });

  test("with a query but no lists has it", async () => {
    const event = recorded("rest-query-and-headers", { multiValueQueryStringParameters: null });
    expect((await see(event)).query).toEqual({ a: "2", b: "2 &" });
  });

  test("has path parameters encoded: they are decoded once", async () => {
    const seen = await see(recorded("rest-path-parameter"), "/draws/{id}");
    expect(seen).toMatchObject({ params: { id: "a b" }, path: "/draws/a%20b" });
  });

  test("without isBase64Encoded or pathParameters is accepted", async () => {
    expect((await see(recorded("rest-partial"))).status).toBe(404); // it is for another path
    expect((await see(recorded("rest-partial"), "/lucky_numbers")).status).toBe(405);
  });

  test("gives the cookies", async () => {
    expect((await see(recorded("rest-query-and-headers"))).cookies).toEqual({ a: "1", b: "2" });
  });
});

test("an HTTP API with payload 1.0 has path parameters decoded: they are not decoded again", async () => {
  const seen = await see(recorded("http-payload-1"), "/draws/{id}");
  expect(seen).toMatchObject({ status: 200, params: { id: "a%20b" }, path: "/draws/a%2520b" });
  expect(seen.query).toEqual({ tag: ["a b", "x,y"] });
  expect(seen.cookies).toEqual({ a: "1", b: "2" });
  expect(seen.headers).toMatchObject({ accept: "*/*", host: expect.any(String) });
});

describe("a load balancer", () => {
  test("passes an empty body for none", async () => {
    expect(await see(recorded("alb-get"))).toMatchObject({ status: 200, method: "GET" });
  });

  test("passes query values encoded: they are decoded once", async () => {
    const seen = await see(recorded("alb-get"));
    expect(seen.query).toEqual({ a: "x,y", b: "2 &" });
    expect(seen.url).toMatch(/\?a=x%2Cy&b=2%20%26$/);
  });

  test("by hand has all of its headers and query, where the lists are empty", async () => {
    const empty = { multiValueHeaders: {}, multiValueQueryStringParameters: {} };
    const seen = await see(recorded("alb-get", empty));
    expect(seen.query).toEqual({ a: "x,y", b: "2 &" });
    expect(seen.headers).toMatchObject({ host: expect.any(String) });
  });

  test("with multi-value headers has every value", async () => {
    const seen = await see(recorded("alb-multi-value-get"));
    expect(seen.query).toEqual({ a: ["1", "2"], b: "2 &" });
    expect(seen.cookies).toEqual({ a: "1", b: "2" });
  });

  test("checks health without a host", async () => {
    expect(await see(recorded("alb-health-check"))).toMatchObject({ status: 200, url: "/my/path" });
  });
});

describe("the path", () => {
  test.each([
    ["/my path", "/my%20path"],
    ["/my%20path", "/my%20path"],
    ["/100%", "/100%25"],
    ["/é/🍀", "/%C3%A9/%F0%9F%8D%80"],
    ["/a?b#c", "/a%3Fb%23c"],
    ["/a:b@c;d=e,f+g!h$i&j'k(l)m*n~o", "/a:b@c;d=e,f+g!h$i&j'k(l)m*n~o"],
    ["/\ud800", "/%EF%BF%BD"],
    ["/a\r\nb", "/a%0D%0Ab"],
  ])("%j is written %j", (path, encoded) => {
    expect(encodePath(path)).toBe(encoded);
  });
});

describe("a GET with a body", () => {
  test.each(["http-get", "rest-get", "alb-get", "function-url"])("runs: %s", async (name) => {
    for (const body of ["", "{}", "not json"]) {
      const change = name === "function-url" ? { body, rawPath: "/my/path", ...http({}) } : { body };
      expect((await see(recorded(name, change))).status).toBe(200);
    }
  });
});

describe("cookies", () => {
  test.each([
    ["a=1; a=2", { a: "1" }],
    ["a=b=c; empty=; bare", { a: "b=c", empty: "", bare: "" }],
    [" a = 1 ;;", { a: "1", "": "" }],
    ["__proto__=x; constructor=y", { constructor: "y" }],
  ])("%j gives %j", async (cookie, cookies) => {
    const { headers } = recorded("http-get") as { headers: object };
    expect((await see(recorded("http-get", { headers: { ...headers, cookie } }))).cookies).toMatchObject(
      cookies,
    );
  });
});

test.each([
  ["rest", { multiValueHeaders: { Cookie: ["a=1", "b=2"] } }],
  ["alb-multi-value", { multiValueHeaders: { cookie: ["a=1; x=0", "b=2"] } }],
])("the cookies of several headers are all there: %s", async (name, change) => {
  const { method, path } = { method: "POST", path: "/x" } as const;
  const look = lambda({ method, path, summary: "", reply: z.unknown() }, ({ request }) => cookiesOf(request));
  const { body } = await invoke(
    look,
    recorded(name, { path, httpMethod: method, resource: path, ...change }),
  );
  expect(body).toMatchObject({ a: "1", b: "2" });
});

test("half of a surrogate in a query by hand is no reason to fail", async () => {
  const seen = await see(
    recorded("http-get", { rawQueryString: "", queryStringParameters: { "\ud800": "\udfff" } }),
  );
  expect(seen.query).toEqual({ "\ufffd": "\ufffd" });
});

test("a key that is repeated ten thousand times is a list", async () => {
  const seen = await see(recorded("http-get", { rawQueryString: "a=1&".repeat(10_000) }));
  expect(seen.query.a).toHaveLength(10_000);
});

describe("names that objects inherit are only names", () => {
  const keys = ["__proto__", "constructor", "toString", "hasOwnProperty"];

  test.each(keys)("in the query: %s", async (key) => {
    const look = lambda(
      { method: "GET", path: "/my/path", summary: "", reply: z.unknown() },
      ({ request }) => {
        const query = queryOf(request);
        return { keys: Object.keys(query), prototype: Object.getPrototypeOf(query), value: query[key] };
      },
    );
    const { body } = await invoke(look, recorded("http-get", { rawQueryString: `${key}=x` }));
    expect(body).toEqual({ keys: [key], prototype: null, value: "x" });
  });

  test.each(keys)("in the headers: %s", async (key) => {
    const look = lambda(
      { method: "GET", path: "/my/path", summary: "", reply: z.unknown() },
      ({ request }) => {
        return { own: Object.keys(request.headers ?? {}), polluted: "polluted" in {} };
      },
    );
    const headers = JSON.parse(`{"${key}": "polluted"}`);
    const { body } = await invoke(look, recorded("rest-get", { headers, multiValueHeaders: null }));
    expect(body).toEqual({ own: [key.toLowerCase()], polluted: false });
  });
});

describe("a header", () => {
  test.each(["HOST", "Host", "host"])("is found whatever its case: %s", async (name) => {
    const event = recorded("rest-get", { headers: { [name]: "example.com" }, multiValueHeaders: null });
    expect((await see(event)).url).toBe("https://example.com/prod/my/path");
  });

  test("that is no text is left out", async () => {
    const headers = { a: 1, b: null, c: ["x", 2, "y"], d: {}, e: "ok" };
    const event = recorded("rest-get", { headers, multiValueHeaders: null });
    expect((await see(event)).headers).toEqual({ c: "x, y", e: "ok" });
  });

  test.each(["evil'; rm -rf /", "a b", "$(id)", "x\ny"])(
    "a host such as %j stays quoted in a curl command",
    async (host) => {
      const post = {
        method: "POST",
        path: "/x",
        summary: "",
        body: z.string(),
        example: "x",
        reply: z.string(),
      } as const;
      const reply = await invoke(
        lambda(post, () => "ok"),
        { body: null, headers: { host } },
      );
      expect(reply.body.detail.split("https://")[0]).toMatch(/'$/);
    },
  );
});
