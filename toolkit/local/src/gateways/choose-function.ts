import type { LambdaFunction } from "@lucky/application/application";
import { type ChosenRoute, chooseRoute, type RouteChoice } from "@lucky/gateway/routes";
import type { EventRoute } from "./request.ts";

/** The function that a request leads to, and its route as an event has it; undefined where there is none. */
export function chooseFunction(
  functions: readonly LambdaFunction[],
  request: { readonly method: string; readonly path: string },
  choice: RouteChoice,
): (EventRoute & { readonly name: string }) | undefined {
  const routes = functions.map(({ name, contract: { method, path } }) => ({ name, method, path }));
  const chosen: ChosenRoute<(typeof routes)[number]> | undefined = chooseRoute(routes, request, choice);
  return chosen && { name: chosen.route.name, path: chosen.route.path, params: chosen.params };
}
