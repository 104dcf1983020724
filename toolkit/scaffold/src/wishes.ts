import { UsageError } from "@lucky/command/usage-error";
import type { Contract } from "@lucky/gateway/contract";
import { parameterNames } from "@lucky/gateway/route";
import type { Draft, TableFunction } from "./draft.ts";
import { checkFunctionName } from "./function-name.ts";
import { checkMethod, checkPath, checkRoute, type Method } from "./route.ts";
import { describe } from "./sources/example.ts";
import { checkTable, checkUses } from "./table.ts";
import type { Workspace } from "./workspace.ts";

/** A function as it was asked for; undefined for what is left to the defaults. */
export type Wishes = {
  readonly name: string;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly body?: boolean | undefined;
  readonly summary?: string | undefined;
  /** The name of the table that it uses. */
  readonly table?: string | undefined;
};

/** AWS takes no more for a function's description, which is the summary. */
const LONGEST_SUMMARY = 256;

/** Throws a UsageError that says why there can be no such function. */
export function toDraft(wishes: Wishes, workspace: Workspace): Draft {
  const name = checkFunctionName(wishes.name, workspace);
  const method = checkMethod(wishes.method ?? "POST");
  const table = wishes.table === undefined ? undefined : checkTable(wishes.table, name, workspace);
  if (table === undefined) checkUses(name, undefined, workspace);
  const path = checkPath(wishes.path ?? defaultPath(name, method, wishes.table));
  checkRoute(name, { method, path }, workspace);
  const hasBody = checkBody(wishes.body ?? takesBody(method), method);
  const params = parameterNames(path);
  const draft = { name, method, path, params, hasBody, ...(table && { table }) };
  if (table) checkAccess({ ...draft, table });
  return { ...draft, summary: checkSummary(wishes.summary ?? capitalize(describe(draft))) };
}

/** That of the table's items, or of one of them; without a table, the function's name. */
export function defaultPath(name: string, method: Method, table?: string): Contract["path"] {
  if (table === undefined || table === "") return `/${name.replaceAll("-", "_")}`;
  const items = `/${table.replaceAll("-", "_")}` as const;
  return method === "POST" ? items : `${items}/{id}`;
}

/** What a function with a table finds its items by, and what it can write. */
function checkAccess({ method, path, params, hasBody, table }: Omit<TableFunction, "summary">): void {
  if (method === "POST" && params.length > 0)
    throw new UsageError(`A POST with --table makes the id: leave the parameter out of "${path}".`);
  if (method !== "POST" && params.length !== 1)
    throw new UsageError(
      `A ${method} with --table is of one item: give its --path one parameter, as in ${defaultPath("", method, table.name)}.`,
    );
  if (takesBody(method) && !hasBody)
    throw new UsageError(`A ${method} with --table keeps its body: leave out --no-body.`);
  if (hasBody && !table.isOurs)
    throw new UsageError(
      `The items of ${table.name} have another shape than pnpm new knows, so it can only read and remove them: make the function without --table, and give its contract the use (docs/resources.md).`,
    );
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
