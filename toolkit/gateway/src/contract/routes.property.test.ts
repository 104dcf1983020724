import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { request, routes } from "../testing/arbitrary-routes.ts";
import { parameters, timeout } from "../testing/fuzz.ts";
import { allowedMethods, matchPath, type Route } from "./route.ts";
import { chooseRoute, type RouteChoice } from "./routes.ts";

const choice = fc.constantFrom<RouteChoice>("route", "resource", "path");
const inTwoOrders = routes.chain((each) =>
  fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length })),
);

describe(`the choice of a route (seed ${parameters.seed})`, () => {
  test("does not depend on the order of the contracts", { timeout }, () => {
    fc.assert(
      fc.property(inTwoOrders, request, choice, ([api, shuffled], asked, how) => {
        expect(chooseRoute(shuffled, asked, how)).toEqual(chooseRoute(api, asked, how));
      }),
      parameters,
    );
  });

  test("is a route that matches the path and answers the method, where there is one", { timeout }, () => {
    fc.assert(
      fc.property(routes, request, (api, asked) => {
        const matching = api.filter((each) => matchPath(each.path, asked.path) !== undefined);
        const answers = (each: Route) => allowedMethods(each).includes(asked.method);
        const byRoute = chooseRoute(api, asked, "route");
        const byPath = chooseRoute(api, asked, "path");
        expect(byRoute?.route.method).toBe(matching.find((each) => each.method === asked.method)?.method);
        expect(byPath !== undefined).toBe(matching.length > 0);
        expect(byPath !== undefined && answers(byPath.route)).toBe(matching.some(answers));
        for (const found of [byRoute, byPath]) {
          if (found) expect(found.params).toEqual(matchPath(found.route.path, asked.path));
        }
      }),
      parameters,
    );
  });
});
