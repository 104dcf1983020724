import { describe, expect, test } from "vitest";
import functionUrl from "../../events/function-url.json" with { type: "json" };
import event from "../../events/http.json" with { type: "json" };
import rest from "../../events/rest.json" with { type: "json" };
import { urlOf } from "../request.ts";
import { http } from "./http.ts";

describe("payload 2.0", () => {
  test("gives the request as the caller sent it", () => {
    const request = http.read(event);
    expect(request).toMatchObject({ method: "POST", path: "/lucky_numbers", body: event.body });
    expect(request.headers).toMatchObject({ "content-type": "application/json" });
    expect(urlOf(request)).toBe("https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/lucky_numbers");
  });

  test.each([event, functionUrl])("is recognized", (recorded) => {
    expect(http.recognizes(recorded)).toBe(true);
  });

  test("is not confused with payload 1.0 that carries rawPath", () => {
    expect(http.recognizes({ ...rest, rawPath: "/prod/lucky_numbers" } as object)).toBe(false);
  });

  test.each([
    ["Prod", "/Prod/my/path", "/my/path"],
    ["Prod", "/Prod", "/"],
    ["Prod", "/Production/my", "/Production/my"],
    ["$default", "/my/path", "/my/path"],
  ])("stage %s is no part of the path of %s", (stage, rawPath, path) => {
    const request = http.read({ ...event, rawPath, requestContext: { ...event.requestContext, stage } });
    expect(request).toMatchObject({ path, rawPath });
  });

  test("takes a method in any case", () => {
    const requestContext = { ...event.requestContext, http: { ...event.requestContext.http, method: "get" } };
    expect(http.read({ ...event, requestContext }).method).toBe("GET");
  });
});
