import { UsageError } from "@lucky/command/usage-error";
import type { Contract } from "@lucky/gateway/contract";
import { parameterNames } from "@lucky/gateway/route";
import type { Draft } from "./draft.ts";
import { checkFunctionName } from "./function-name.ts";
import { checkMethod, checkPath, checkRoute, type Method } from "./route.ts";
import { describe } from "./sources/example.ts";
import type { Workspace } from "./workspace.ts";

/** A function as it was asked for; undefined for what is left to the defaults. */
export type Wishes = {
  readonly name: string;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly body?: boolean | undefined;
  readonly summary?: string | undefined;
};

/** AWS takes no more for a function's description, which is the summary. */
const LONGEST_SUMMARY = 256;

/** Throws a UsageError that says why there can be no such function. */
export function toDraft(wishes: Wishes, workspace: Workspace): Draft {
  const name = checkFunctionName(wishes.name, workspace);
  const method = checkMethod(wishes.method ?? "POST");
  const path = checkPath(wishes.path ?? defaultPath(name));
  checkRoute(name, { method, path }, workspace);
  const hasBody = checkBody(wishes.body ?? takesBody(method), method);
  const params = parameterNames(path);
  const draft = { name, method, path, params, hasBody };
  return { ...draft, summary: checkSummary(wishes.summary ?? capitalize(describe(draft))) };
}

export function defaultPath(name: string): Contract["path"] {
  return `/${name.replaceAll("-", "_")}`;
}

/** Whether a request of that method has a body, unless told otherwise. */
export function takesBody(method: Method): boolean {
  return method === "POST" || method === "PUT" || method === "PATCH";
}

function checkBody(hasBody: boolean, method: Method): boolean {
  if (hasBody && !takesBody(method)) throw new UsageError(`A ${method} has no body: leave out --body.`);
  return hasBody;
}

function checkSummary(text: string): string {
  const summary = text.trim();
  if (summary !== "" && summary.length <= LONGEST_SUMMARY && !/\p{Cc}/u.test(summary)) return summary;
  throw new UsageError(`--summary takes one line of up to ${LONGEST_SUMMARY} characters.`);
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
