import { describe, expect, test } from "vitest";
import { toAlbEvent } from "./alb.ts";
import { toHttpEvent } from "./http.ts";
import type { HttpRequest } from "./request.ts";
import { newRequestIds } from "./request-ids.ts";
import { toRestEvent } from "./rest.ts";
import { toUrlEvent } from "./url.ts";

const route = "/draws/{id}";
const request: HttpRequest = {
  ...newRequestIds(),
  method: "POST",
  target: "/draws/a%20b?a=1&a=2&b=x%2Cy",
  headers: [
    ["Host", "localhost:3000"],
    ["Content-Type", "application/json"],
    ["User-Agent", "curl/8"],
    ["X-A", "1"],
    ["x-a", "2"],
    ["Cookie", "a=1; b=2"],
    ["Connection", "keep-alive"],
  ],
  body: Buffer.from('{"name":"x"}'),
  sourceIp: "127.0.0.1",
};
const withType = (type: string | undefined): HttpRequest => ({
  ...request,
  headers: type === undefined ? [["Host", "localhost"]] : [["content-type", type]],
});
describe("the event of an HTTP API", () => {
  const event = toHttpEvent(request, route);

  test("has the path and its parameters decoded, and joins what is repeated with a comma", () => {
    expect(event).toMatchObject({
      version: "2.0",
      routeKey: "POST /draws/{id}",
      rawPath: "/draws/a b",
      rawQueryString: "a=1&a=2&b=x%2Cy",
      queryStringParameters: { a: "1,2", b: "x,y" },
      pathParameters: { id: "a b" },
      headers: { "x-a": "1,2", "user-agent": "curl/8" },
      cookies: ["a=1", "b=2"],
      body: '{"name":"x"}',
      isBase64Encoded: false,
    });
  });

  test("has no cookies in its headers, nor what is for the connection alone", () => {
    expect(Object.keys(event.headers)).not.toContain("cookie");
    expect(Object.keys(event.headers)).not.toContain("connection");
  });

  test("leaves out what is not set, but for the query", () => {
    const bare = toHttpEvent({ ...request, target: "/", headers: [], body: Buffer.alloc(0) }, "/");
    for (const key of ["cookies", "queryStringParameters", "pathParameters", "body"])
      expect(bare).not.toHaveProperty(key);
    expect(bare).toMatchObject({ rawQueryString: "", rawPath: "/", isBase64Encoded: false });
  });

  test("has a named stage in its path", () => {
    expect(toHttpEvent(request, route, "Prod")).toMatchObject({
      rawPath: "/Prod/draws/a b",
      requestContext: { stage: "Prod" },
    });
  });

  test("has the time as Apache writes it", () => {
    expect(event.requestContext.time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
  });

  test.each([
    ["application/json", false],
    ["application/json; charset=utf-8", false],
    ["text/plain", false],
    ["application/xml", false],
    ["application/javascript", false],
    ["application/vnd.api+json", true],
    ["application/x-www-form-urlencoded", true],
    ["image/png", true],
    [undefined, true],
  ])("has a body of type %s in base64: %s", (type, isBase64Encoded) => {
    const { body, ...rest } = toHttpEvent(withType(type), route);
    expect(rest.isBase64Encoded).toBe(isBase64Encoded);
    expect(Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8")).toEqual(request.body);
  });

  test("takes names that objects inherit for mere names", () => {
    const odd = toHttpEvent({ ...request, target: "/?toString=1&__proto__=2" }, route);
    expect(Object.entries(odd.queryStringParameters ?? {})).toEqual([
      ["toString", "1"],
      ["__proto__", "2"],
    ]);
  });
});

test("each gateway says for whom it asks, after what the caller says", () => {
  const forwarded: HttpRequest = { ...request, headers: [["x-forwarded-for", "1.1.1.1"]] };
  expect(toHttpEvent(forwarded, route).headers).toMatchObject({ "x-forwarded-for": "1.1.1.1, 127.0.0.1" });
  expect(toAlbEvent(forwarded).headers).toMatchObject({ "x-forwarded-for": "1.1.1.1, 127.0.0.1" });
  expect(toRestEvent(forwarded, route).multiValueHeaders).toMatchObject({
    "X-Forwarded-For": ["1.1.1.1, 127.0.0.1"],
  });
  expect(Object.keys(toRestEvent(forwarded, route).headers)).not.toContain("x-forwarded-for");
});

describe("the event of a function URL", () => {
  test("has its path as it came, one route for all, and its cookies twice", () => {
    expect(toUrlEvent(request)).toMatchObject({
      routeKey: "$default",
      rawPath: "/draws/a%20b",
      cookies: ["a=1", "b=2"],
      headers: { cookie: "a=1; b=2" },
      requestContext: { domainName: expect.stringContaining(".lambda-url."), http: { path: "/draws/a b" } },
    });
    expect(toUrlEvent(request)).not.toHaveProperty("pathParameters");
  });
});

describe("the event of a REST API", () => {
  const event = toRestEvent(request, route);

  test("keeps the case of names, lists what is repeated, and leaves path and parameters encoded", () => {
    expect(event).toMatchObject({
      resource: "/draws/{id}",
      path: "/draws/a%20b",
      httpMethod: "POST",
      headers: { "Content-Type": "application/json", "X-A": "1", "x-a": "2" },
      multiValueHeaders: { Cookie: ["a=1; b=2"] },
      queryStringParameters: { a: "2", b: "x,y" },
      multiValueQueryStringParameters: { a: ["1", "2"], b: ["x,y"] },
      pathParameters: { id: "a%20b" },
      requestContext: { path: "/prod/draws/a%20b", stage: "prod", resourcePath: "/draws/{id}" },
    });
  });

  test("has null for what is not set", () => {
    const bare = toRestEvent({ ...request, target: "/", body: Buffer.alloc(0) }, "/");
    expect(bare).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      body: null,
    });
  });
});

describe("the event of a load balancer", () => {
  test("has the query encoded, and the last of repeated values", () => {
    expect(toAlbEvent(request)).toMatchObject({
      httpMethod: "POST",
      path: "/draws/a%20b",
      queryStringParameters: { a: "2", b: "x%2Cy" },
      headers: { "x-a": "2", "content-type": "application/json" },
    });
  });

  test("has an empty body for none", () => {
    const event = toAlbEvent({ ...request, body: Buffer.alloc(0) });
    expect(event.body).toBe("");
  });
});
