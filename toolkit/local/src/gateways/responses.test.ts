import { describe, expect, test } from "vitest";
import { type GatewayName, gateways } from "./index.ts";

function respond(name: GatewayName, result: unknown) {
  const response = gateways[name].toResponse(JSON.stringify(result));
  return response && { ...response, body: response.body.toString() };
}
const JSON_HEADERS = { "content-type": "application/json" };
const EXPIRES = "a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT";

describe.each<GatewayName>(["http", "rest", "url", "alb"])("the response of %s", (name) => {
  test("is what the function says", () => {
    const headers = { "X-A": "b", "content-type": "text/html" };
    expect(respond(name, { statusCode: 201, headers, body: "hello" })).toEqual({
      status: 201,
      headers: { "content-type": "text/html", "x-a": "b" },
      body: "hello",
    });
  });

  test("is decoded from base64", () => {
    expect(respond(name, { statusCode: 200, body: "aGVsbG8=", isBase64Encoded: true })).toMatchObject({
      body: "hello",
    });
  });

  test("takes a status that is text", () => {
    expect(respond(name, { statusCode: "404" })).toMatchObject({ status: 404, body: "" });
  });

  test.each(["ok", 99, 100, 600, 200.5, null, {}])("has no status %j", (statusCode) => {
    expect(respond(name, { statusCode })).toBeUndefined();
  });
});

describe.each<GatewayName>(["http", "url"])("the response of %s, payload 2.0,", (name) => {
  test("sets each cookie in a header of its own", () => {
    expect(respond(name, { statusCode: 200, cookies: [EXPIRES, "b=2"] })?.headers).toEqual({
      "set-cookie": [EXPIRES, "b=2"],
    });
  });

  test.each([{ message: "x" }, null, 7, [{ statusCode: 1 }]])(
    "is a 200 with the whole of a result without statusCode: %j",
    (result) => {
      expect(respond(name, result)).toEqual({
        status: 200,
        headers: JSON_HEADERS,
        body: JSON.stringify(result),
      });
    },
  );

  test.each(["", "hello", ' "quoted"\n', '{"half":'])("is a 200 with a string as it is: %j", (result) => {
    expect(respond(name, result)).toEqual({ status: 200, headers: JSON_HEADERS, body: result });
  });

  test("knows no multi-value headers, nor other keys", () => {
    expect(respond(name, { statusCode: 200, multiValueHeaders: { a: ["1"] }, more: 1 })).toEqual({
      status: 200,
      headers: {},
      body: "",
    });
  });
});

test("a body has a type: text of an HTTP API, JSON of the others", () => {
  expect(respond("http", { statusCode: 200, body: "x" })?.headers).toEqual({
    "content-type": "text/plain;charset=UTF-8",
  });
  for (const name of ["url", "rest"] as const) {
    expect(respond(name, { statusCode: 200, body: "x" })?.headers).toEqual(JSON_HEADERS);
  }
});

describe("the response of a REST API, payload 1.0,", () => {
  test.each([
    [{}, 200],
    [{ body: "x" }, 200],
    [{ headers: { a: "1" } }, 200],
    [{ body: null, statusCode: 201 }, 201],
  ])("needs no more than %j", (result, status) => {
    expect(respond("rest", result)).toMatchObject({ status });
  });

  test.each([{ message: "x" }, "x", null, 7, [], { body: {} }, { statusCode: 200, cookies: [] }])(
    "is none for %j",
    (result) => {
      expect(respond("rest", result)).toBeUndefined();
    },
  );

  test("has multi-value headers, each as often as it has values", () => {
    const multiValueHeaders = { "Set-Cookie": [EXPIRES, "b=2"], "X-A": ["1"] };
    expect(respond("rest", { headers: { "x-a": "0", "x-b": "2" }, multiValueHeaders })?.headers).toEqual({
      ...JSON_HEADERS,
      "set-cookie": [EXPIRES, "b=2"],
      "x-a": ["1", "0"],
      "x-b": "2",
    });
  });

  test.each([
    { headers: { a: ["1"] } },
    { headers: [] },
    { multiValueHeaders: { a: "1" } },
    { multiValueHeaders: { a: null } },
    { multiValueHeaders: "a" },
  ])("is none where a header is not of its kind: %j", (result) => {
    expect(respond("rest", result)).toBeUndefined();
  });

  test("takes headers that are null, and truth values", () => {
    const result = { headers: { "x-a": true }, multiValueHeaders: null };
    expect(respond("rest", result)?.headers).toEqual({ ...JSON_HEADERS, "x-a": "true" });
  });

  test("has what a REST API says itself under another name", () => {
    expect(respond("rest", { headers: { Date: "x", "WWW-Authenticate": "Basic" } })?.headers).toEqual({
      ...JSON_HEADERS,
      "x-amzn-remapped-date": "x",
      "x-amzn-remapped-www-authenticate": "Basic",
    });
  });
});

describe("the response of a load balancer", () => {
  test.each([{}, { body: "x" }, "x", null, { statusCode: 200, body: {} }])("is none for %j", (result) => {
    expect(respond("alb", result)).toBeUndefined();
  });

  test("is none above 1 MB of JSON", () => {
    expect(respond("alb", { statusCode: 200, body: "x".repeat(1_000_000) })).toBeUndefined();
    expect(respond("alb", { statusCode: 200, body: "x".repeat(999_900) })).toBeDefined();
  });

  test("knows no multi-value headers, as its target group has none", () => {
    expect(respond("alb", { statusCode: 200, multiValueHeaders: { a: ["1"] } })?.headers).toEqual({});
  });
});
