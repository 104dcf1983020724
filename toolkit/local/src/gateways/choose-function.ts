import type { Contract } from "@lucky/gateway/contract";
import { chooseRoute, type RouteChoice } from "@lucky/gateway/routes";

/** A function as gateways know it. */
export type RoutedFunction = {
  readonly name: string;
  readonly contract: Pick<Contract, "method" | "path">;
};

/** The function that a request leads to; undefined where there is none. */
export function chooseFunction<Function extends RoutedFunction>(
  functions: readonly Function[],
  request: { readonly method: string; readonly path: string },
  choice: RouteChoice,
): Function | undefined {
  const routes = functions.map((each) => ({ ...each.contract, function: each }));
  return chooseRoute(routes, request, choice)?.route.function;
}

/**
 * The function that is meant by a path of none: the one whose own path begins alike, or the only one. Behind a function URL
 * it says itself that it has no such path.
 */
export function closestFunction<Function extends RoutedFunction>(
  functions: readonly Function[],
  path: string,
): Function | undefined {
  if (functions.length === 1) return functions[0];
  const shared = functions.map((each) => ({ each, segments: sharedSegments(each.contract.path, path) }));
  return shared.filter(({ segments }) => segments > 0).sort((a, b) => b.segments - a.segments)[0]?.each;
}

function sharedSegments(one: string, other: string): number {
  const segments = other.split("/").slice(1);
  const pattern = one.split("/").slice(1);
  const differs = pattern.findIndex((segment, index) => segment === "" || segment !== segments[index]);
  return differs === -1 ? pattern.length : differs;
}
