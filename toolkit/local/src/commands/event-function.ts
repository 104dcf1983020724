import { describeFunctions, type LambdaFunction } from "@lucky/application/application";
import { UsageError } from "@lucky/command/usage-error";
import { dialectOf, dialects, receive } from "@lucky/gateway/dialect";
import type { Request } from "@lucky/gateway/request";
import { chooseFunction } from "../gateways/choose-function.ts";

/**
 * The function that an event is for: by the route that its gateway chose, or else by its method and path. Throws a UsageError
 * that says what to do where the event does not tell. (What is no HTTP event, every function refuses in the same words.)
 */
export function functionOf(event: unknown, functions: readonly LambdaFunction[]): LambdaFunction {
  const [first] = functions;
  if (first === undefined) throw new UsageError(describeFunctions(functions));
  const dialect = dialectOf(event);
  if (functions.length === 1 || dialect === undefined) return first;
  const hint = `Choose: --function <name>. ${describeFunctions(functions)}`;
  if (dialect === dialects.bare) throw new UsageError(`The event has no route. ${hint}`);

  const { request } = receive(event, first.contract);
  const found = findByRoute(request, functions);
  if (found !== undefined) return found;
  const { method, path, route } = request;
  throw new UsageError(`No contract has the event's route, ${route ?? `${method} ${path}`}. ${hint}`);
}

function findByRoute(
  { method, path, route }: Request,
  functions: readonly LambdaFunction[],
): LambdaFunction | undefined {
  const ofRoute = functions.filter(({ contract }) => route?.endsWith(` ${contract.path}`));
  const [first] = ofRoute;
  // What a base-path mapping did to the path does not matter where the gateway chose the route.
  return first
    ? chooseFunction(ofRoute, { method, path: first.contract.path }, "path")
    : chooseFunction(functions, { method, path }, "path");
}
