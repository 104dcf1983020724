import { existsSync } from "node:fs";
import { join } from "node:path";
import { CONTRACTS } from "@lucky/application/application";
import { UsageError } from "@lucky/command/usage-error";
import type { Changes } from "./changes.ts";
import type { Draft } from "./draft.ts";
import { format } from "./format.ts";
import { addContract } from "./registry.ts";
import { contractSource } from "./sources/contract.ts";
import { coreSource, coreTestSource } from "./sources/core.ts";
import {
  eventSource,
  handlerSource,
  handlerTestSource,
  packageSource,
  tsconfigSource,
} from "./sources/function.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Every file that the function takes, formatted, and index.ts with its contract. Throws a UsageError for a file that is
 * there, and an error where index.ts has no place for it.
 */
export async function planFunction(draft: Draft, { root, scope, index }: Workspace): Promise<Changes> {
  const { name } = draft;
  const folder = `functions/${name}`;
  const sources = {
    [`packages/core/src/${name}.ts`]: coreSource(draft),
    [`packages/core/src/${name}.test.ts`]: coreTestSource(draft),
    [`packages/contracts/src/${name}.ts`]: contractSource(draft, scope),
    [`${folder}/package.json`]: packageSource(name, scope),
    [`${folder}/tsconfig.json`]: tsconfigSource(),
    [`${folder}/event.json`]: eventSource(draft),
    [`${folder}/src/handler.ts`]: handlerSource(draft, scope),
    [`${folder}/src/handler.test.ts`]: handlerTestSource(draft),
  };
  const there = [folder, ...Object.keys(sources)].find((file) => existsSync(join(root, file)));
  if (there !== undefined) throw new UsageError(`There is ${there} already: choose another name.`);
  const edited = { ...sources, [CONTRACTS]: addContract(index, name) };
  const formatted = Object.entries(edited).map(
    async ([file, source]) => [file, await format(root, file, source)] as const,
  );
  return new Map(await Promise.all(formatted));
}
