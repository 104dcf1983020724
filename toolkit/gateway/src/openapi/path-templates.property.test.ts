import fc from "fast-check";
import { expect, test } from "vitest";
import { parameterNames, type Route } from "../contract/route.ts";
import { routes } from "../testing/arbitrary-routes.ts";
import { parameters, timeout } from "../testing/fuzz.ts";
import { toPathTemplates } from "./path-templates.ts";

test(`every operation of any API has a path that OpenAPI tells apart from others (seed ${parameters.seed})`, {
  timeout,
}, () => {
  const inTwoOrders = routes
    .map((each) => each.map((route, index): [string, Route] => [`route-${index}`, route]))
    .chain((api) => fc.tuple(fc.constant(api), fc.shuffledSubarray(api, { minLength: api.length })));
  fc.assert(
    fc.property(inTwoOrders, ([api, shuffled]) => {
      const templates = toPathTemplates(Object.fromEntries(api));
      expect(toPathTemplates(Object.fromEntries(shuffled))).toEqual(templates);

      const paths = api.map(([name]) => templates.get(name)?.path ?? "");
      const withoutNames = paths.map((path) => path.replaceAll(/\{[^}]+\}/g, "{}"));
      expect(new Set(withoutNames).size).toBe(new Set(paths).size);
      const operations = api.map(([, { method }], index) => `${method} ${paths[index]}`);
      expect(new Set(operations).size).toBe(api.length);
      for (const path of paths) {
        expect(path).not.toContain("+}");
        expect(new Set(parameterNames(path)).size).toBe(parameterNames(path).length);
      }
    }),
    parameters,
  );
});
