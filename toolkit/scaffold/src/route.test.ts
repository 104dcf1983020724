import { describe, expect, test } from "vitest";
import { checkMethod, checkPath, checkRoute } from "./route.ts";
import type { Workspace } from "./workspace.ts";

describe("a path", () => {
  test.each([
    "/draws",
    "/draws/{id}",
    "/draws/{id}/numbers/{position}",
    "/files/{path+}",
    "/.well-known/x-y_z~1",
    "/references",
  ])("may be %s", (path) => {
    expect(checkPath(path)).toBe(path);
  });

  test.each([
    ["", "begin it with a slash"],
    ["draws", "begin it with a slash"],
    ["/", "the web site is there"],
    ["/reference", "the web site has /reference"],
    ["/assets/{file}", "the web site has /assets"],
    ["/draws/", "leave out the slash at its end"],
    ["/{id}", "begin it with a word"],
    ["/{proxy+}", "begin it with a word"],
    ["//draws", "is neither letters"],
    ["/draws//x", "is neither letters"],
    ["/my draws", '"my draws" is neither letters'],
    ["/draws?id=7", '"draws?id=7" is neither letters'],
    ["/draws#top", "is neither letters"],
    ["/dr%61ws", "is neither letters"],
    ["/draws/..", '".." is neither letters'],
    ["/draws/{id", '"{id" is neither letters'],
    ["/draws/id}", "is neither letters"],
    ["/draws/{}", "is neither letters"],
    ["/draws/{i d}", "is neither letters"],
    ["/draws/{1st}", "is neither letters"],
    ["/draws/{id}.json", "is neither letters"],
    ["/draws/{{id}}", "is neither letters"],
    ['/draws"', "is neither letters"],
    ["/draws/{id}/numbers/{id}", "it has {id} twice"],
    ["/draws/{constructor}", "call {constructor} something else"],
    ["/draws/{__proto__}", "call {__proto__} something else"],
    ["/files/{path+}/size", "{path+} takes all that follows: put it last"],
  ])("is not %s", (path, reason) => {
    expect(() => checkPath(path)).toThrow(reason);
  });
});

describe("a route", () => {
  const taken = { method: "GET", path: "/draws/{id}", summary: "", reply: { 204: null } } as const;
  const workspace: Workspace = {
    root: "",
    app: "x",
    scope: "@x",
    api: { draws: taken },
    index: "",
    declared: [],
    resources: [],
    tables: [],
    resourcesSource: undefined,
    items: [],
  };

  test("is taken once, however its parameters are called, as the gateway says it", () => {
    const message =
      "The contracts draws and x have the same route, GET /draws/{number}: change one. See --path and --method.";
    expect(() => checkRoute("x", { method: "GET", path: "/draws/{number}" }, workspace)).toThrow(message);
  });

  test("names the parameters of a path as those do that are there", () => {
    const message = "name the parameters of one path differently, /draws/{id} and /draws/{number}";
    expect(() => checkRoute("x", { method: "PUT", path: "/draws/{number}" }, workspace)).toThrow(message);
  });

  test.each([
    ["PUT", "/draws/{id}"],
    ["GET", "/draws"],
    ["GET", "/draws/{id+}"],
  ] as const)("of another method or shape is free: %s %s", (method, path) => {
    expect(checkRoute("x", { method, path }, workspace)).toBeUndefined();
  });
});

test("a method is one that a contract may have, in any case", () => {
  expect(checkMethod("patch")).toBe("PATCH");
  for (const method of ["FETCH", "HEAD", ""])
    expect(() => checkMethod(method)).toThrow("--method takes GET, POST");
});
