import type { Contract } from "../contract/contract.ts";
import { Problem } from "../contract/problem.ts";
import { allowedMethods, matchPath, type PathParameters, parameterNames } from "../contract/route.ts";
import type { Request } from "./request.ts";

/** The path's parameters, decoded; or the problem if the request is not for this contract. */
export function matchRoute(contract: Contract, request: Request): PathParameters | Problem {
  const params = request.route?.endsWith(` ${contract.path}`)
    ? (request.params ?? {})
    : matchPath(contract.path, request.path);
  const missing = params && parameterNames(contract.path).filter((name) => params[name] === undefined);
  if (missing && missing.length > 0) {
    const errors = missing.map((name) => ({
      in: "path" as const,
      pointer: `#/${name}`,
      detail: "This field is required.",
    }));
    return new Problem("invalid-request", "Put the path's parameters into the event's pathParameters.", {
      errors,
    });
  }
  if (params === undefined) return new Problem("not-found", `Call ${contract.method} ${contract.path}.`);
  const allowed = allowedMethods(contract);
  if (allowed.includes(request.method)) return params;
  const headers = { allow: allowed.join(", ") };
  return new Problem("method-not-allowed", `Call ${contract.method} ${contract.path}.`, { headers });
}
