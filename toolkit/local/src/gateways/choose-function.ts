import type { LambdaFunction } from "@lucky/application/application";
import { chooseRoute, type RouteChoice } from "@lucky/gateway/routes";
import type { EventRoute } from "./request.ts";

/** The function that a request leads to, and the parameters of its path; undefined where there is none. */
export function chooseFunction(
  functions: readonly LambdaFunction[],
  request: { readonly method: string; readonly path: string },
  choice: RouteChoice,
): (Pick<EventRoute, "params"> & { readonly function: LambdaFunction }) | undefined {
  const routes = functions.map((each) => ({ ...each.contract, function: each }));
  const chosen = chooseRoute(routes, request, choice);
  return chosen && { function: chosen.route.function, params: chosen.params };
}
