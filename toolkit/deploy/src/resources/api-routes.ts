import { createHash } from "node:crypto";
import type { Contract } from "@lucky/gateway/contract";
import { pathShape } from "@lucky/gateway/routes";
import type { Throttle } from "../settings/throttle.ts";

/** A function, and the contract that leads to it. */
export type ApiRoute = {
  readonly name: string;
  readonly contract: Pick<Contract, "method" | "path">;
  /** The ARN of the function, with or without a version or an alias. */
  readonly target: $util.Input<string>;
  /** Of this route alone. */
  readonly throttle?: Throttle | undefined;
};

/** Such as `GET /notes/{id}`. */
export function routeKey({ method, path }: ApiRoute["contract"]): string {
  return `${method} ${path}`;
}

/**
 * Adds a route for each. API Gateway tells routes apart by method and path, parameters' names aside, and so do the names of
 * our resources: SST's own come of the whole path, so that a renamed parameter makes a second route before it deletes the
 * first, which API Gateway refuses (409). `formerNames` gets the name by SST for each of ours, by which the route of an
 * earlier deploy is found.
 */
export function addRoutes(
  http: sst.aws.ApiGatewayV2,
  routes: readonly ApiRoute[],
  formerNames: Map<string, string>,
): $util.Input<$util.Resource>[] {
  return routes.map(({ contract, target }) => {
    const key = routeKey(contract);
    const name = nameOf(contract);
    // biome-ignore lint/complexity/useLiteralKeys: it is private
    formerNames.set(http["buildRouteId"](key, name), http["buildRouteId"](key));
    return http.route(key, target, { name }).nodes.route;
  });
}

function nameOf({ method, path }: ApiRoute["contract"]): string {
  return createHash("sha256")
    .update(`${method} ${pathShape(path)}`)
    .digest("hex")
    .slice(0, 10);
}
