import type { Contract } from "../contract/contract.ts";
import { Problem } from "../contract/problem.ts";
import { allowedMethods, matchPath, parameterNames } from "../contract/route.ts";
import type { CallInput } from "./call.ts";
import type { Request } from "./request.ts";

/** Reads the path's parameters; or gives the problem if the request is not for this contract. */
export function matchRoute(contract: Contract, request: Request, input: CallInput): Problem | undefined {
  const { method, path } = contract;
  const params = request.route?.endsWith(` ${path}`) ? (request.params ?? {}) : matchPath(path, request.path);
  const missing = params ? parameterNames(path).filter((name) => params[name] === undefined) : [];
  if (missing.length > 0) {
    return new Problem("invalid-request", `Put into the event's pathParameters: ${missing}.`);
  }
  const detail = `Call ${method} ${path}.`;
  if (params === undefined) return new Problem("not-found", detail);
  input.params = params;
  const allowed = allowedMethods(contract);
  if (allowed.includes(request.method)) return undefined;
  return new Problem("method-not-allowed", detail, { headers: { allow: allowed.join(", ") } });
}
