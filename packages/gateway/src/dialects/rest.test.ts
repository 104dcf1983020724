import { describe, expect, test } from "vitest";
import httpEvent from "../../events/http.json" with { type: "json" };
import event from "../../events/rest.json" with { type: "json" };
import { urlOf } from "../request.ts";
import { rest } from "./rest.ts";

describe("payload 1.0", () => {
  test("gives the request as the caller sent it", () => {
    const request = rest.read(event);
    expect(request).toMatchObject({ method: "POST", path: "/lucky_numbers", body: event.body });
    expect(request.headers).toMatchObject({ "content-type": "application/json" });
    expect(urlOf(request)).toBe(
      "https://q1w2e3r4t5.execute-api.eu-central-1.amazonaws.com/prod/lucky_numbers",
    );
  });

  test("is recognized, and payload 2.0 is not", () => {
    expect(rest.recognizes(event)).toBe(true);
    expect(rest.recognizes(httpEvent as object)).toBe(false);
  });

  test("joins the values of a repeated header in their order", () => {
    const multiValueHeaders = { "X-A": ["abc", "a", "b"] };
    expect(rest.read({ ...event, multiValueHeaders }).headers).toEqual({ "x-a": "abc, a, b" });
  });

  test("may lack its headers, or have null for them", () => {
    expect(rest.read({ ...event, headers: null, multiValueHeaders: null }).headers).toEqual({});
    expect(rest.read({ ...event, multiValueHeaders: null }).headers).toMatchObject({ accept: "*/*" });
  });
});
