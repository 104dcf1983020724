import type { Contract } from "./contract.ts";
import { Problem } from "./problem.ts";
import { decodeSegment, type Request, type StringRecord } from "./request.ts";

/** The path's parameters, decoded; or the problem if the request is not for this contract. */
export function matchRoute(contract: Contract, request: Request): StringRecord | Problem {
  const params = request.route?.endsWith(` ${contract.path}`)
    ? (request.params ?? {})
    : matchPath(contract.path, request.path);
  const missing = params && namesIn(contract.path).filter((name) => params[name] === undefined);
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

export function allowedMethods({ method }: Contract): readonly string[] {
  return method === "GET" ? ["GET", "HEAD", "OPTIONS"] : [method, "OPTIONS"];
}

/** The names of the parameters in a path's template. */
export function namesIn(template: string): readonly string[] {
  return template.includes("{") ? [...template.matchAll(/\{(.+?)\+?\}/g)].map(([, name = ""]) => name) : [];
}

/** Matches a path against a template such as `/draws/{id}` or `/files/{path+}`; a trailing slash does not matter. */
export function matchPath(template: string, path: string): StringRecord | undefined {
  const params: Record<string, string> = Object.create(null);
  const segments = path.replace(/\/$/, "").split("/");
  const pattern = template.replace(/\/$/, "").split("/");
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index];
    const name = /^\{(.+?)(\+?)\}$/.exec(expected);
    if (segment === undefined) return undefined;
    if (name === null) {
      if (decodeSegment(segment) !== expected) return undefined;
    } else {
      const [, key = "", greedy] = name;
      const value = greedy ? segments.slice(index).join("/") : segment;
      if (value === "") return undefined;
      params[key] = decodeSegment(value);
      if (greedy) return params;
    }
  }
  return segments.length === pattern.length ? params : undefined;
}
