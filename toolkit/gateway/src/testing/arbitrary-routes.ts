import fc from "fast-check";
import type { Route } from "../contract/route.ts";
import { findRouteConflict } from "../contract/routes.ts";

// Few words and many collisions: most paths match several routes.
const word = fc.constantFrom("a", "b", "c d");
const segment = fc.oneof(word, fc.constantFrom("{x}", "{y}"));
const end = fc.constantFrom("", "", "/", "/{rest+}", "/{more+}");
const method = fc.constantFrom<Route["method"]>("GET", "POST", "PUT", "PATCH", "DELETE");
const path = fc
  .tuple(fc.uniqueArray(segment, { maxLength: 3 }), end)
  .map(([segments, last]): Route["path"] => `/${[...segments, last.slice(1)].join("/")}`);

/** Routes that can be in one API. */
export const routes = fc.array(fc.record({ method, path }), { maxLength: 8 }).map((candidates) => {
  const kept: Route[] = [];
  for (const route of candidates) {
    kept.push(route);
    if (findRouteConflict(Object.fromEntries(kept.entries())) !== undefined) kept.pop();
  }
  return kept;
});

export const request = fc.record({
  method: fc.oneof(method, fc.constantFrom("HEAD", "OPTIONS")),
  path: fc
    .tuple(fc.array(word, { maxLength: 4 }), fc.constantFrom("", "/"))
    .map(([words, last]) => `/${words.map(encodeURIComponent).join("/")}${words.length > 0 ? last : ""}`),
});
