import {
  allowedMethods,
  METHODS,
  matchPath,
  type PathParameters,
  parameterNames,
  type Route,
} from "./route.ts";

/**
 * How a gateway chooses among routes:
 * - `route`: by path and method at once, as an HTTP API does;
 * - `resource`: by path, and then by method, as a REST API does;
 * - `path`: by path and by the methods that a function answers; where none answers the method, by path alone, and the
 *   function refuses it. So it is behind function URLs and load balancers, which leave the method to the function.
 */
export type RouteChoice = "route" | "resource" | "path";

export type ChosenRoute<R extends Route> = { readonly route: R; readonly params: PathParameters };

/**
 * The route that a request takes, and its path's parameters; undefined where no route matches. A path that matches in full
 * goes before a greedy one, and then a literal before a parameter at the first segment where two paths differ.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 *
 *     chooseRoute([readFile, describeFile], { method: "GET", path: "/files/a" })
 *     // { route: describeFile, params: { path: "a" } } for GET /files/{path+} and GET /files/{path}
 */
export function chooseRoute<R extends Route>(
  routes: readonly R[],
  { method, path }: { readonly method: string; readonly path: string },
  choice: RouteChoice = "route",
): ChosenRoute<R> | undefined {
  const matches = routes
    .flatMap((route) => {
      const params = matchPath(route.path, path);
      return params ? [{ route, params }] : [];
    })
    .sort((a, b) => compareRoutes(a.route, b.route));
  const [first] = matches;
  if (choice === "path") return matches.find(({ route }) => allowedMethods(route).includes(method)) ?? first;
  const ofMethod = matches.filter(({ route }) => route.method === method);
  if (choice === "route") return ofMethod[0];
  return ofMethod.find(({ route }) => first && pathShape(route.path) === pathShape(first.route.path));
}

/** Negative where the first goes before the second. Both match one path, so theirs differ in the kinds of segments alone. */
function compareRoutes(first: Route, second: Route): number {
  return (
    Number(isGreedy(first.path)) - Number(isGreedy(second.path)) ||
    compareKinds(first.path, second.path) ||
    METHODS.indexOf(first.method) - METHODS.indexOf(second.method)
  );
}

/** Of two greedy paths, the longer one: where the shorter has its greedy parameter, it has a literal or a plain one. */
function compareKinds(first: string, second: string): number {
  const kinds = second.split("/").map(kindOf);
  const differences = first.split("/").map((segment, index) => kindOf(segment) - (kinds[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

/** 0 for a literal, 1 for a parameter, 2 for a greedy one. */
function kindOf(segment: string): number {
  if (!segment.startsWith("{")) return 0;
  return isGreedy(segment) ? 2 : 1;
}

export function isGreedy(path: string): boolean {
  return path.endsWith("+}");
}

/** What tells a path from others, such as `/draws/{}` or `/files/{+}`: the names of its parameters do not. */
export function pathShape(path: string): string {
  return path.replace(/\/$/, "").replaceAll(/\{[^}+]+(\+?)\}/g, "{$1}");
}

/**
 * Why two contracts cannot be in one API, in a sentence that says what to change; undefined where all of them can be. They
 * cannot where both have one method and path, or name the parameters of one path differently: REST APIs refuse that, and
 * OpenAPI takes the two paths for one.
 *
 *     findRouteConflict({ "read-draw": readDraw, "change-draw": changeDraw })
 *     // "The contracts read-draw and change-draw name the parameters of one path differently, /draws/{id} and …"
 */
export function findRouteConflict(contracts: Readonly<Record<string, Route>>): string | undefined {
  const seen = new Map<string, readonly [name: string, path: string]>();
  for (const [name, { method, path }] of Object.entries(contracts)) {
    const shape = pathShape(path);
    const twin = seen.get(`${method} ${shape}`);
    if (twin)
      return `The contracts ${twin[0]} and ${name} have the same route, ${method} ${path}: change one.`;
    const sibling = seen.get(shape);
    if (sibling && String(parameterNames(sibling[1])) !== String(parameterNames(path))) {
      return `The contracts ${sibling[0]} and ${name} name the parameters of one path differently, ${sibling[1]} and ${path}: use the same names.`;
    }
    seen.set(`${method} ${shape}`, [name, path]).set(shape, [name, path]);
  }
  return undefined;
}
