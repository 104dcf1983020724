import { UsageError } from "@lucky/command/usage-error";
import type { Contract } from "@lucky/gateway/contract";
import { METHODS } from "@lucky/gateway/route";
import { findPathMistake } from "@lucky/gateway/route-mistake";
import { findRouteConflict } from "@lucky/gateway/routes";
import type { Workspace } from "./workspace.ts";

export type Method = Contract["method"];

/** What the web site has, beside `/`. */
const SITE = ["reference", "assets"];
/** In any case. Throws a UsageError. */
export function checkMethod(text: string): Method {
  const method = METHODS.find((each) => each === text.toUpperCase());
  if (method !== undefined) return method;
  throw new UsageError(`--method takes ${METHODS.join(", ")}, not "${text}".`);
}

/** A path such as `/draws/{id}` or `/files/{path+}`. Throws a UsageError that says what is wrong with it. */
export function checkPath(text: string): Contract["path"] {
  const [, first = ""] = text.split("/");
  if (text === "/") throw mistake(text, "the web site is there");
  if (SITE.includes(first)) throw mistake(text, `the web site has /${first}`);
  if (first.startsWith("{"))
    throw mistake(text, "begin it with a word, or it would take the web site's paths");
  const found = findPathMistake(text);
  if (found !== undefined) throw mistake(text, found);
  return `/${text.slice(1)}`;
}

/** Throws a UsageError where the route cannot stand beside those of the other contracts. */
export function checkRoute(name: string, route: Pick<Contract, "method" | "path">, { api }: Workspace): void {
  const conflict = findRouteConflict({ ...api, [name]: route });
  if (conflict !== undefined) throw new UsageError(`${conflict} See --path and --method.`);
}

function mistake(path: string, reason: string): UsageError {
  return new UsageError(`"${path}" is not a path: ${reason}.`);
}
