import type { Contract } from "./contract.ts";

/** What leads to a function: a method, and a path such as `/draws/{id}` or `/files/{path+}`. */
export type Route = Pick<Contract, "method" | "path">;

/** Those that a contract may have, in the order of their routes where nothing else tells them apart. */
export const METHODS: readonly Contract["method"][] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** The parameters of a path, decoded, by name. */
export type PathParameters = Readonly<Record<string, string | undefined>>;

export type { ParameterName } from "./parameter-name.ts";

/** The methods that a function answers: a GET's function answers HEAD as well, and each one OPTIONS. */
export function allowedMethods({ method }: Route): readonly string[] {
  return method === "GET" ? ["GET", "HEAD", "OPTIONS"] : [method, "OPTIONS"];
}

/** The names of a path's parameters: `parameterNames("/draws/{id}/files/{path+}")` gives `["id", "path"]`. */
export function parameterNames(template: string): readonly string[] {
  return template.includes("{") ? [...template.matchAll(/\{(.+?)\+?\}/g)].map(([, name = ""]) => name) : [];
}

/**
 * Matches a path (percent-encoded, without the stage) against a template, and gives its parameters, decoded; undefined
 * where it does not match. A trailing slash does not matter, and no parameter is empty.
 *
 *     matchPath("/draws/{id}", "/draws/a%20b") // { id: "a b" }
 *     matchPath("/files/{path+}", "/files/a/b") // { path: "a/b" }
 *     matchPath("/draws/{id}", "/draws/7/numbers") // undefined
 */
export function matchPath(template: string, path: string): PathParameters | undefined {
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

/** Decodes a segment of a path; one that is not valid UTF-8 stays as it is. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
