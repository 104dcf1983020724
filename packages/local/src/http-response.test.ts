import { describe, expect, test } from "vitest";
import { toHttpResponse } from "./http-response.ts";

function respond(result: unknown, isFunctionError = false) {
  const { body, ...rest } = toHttpResponse({ payload: JSON.stringify(result), isFunctionError });
  return { ...rest, body: body.toString() };
}
const JSON_HEADERS = { "content-type": "application/json" };

describe("the response of an HTTP API", () => {
  test("is what the function says", () => {
    expect(respond({ statusCode: 201, headers: { "X-A": "b" }, body: "hello" })).toEqual({
      status: 201,
      headers: { "content-type": "text/plain;charset=UTF-8", "x-a": "b" },
      body: "hello",
    });
  });

  test("is decoded from base64", () => {
    expect(respond({ statusCode: 200, body: "aGVsbG8=", isBase64Encoded: true }).body).toBe("hello");
  });

  test("sets each cookie in a header of its own", () => {
    const { headers } = respond({
      statusCode: 200,
      cookies: ["a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT", "b=2"],
    });
    expect(headers["set-cookie"]).toEqual(["a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT", "b=2"]);
  });

  test.each([{ message: "x" }, "x", null, 7])(
    "is a 200 with the whole of a result without statusCode: %j",
    (result) => {
      expect(respond(result)).toEqual({ status: 200, headers: JSON_HEADERS, body: JSON.stringify(result) });
    },
  );

  test("is a 500 for a function error, and tells the author why", () => {
    expect(respond({ errorType: "Runtime.ExitError", errorMessage: "exit status 3" }, true)).toEqual({
      status: 500,
      headers: JSON_HEADERS,
      body: '{"message":"Internal Server Error"}',
      failure: "Runtime.ExitError: exit status 3",
    });
  });

  test("is a 500 for a status that is none", () => {
    expect(respond({ statusCode: "ok" })).toMatchObject({
      status: 500,
      body: '{"message":"Internal Server Error"}',
    });
  });

  test("is a 503 when the function is throttled", () => {
    expect(toHttpResponse(undefined)).toMatchObject({ status: 503 });
  });
});
