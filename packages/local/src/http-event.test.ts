import { describe, expect, test } from "vitest";
import { toHttpEvent } from "./http-event.ts";

const request = {
  method: "POST",
  target: "/lucky_numbers",
  headers: { host: "localhost:3000", "content-type": "application/json", "user-agent": "curl/8" },
  body: Buffer.from('{"name":"x"}'),
  sourceIp: "127.0.0.1",
};
const eventOf = (change: Partial<typeof request>) =>
  toHttpEvent({ ...request, ...change }, "POST /lucky_numbers");

describe("the event of an HTTP API", () => {
  test("is payload 2.0, unset fields left out", () => {
    const event = eventOf({});
    expect(event).toMatchObject({
      version: "2.0",
      routeKey: "POST /lucky_numbers",
      rawPath: "/lucky_numbers",
      rawQueryString: "",
      body: '{"name":"x"}',
      isBase64Encoded: false,
      requestContext: { stage: "$default", http: { method: "POST", userAgent: "curl/8" } },
    });
    expect(event.requestContext.time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    expect(Object.keys(event)).not.toContain("cookies");
    expect(Object.keys(event)).not.toContain("queryStringParameters");
  });

  test.each([
    ["application/json", false],
    ["application/json; charset=utf-8", false],
    ["text/plain", false],
    ["application/xml", false],
    ["application/vnd.api+json", true],
    ["application/x-www-form-urlencoded", true],
    ["image/png", true],
  ])("has a body of type %s in base64: %s", (type, isBase64Encoded) => {
    const event = eventOf({ headers: { ...request.headers, "content-type": type } });
    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(event.body).toBe(isBase64Encoded ? request.body.toString("base64") : '{"name":"x"}');
  });

  test("has the cookies apart from the headers", () => {
    const event = eventOf({ headers: { ...request.headers, cookie: "a=1; b=2" } as typeof request.headers });
    expect(event.cookies).toEqual(["a=1", "b=2"]);
    expect(event.headers).not.toHaveProperty("cookie");
  });

  test("joins repeated query keys", () => {
    const event = eventOf({ target: "/lucky_numbers?a=1&a=2&b=x%2Cy" });
    expect(event.rawQueryString).toBe("a=1&a=2&b=x%2Cy");
    expect(event.queryStringParameters).toEqual({ a: "1,2", b: "x,y" });
  });
});
