import { UsageError } from "@lucky/command/usage-error";
import type { Contract } from "@lucky/gateway/contract";
import { findRouteConflict } from "@lucky/gateway/routes";
import type { Workspace } from "./workspace.ts";

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const satisfies Contract["method"][];
export type Method = (typeof METHODS)[number];

/** What the web site has, beside `/`. */
const SITE = ["reference", "assets"];
const LITERAL = /^[\w.~-]+$/;
const PARAMETER = /^\{([A-Za-z_]\w*)(\+?)\}$/;

/** In any case. Throws a UsageError. */
export function checkMethod(text: string): Method {
  const method = METHODS.find((each) => each === text.toUpperCase());
  if (method !== undefined) return method;
  throw new UsageError(`--method takes ${METHODS.join(", ")}, not "${text}".`);
}

/** A path such as `/draws/{id}` or `/files/{path+}`. Throws a UsageError that says what is wrong with it. */
export function checkPath(text: string): Contract["path"] {
  const [, first = "", ...rest] = text.split("/");
  if (!text.startsWith("/")) throw mistake(text, "begin it with a slash");
  if (first === "" && rest.length === 0) throw mistake(text, "the web site is there");
  if (SITE.includes(first)) throw mistake(text, `the web site has /${first}`);
  if (text.endsWith("/")) throw mistake(text, "leave out the slash at its end");
  if (first.startsWith("{"))
    throw mistake(text, "begin it with a word, or it would take the web site's paths");

  const names = new Set<string>();
  for (const [index, segment] of [first, ...rest].entries()) {
    const [, name, greedy] = PARAMETER.exec(segment) ?? [];
    if (name === undefined) {
      if (!LITERAL.test(segment) || /^\.+$/.test(segment)) {
        throw mistake(text, `"${segment}" is neither letters, digits and -._~ nor a parameter such as {id}`);
      }
      continue;
    }
    if (names.has(name)) throw mistake(text, `it has {${name}} twice`);
    if (name in Object.prototype) throw mistake(text, `call {${name}} something else`);
    if (greedy && index < rest.length) throw mistake(text, `{${name}+} takes all that follows: put it last`);
    names.add(name);
  }
  return `/${text.slice(1)}`;
}

/** Throws a UsageError where the route cannot stand beside those of the other contracts. */
export function checkRoute(name: string, route: Pick<Contract, "method" | "path">, { api }: Workspace): void {
  const conflict = findRouteConflict({ ...api, [name]: route });
  if (conflict !== undefined) throw new UsageError(`${conflict} See --path and --method.`);
}

function mistake(path: string, reason: string): UsageError {
  return new UsageError(`"${path}" is no path: ${reason}.`);
}
