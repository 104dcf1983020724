import type { Contract } from "@lucky/gateway/contract";
import { chooseRoute, type RouteChoice } from "@lucky/gateway/routes";
import type { EventRoute } from "./request.ts";

/** A function as gateways know it. */
export type RoutedFunction = {
  readonly name: string;
  readonly contract: Pick<Contract, "method" | "path">;
};

/** The function that a request leads to, and the parameters of its path; undefined where there is none. */
export function chooseFunction<Function extends RoutedFunction>(
  functions: readonly Function[],
  request: { readonly method: string; readonly path: string },
  choice: RouteChoice,
): (Pick<EventRoute, "params"> & { readonly function: Function }) | undefined {
  const routes = functions.map((each) => ({ ...each.contract, function: each }));
  const chosen = chooseRoute(routes, request, choice);
  return chosen && { function: chosen.route.function, params: chosen.params };
}
