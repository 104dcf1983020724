import type { Contract } from "./contract.ts";
import { parameterNames } from "./route.ts";

/** The address of the contract's examples, at an API's own such as `https://api.example.com/prod`. */
export function exampleUrl(contract: Contract, baseUrl: string): string {
  const { path, examples: { query = {} } = {} } = contract;
  return baseUrl + fillPath(path, exampleParams(contract)) + toQueryString(query);
}

/** A value for each parameter of the path: its example, or else its name. */
export function exampleParams({ path, examples }: Contract): Readonly<Record<string, string>> {
  const names = parameterNames(path).map((name) => [name, name]);
  return { ...Object.fromEntries(names), ...examples?.params };
}

/**
 * Fills the parameters of a path in. Throws a RangeError for a value that a URL cannot have as a segment: it would be the
 * address of another path.
 *
 *     fillPath("/users/{id}/files/{path+}", { id: 7, path: "a b/c" }) // "/users/7/files/a%20b/c"
 */
export function fillPath(path: string, params: Readonly<Record<string, unknown>>): string {
  return path.replace(/\{(.+?)(\+?)\}/g, (_, name: string, greedy: string) => {
    const value = String(params[name] ?? "");
    const segments = greedy ? value.split("/") : [value];
    const wrong = segments.find((segment) => ["", ".", ".."].includes(segment));
    if (wrong !== undefined)
      throw new RangeError(`the parameter ${name} of ${path} cannot be ${JSON.stringify(wrong)}`);
    return segments.map(encodeURIComponent).join("/");
  });
}

/** Lists become repeated keys; what is undefined or null is left out. */
export function toQueryString(query: Readonly<Record<string, unknown>>): string {
  const pairs = new URLSearchParams(
    pairsOf(query).map(([name, item]): [string, string] => [name, toText(item)]),
  );
  return pairs.size > 0 ? `?${pairs}` : "";
}

/** The fields of a query or a form, each as often as it is sent: null is left out, for it would be the text "null". */
export function pairsOf(value: unknown): [name: string, item: unknown][] {
  return Object.entries(value as object) // as its schema has it
    .flatMap(([name, items]) => [items].flat().map((item): [string, unknown] => [name, item]))
    .filter(([, item]) => isThere(item));
}

export function isThere<T>(item: T): item is NonNullable<T> {
  return item !== undefined && item !== null;
}

/** A value where all is text; of a Date what has its milliseconds, and is the same everywhere. */
export function toText(item: unknown): string {
  return item instanceof Date ? item.toISOString() : String(item);
}
