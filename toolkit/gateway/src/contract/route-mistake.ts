import { METHODS, type Route } from "./route.ts";

const LITERAL = /^[\w.~-]+$/;
const PARAMETER = /^\{([A-Za-z_]\w*)(\+?)\}$/;

/**
 * What is wrong with a route by itself, in a sentence that says what to do; undefined if nothing is. Each segment of its path
 * is a literal or a parameter, no name comes twice, and a greedy parameter comes last.
 */
export function findRouteMistake({
  method,
  path,
}: { readonly [Part in keyof Route]: string }): string | undefined {
  if (!METHODS.some((each) => each === method)) {
    return `"${method}" is not a method of a contract: use ${METHODS.join(", ")}.`;
  }
  const mistake = findPathMistake(path);
  return mistake && `"${path}" is not a path: ${mistake}.`;
}

/** The same of a path alone, such as "begin it with a slash". */
export function findPathMistake(path: string): string | undefined {
  if (!path.startsWith("/")) return "begin it with a slash";
  if (path === "/") return undefined;
  if (path.endsWith("/")) return "leave out the slash at its end";
  const segments = path.slice(1).split("/");
  const names = new Set<string>();
  for (const [index, segment] of segments.entries()) {
    const [, name, greedy] = PARAMETER.exec(segment) ?? [];
    if (name === undefined) {
      if (LITERAL.test(segment) && !/^\.+$/.test(segment)) continue;
      return `"${segment}" is neither letters, digits and -._~ nor a parameter such as {id}`;
    }
    if (names.has(name)) return `it has {${name}} twice`;
    if (name in Object.prototype) return `call {${name}} something else`;
    if (greedy && index < segments.length - 1) return `{${name}+} takes all that follows: put it last`;
    names.add(name);
  }
  return undefined;
}
