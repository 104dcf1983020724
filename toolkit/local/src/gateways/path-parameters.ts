import { matchPath } from "@lucky/gateway/route";

/** A path whose first slash is repeated leads to the same route. */
export function withOneSlash(path: string): string {
  return path.replace(/^\/+/, "/");
}

/**
 * The parameters of a path, still encoded; undefined where there are none, or its route does not match.
 *
 *     pathParameters("/files/{path+}", "/files/a%20b/c") // { path: "a%20b/c" }
 */
export function pathParameters(route: string, path: string): Readonly<Record<string, string>> | undefined {
  if (matchPath(route, path) === undefined) return undefined;
  const segments = path.split("/");
  const params = route.split("/").flatMap((expected, index) => {
    const [, name, greedy] = /^\{(.+?)(\+?)\}$/.exec(expected) ?? [];
    if (name === undefined) return [];
    return [[name, greedy ? segments.slice(index).join("/") : (segments[index] ?? "")] as const];
  });
  return params.length > 0 ? Object.fromEntries(params) : undefined;
}
