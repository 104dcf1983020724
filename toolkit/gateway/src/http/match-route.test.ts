import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import type { Contract } from "../contract/contract.ts";
import { contract } from "../contract/contract.ts";
import { matchPath } from "../contract/route.ts";
import { recorded } from "../testing/recorded.ts";
import { invoke } from "../testing/testing.ts";
import { lambda } from "./lambda.ts";

const look = contract({ method: "GET", path: "/my/path", summary: "Looks", reply: z.string() });
const handler = lambda(look, () => "found");
const url = (change: { method?: string; rawPath?: string; routeKey?: string }, name = "http-get") => {
  const { method = "GET", ...fields } = change;
  const requestContext = recorded(name).requestContext as { http: object };
  return recorded(name, {
    routeKey: "$default",
    ...fields,
    requestContext: { ...requestContext, http: { ...requestContext.http, method } },
  });
};

describe("a path template", () => {
  test.each<[string, string, object | undefined]>([
    ["/my/path", "/my/path", {}],
    ["/my/path", "/my/path/", {}],
    ["/my/path", "/my", undefined],
    ["/my/path", "/my/path/more", undefined],
    ["/my/path", "/MY/PATH", undefined],
    ["/my/path", "//my/path", undefined],
    ["/my/path", "/m%79/path", {}],
    ["/", "/", {}],
    ["/", "/x", undefined],
    ["/draws/{id}", "/draws/7", { id: "7" }],
    ["/draws/{id}", "/draws/7/", { id: "7" }],
    ["/draws/{id}", "/draws/", undefined],
    ["/draws/{id}", "/draws", undefined],
    ["/draws/{id}", "/draws/a%2Fb", { id: "a/b" }],
    ["/draws/{id}", "/draws/%F0%9F%8D%80", { id: "🍀" }],
    ["/draws/{id}", "/draws/%ff", { id: "%ff" }],
    ["/draws/{id}/numbers/{n}", "/draws/7/numbers/3", { id: "7", n: "3" }],
    ["/files/{path+}", "/files/a/b%20c", { path: "a/b c" }],
    ["/files/{path+}", "/files/", undefined],
    ["/{__proto__}", "/x", { ["__proto__"]: "x" }],
  ])("%s and %s give %j", (template, path, params) => {
    const found = matchPath(template, path);
    expect(found && Object.entries(found)).toEqual(params && Object.entries(params));
  });
});

describe("where the function sees every path, as behind a function URL or a load balancer,", () => {
  test("another path is 404 in its own words", async () => {
    const reply = await invoke(handler, url({ rawPath: "/nowhere" }));
    expect(reply).toMatchObject({ status: 404, body: { detail: "Call GET /my/path." } });
    expect((await invoke(handler, recorded("alb-get", { path: "/nowhere" }))).status).toBe(404);
  });

  test("another method is 405 with Allow", async () => {
    const reply = await invoke(handler, url({ method: "DELETE" }));
    expect(reply).toMatchObject({ status: 405, headers: { allow: "GET, HEAD, OPTIONS" } });
    expect((await invoke(handler, recorded("alb-get", { httpMethod: "PUT" }))).status).toBe(405);
  });

  test("a trailing slash does not matter", async () => {
    expect((await invoke(handler, url({ rawPath: "/my/path/" }))).status).toBe(200);
  });
});

describe("an event by hand", () => {
  const draw = contract({ method: "GET", path: "/draws/{id}/{n}", summary: "", reply: z.string() });
  const handler = lambda(draw, ({ params }) => params.id + params.n);

  test("names the path's parameters", async () => {
    expect((await invoke(handler, { body: null, pathParameters: { id: "7", n: "3" } })).body).toBe("73");
  });

  test("is told which it lacks", async () => {
    const { status, body } = await invoke(handler, { body: null, pathParameters: { n: "3" } });
    expect(status).toBe(422);
    expect(body.detail).toBe("Put into the event's pathParameters: id.");
  });
});

describe("where the gateway chose the route", () => {
  test("its choice holds, whatever a base-path mapping did to the path", async () => {
    expect((await invoke(handler, recorded("rest-base-path-mapping"))).status).toBe(200);
    expect((await invoke(handler, url({ routeKey: "GET /my/path", rawPath: "/base/my/path" }))).status).toBe(
      200,
    );
    expect((await invoke(handler, url({ routeKey: "ANY /my/path", rawPath: "/base/my/path" }))).status).toBe(
      200,
    );
  });

  test("a proxy route is not this contract's: the path decides", async () => {
    const proxy = { resource: "/{proxy+}", pathParameters: { proxy: "my/path" } };
    expect((await invoke(handler, recorded("rest-get", proxy))).status).toBe(200);
    expect((await invoke(handler, recorded("rest-get", { ...proxy, path: "/else" }))).status).toBe(404);
  });

  test("ANY still leaves the method to the contract", async () => {
    const reply = await invoke(handler, url({ routeKey: "ANY /my/path", method: "PATCH" }));
    expect(reply.status).toBe(405);
  });
});

describe("HEAD and OPTIONS", () => {
  test.each(["http-get", "alb-get"])("HEAD has the headers of GET and no body: %s", async (name) => {
    const event = name === "alb-get" ? recorded(name, { httpMethod: "HEAD" }) : url({ method: "HEAD" });
    const { result } = await invoke(handler, event);
    expect(result).toMatchObject({
      statusCode: 200,
      headers: { "content-type": "application/json" },
      body: "",
    });
  });

  test.each([
    ["an unknown path", url({ method: "HEAD", rawPath: "/nowhere" }), 404],
    ["a broken query", url({ method: "HEAD", routeKey: "GET /my/path" }), 422],
  ])("HEAD has no body when it is refused either: %s", async (_, event, status) => {
    const query = z.object({ page: z.string() });
    expect(
      await invoke(
        lambda({ ...look, query }, () => "x"),
        event,
      ),
    ).toMatchObject({ status, body: "" });
  });

  test("OPTIONS is 204 with Allow, and the function does not run", async () => {
    const never = lambda(look, () => {
      throw new Error("it ran");
    });
    const { result } = await invoke(never, url({ method: "OPTIONS" }));
    expect(result).toEqual({
      isBase64Encoded: false,
      statusCode: 204,
      headers: { allow: "GET, HEAD, OPTIONS" },
      body: "",
    });
  });

  test("HEAD of a contract that is no GET is 405", async () => {
    const post: Contract = { ...look, method: "POST" };
    const reply = await invoke(
      lambda(post, () => "x"),
      url({ method: "HEAD" }),
    );
    expect(reply).toMatchObject({ status: 405, headers: { allow: "POST, OPTIONS" } });
  });
});
