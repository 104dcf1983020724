import { describe, expect, test } from "vitest";
import type { Route } from "./route.ts";
import { chooseRoute, findRouteConflict, pathShape, type RouteChoice } from "./routes.ts";

/** `GET /draws/{id}` as a route. */
const route = (text: string): Route => {
  const [method, path] = text.split(" ");
  return { method, path } as Route; // as the tests write it
};
/** The route that is chosen, in the same words, whatever the order in which they are written. */
const choose = (routes: readonly string[], request: string, choice?: RouteChoice) => {
  const { method, path } = route(request);
  const inOrder = chooseRoute(routes.map(route), { method, path }, choice);
  const reversed = chooseRoute(routes.toReversed().map(route), { method, path }, choice);
  expect(reversed).toEqual(inOrder);
  return inOrder && `${inOrder.route.method} ${inOrder.route.path}`;
};

describe("an HTTP API", () => {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html: "API Gateway selects the route
  // with the most-specific match, using the following priority: full match for a route and method; match for a route and
  // method with a greedy path variable ({proxy+})". Among full matches a literal goes before a parameter.
  test.each<[request: string, chosen: string | undefined, routes: readonly string[]]>([
    // The table of that page, with a method of ours where it has ANY.
    [
      "GET /pets/dog/1",
      "GET /pets/dog/1",
      ["GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "GET /{all+}"],
    ],
    [
      "GET /pets/dog/2",
      "GET /pets/dog/{id}",
      ["GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "GET /{all+}"],
    ],
    [
      "GET /pets/cat/1",
      "GET /pets/{proxy+}",
      ["GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "GET /{all+}"],
    ],
    ["POST /test/5", "POST /{all+}", ["GET /pets/dog/1", "GET /pets/{proxy+}", "POST /{all+}"]],
    // A full match before a greedy one.
    ["GET /files/a", "GET /files/{path}", ["GET /files/{path+}", "GET /files/{path}"]],
    ["GET /files/a/b", "GET /files/{path+}", ["GET /files/{path+}", "GET /files/{path}"]],
    ["GET /files/list", "GET /files/list", ["GET /files/{path+}", "GET /files/list"]],
    ["GET /a/b/c", "GET /{x}/{y}/{z}", ["GET /{x}/{y}/{z}", "GET /a/b/{rest+}"]],
    // Of two greedy ones, the more specific.
    ["GET /a/b/c", "GET /a/b/{rest+}", ["GET /a/{rest+}", "GET /a/b/{rest+}"]],
    ["GET /a/b/c", "GET /a/{x}/{rest+}", ["GET /a/{rest+}", "GET /a/{x}/{rest+}"]],
    ["GET /a/b/c", "GET /a/b/{rest+}", ["GET /a/{x}/{rest+}", "GET /a/b/{rest+}"]],
    // A literal before a parameter, at the first place where they differ.
    ["GET /draws/latest", "GET /draws/latest", ["GET /draws/{id}", "GET /draws/latest"]],
    ["GET /a/b", "GET /a/{y}", ["GET /{x}/b", "GET /a/{y}"]],
    ["GET /a/b/c", "GET /a/b/{z}", ["GET /a/{y}/c", "GET /a/b/{z}"]],
    ["GET /a/b/c/d", "GET /a/{w}/c/{z}", ["GET /{v}/b/c/d", "GET /a/{w}/c/{z}", "GET /a/{w}/{y}/d"]],
    // Path and method at once: a route of another method does not stand in the way.
    ["PUT /files/a", "PUT /files/{path+}", ["PUT /files/{path+}", "GET /files/{path}"]],
    ["PUT /draws/latest", "PUT /draws/{id}", ["GET /draws/latest", "PUT /draws/{id}"]],
    ["PUT /draws/7", "PUT /draws/{id}", ["GET /draws/{id}", "PUT /draws/{id}"]],
    // It knows nothing of what a function answers beside its route: without one of HEAD or OPTIONS there is none.
    ["DELETE /draws/7", undefined, ["GET /draws/{id}", "PUT /draws/{id}"]],
    ["HEAD /draws/7", undefined, ["GET /draws/{id}", "PUT /draws/{id}"]],
    ["OPTIONS /draws/7", undefined, ["GET /draws/{id}", "PUT /draws/{id}"]],
    ["GET /nowhere", undefined, ["GET /draws/{id}", "GET /files/{path+}"]],
  ])("%s takes %s", (request, chosen, routes) => {
    expect(choose(routes, request)).toBe(chosen);
  });
});

describe("a REST API", () => {
  // A resource has a path and methods, and is found by its path alone; a method that it lacks is 403, Missing Authentication
  // Token: https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
  test.each<[request: string, chosen: string | undefined, routes: readonly string[]]>([
    ["GET /files/a", "GET /files/{path}", ["GET /files/{path+}", "GET /files/{path}"]],
    ["PUT /files/a", undefined, ["PUT /files/{path+}", "GET /files/{path}"]],
    ["PUT /files/a/b", "PUT /files/{path+}", ["PUT /files/{path+}", "GET /files/{path}"]],
    ["PUT /draws/latest", undefined, ["GET /draws/latest", "PUT /draws/{id}"]],
    ["PUT /draws/7", "PUT /draws/{id}", ["GET /draws/{id}", "PUT /draws/{id}"]],
    ["HEAD /draws/7", undefined, ["GET /draws/{id}", "PUT /draws/{id}"]],
    ["GET /nowhere", undefined, ["GET /draws/{id}"]],
  ])("%s takes %s", (request, chosen, routes) => {
    expect(choose(routes, request, "resource")).toBe(chosen);
  });
});

describe("a function URL or a load balancer", () => {
  // They leave the method to the function: https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html and
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
  const draws = ["PUT /draws/{id}", "GET /draws/{id}", "DELETE /draws/{id}"];

  test.each<[request: string, chosen: string | undefined, routes: readonly string[]]>([
    ["GET /draws/7", "GET /draws/{id}", draws],
    ["PUT /draws/7", "PUT /draws/{id}", draws],
    ["DELETE /draws/7", "DELETE /draws/{id}", draws],
    ["GET /files/a", "GET /files/{path}", ["GET /files/{path+}", "GET /files/{path}"]],
    ["PUT /files/a", "PUT /files/{path+}", ["PUT /files/{path+}", "GET /files/{path}"]],
    ["GET /nowhere", undefined, draws],
  ])("%s takes %s", (request, chosen, routes) => {
    expect(choose(routes, request, "path")).toBe(chosen);
  });

  test("HEAD goes to the function of GET", () => {
    expect(choose(draws, "HEAD /draws/7", "path")).toBe("GET /draws/{id}");
    expect(choose(["POST /draws/latest", ...draws], "HEAD /draws/latest", "path")).toBe("GET /draws/{id}");
  });

  test.each([
    ["OPTIONS, which each function answers,", "OPTIONS"],
    ["a method that none answers", "PATCH"],
  ])("%s goes to the most specific path, and there to one function", (_, method) => {
    expect(choose(draws, `${method} /draws/7`, "path")).toBe("GET /draws/{id}");
    expect(choose([...draws, "POST /draws/latest"], `${method} /draws/latest`, "path")).toBe(
      "POST /draws/latest",
    );
  });
});

test("the parameters come decoded with the route", () => {
  const routes = [route("GET /files/{path+}"), route("GET /draws/{id}/numbers/{n}")];
  const params = (path: string) => ({ ...chooseRoute(routes, { method: "GET", path })?.params });
  expect(params("/draws/a%20b/numbers/3")).toEqual({ id: "a b", n: "3" });
  expect(params("/files/a/b%20c")).toEqual({ path: "a/b c" });
});

test("the names of parameters do not tell paths apart, but a parameter and its being greedy do", () => {
  expect(pathShape("/draws/{id}/numbers/{n}")).toBe(pathShape("/draws/{draw}/numbers/{position}"));
  expect(pathShape("/draws/{id}/")).toBe(pathShape("/draws/{id}"));
  expect(new Set(["/draws", "/draws/{id}", "/draws/{id+}"].map(pathShape)).size).toBe(3);
});

describe("contracts cannot be in one API", () => {
  test.each([
    ["GET /draws", "GET /draws", "GET /draws"],
    ["GET /draws/{id}", "GET /draws/{draw}", "GET /draws/{draw}"],
    ["GET /files/{path+}", "GET /files/{file+}", "GET /files/{file+}"],
    ["GET /draws", "GET /draws/", "GET /draws/"],
  ])("where they have one route: %s and %s", (first, second, told) => {
    expect(findRouteConflict({ a: route(first), other: route("PUT /x"), b: route(second) })).toBe(
      `The contracts a and b have the same route, ${told}: change one.`,
    );
  });

  test.each([
    ["GET /draws/{draw}", "PUT /draws/{id}"],
    ["GET /files/{path+}", "PUT /files/{file+}"],
    ["GET /draws/{id}/numbers/{n}", "PUT /draws/{n}/numbers/{id}"],
  ])("where they name the parameters of one path differently: %s and %s", (first, second) => {
    const paths = `${route(first).path} and ${route(second).path}`;
    expect(findRouteConflict({ a: route(first), other: route("PUT /x"), b: route(second) })).toBe(
      `The contracts a and b name the parameters of one path differently, ${paths}: use the same names.`,
    );
  });

  test.each([
    ["other methods of a path", "GET /draws/{id}", "PUT /draws/{id}"],
    ["a slash at the end of one", "GET /draws", "PUT /draws/"],
    ["a parameter and a greedy one", "GET /files/{path}", "GET /files/{path+}"],
    ["these with different names", "GET /files/{name}", "GET /files/{path+}"],
    ["a literal and a parameter", "GET /draws/latest", "GET /draws/{id}"],
    ["different names in different paths", "GET /draws/{id}/a", "GET /draws/{draw}/b"],
    ["different lengths", "GET /draws/{id}", "GET /draws/{draw}/numbers"],
  ])("and can with %s: %s and %s", (_, first, second) => {
    expect(findRouteConflict({ a: route(first), b: route(second) })).toBeUndefined();
  });

  test("whatever their names", () => {
    const twin = route("GET /draws");
    expect(findRouteConflict({ constructor: twin, toString: twin })).toBe(
      "The contracts constructor and toString have the same route, GET /draws: change one.",
    );
    expect(findRouteConflict({})).toBeUndefined();
  });
});
