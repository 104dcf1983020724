import { allowedMethods, matchPath, type PathParameters, type Route } from "./route.ts";

/**
 * How a gateway chooses among routes whose paths match:
 * - `route`: by method and path at once, as an HTTP API does;
 * - `resource`: first the path, then the method, as a REST API does;
 * - `path`: a route of the method if there is one, or else of the path alone, for the function to refuse the method, as
 *   function URLs and load balancers do, which know no methods.
 */
export type RouteChoice = "route" | "resource" | "path";

export type ChosenRoute<R extends Route = Route> = { readonly route: R; readonly params: PathParameters };

/**
 * The route that a request takes; undefined where none matches. A path that matches in full goes before one with a greedy
 * parameter; then, at the first segment where two differ, a literal goes before a parameter.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function chooseRoute<R extends Route>(
  routes: readonly R[],
  { method, path }: { readonly method: string; readonly path: string },
  choice: RouteChoice = "route",
): ChosenRoute<R> | undefined {
  const matching = routes
    .flatMap((route) => {
      const params = matchPath(route.path, path);
      return params ? [{ route, params }] : [];
    })
    .sort((a, b) => comparePaths(a.route.path, b.route.path));
  const [best] = matching;
  if (choice === "path") return matching.find(({ route }) => allowedMethods(route).includes(method)) ?? best;
  const shape = best && pathShape(best.route.path);
  return matching.find(
    ({ route }) => route.method === method && (choice === "route" || pathShape(route.path) === shape),
  );
}

/** Negative where the first path is the more specific one. Each matches the same path, so they differ in kind alone. */
function comparePaths(first: string, second: string): number {
  const greedy = Number(isGreedy(first)) - Number(isGreedy(second));
  if (greedy !== 0) return greedy;
  const [firstKinds, secondKinds] = [first, second].map((path) => path.split("/").map(kindOf));
  const at = firstKinds?.findIndex((kind, index) => kind !== secondKinds?.[index]) ?? -1;
  return at === -1 ? 0 : (firstKinds?.[at] ?? 0) - (secondKinds?.[at] ?? 0);
}

/** 0 for a literal, 1 for a parameter, 2 for a greedy one. */
function kindOf(segment: string): number {
  if (!segment.startsWith("{")) return 0;
  return isGreedy(segment) ? 2 : 1;
}

function isGreedy(path: string): boolean {
  return path.endsWith("+}");
}

/** What tells a path from others, such as `/draws/{}` or `/files/{+}`: the names of its parameters do not. */
export function pathShape(path: string): string {
  return path.replaceAll(/\{[^}+]+(\+?)\}/g, "{$1}");
}

/**
 * Why contracts cannot stand beside each other in one API, in a sentence that says what to change; undefined if they can.
 * Two of one method and path cannot, and neither can two that name the parameters of one path differently: REST APIs
 * refuse it, and OpenAPI takes the paths for one.
 */
export function findRouteConflict(contracts: Readonly<Record<string, Route>>): string | undefined {
  const seen = new Map<string, [name: string, route: Route]>();
  for (const [name, route] of Object.entries(contracts)) {
    const { method, path } = route;
    const shape = pathShape(path);
    const twin = seen.get(`${method} ${shape}`);
    if (twin)
      return `The contracts ${twin[0]} and ${name} have the same route, ${method} ${path}: change one.`;
    const sibling = seen.get(shape);
    if (sibling && sibling[1].path !== path) {
      return `The contracts ${sibling[0]} and ${name} name the parameters of one path differently, ${sibling[1].path} and ${path}: use the same names.`;
    }
    seen.set(`${method} ${shape}`, [name, route]).set(shape, [name, route]);
  }
  return undefined;
}
