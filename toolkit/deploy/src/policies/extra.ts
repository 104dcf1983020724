import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ApplicationError } from "@lucky/application/application-error";
import type { Statement } from "./policy.ts";
import type { Scope } from "./scope.ts";

/** What an application needs besides: for the pipeline's role, and for the boundary of its functions. */
export type Extra = { readonly deploy: readonly Statement[]; readonly functions: readonly Statement[] };

const FILE = "infra/policies.ts";

/** What `extra` of infra/policies.ts gives for the scope; nothing without that file. Throws an ApplicationError if it cannot. */
export async function readExtra(root: string, scope: Scope): Promise<Extra> {
  const file = join(root, FILE);
  if (!existsSync(file)) return { deploy: [], functions: [] };
  const { extra }: { extra?: unknown } = await import(pathToFileURL(file).href);
  const given: unknown = typeof extra === "function" ? extra(scope) : undefined;
  if (isExtra(given)) return given;
  throw new ApplicationError(
    `${FILE} must export a function extra(scope) that gives { deploy, functions }, each a list of statements.`,
  );
}

function isExtra(given: unknown): given is Extra {
  if (typeof given !== "object" || given === null) return false;
  const { deploy, functions } = given as Record<string, unknown>; // any object
  return [deploy, functions].every(
    (list) => Array.isArray(list) && list.every((each) => each?.Effect && each.Action && each.Resource),
  );
}
