import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CONTRACTS } from "@lucky/application/application";
import { UsageError } from "@lucky/command/usage-error";
import type { Changes } from "./changes.ts";
import { addResources, CONTRACTS_PACKAGE, USED } from "./contracts-package.ts";
import { type Draft, hasTable, type TableFunction } from "./draft.ts";
import { format } from "./format.ts";
import { addContract } from "./registry.ts";
import { addTable, RESOURCES } from "./resources-file.ts";
import { contractSource } from "./sources/contract.ts";
import { coreSource, coreTestSource } from "./sources/core.ts";
import {
  eventSource,
  handlerSource,
  handlerTestSource,
  packageSource,
  tsconfigSource,
} from "./sources/function.ts";
import { tableContractSource } from "./sources/table/contract.ts";
import { tableHandlerSource, tableHandlerTestSource } from "./sources/table/function.ts";
import { itemSource, itemTestSource } from "./sources/table/item.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Every file that the function takes, formatted, and index.ts with its contract. Throws a UsageError for a file that is
 * there, and an error where index.ts has no place for it.
 */
export async function planFunction(draft: Draft, workspace: Workspace): Promise<Changes> {
  const { root, scope, index } = workspace;
  const { name } = draft;
  const folder = `functions/${name}`;
  const sources = {
    ...(hasTable(draft) ? tableSources(draft, scope) : plainSources(draft, scope)),
    [`${folder}/package.json`]: packageSource(draft, scope),
    [`${folder}/tsconfig.json`]: tsconfigSource(),
    [`${folder}/event.json`]: eventSource(draft),
  };
  const there = [folder, ...Object.keys(sources)].find((file) => existsSync(join(root, file)));
  if (there !== undefined) throw new UsageError(`There is ${there} already: choose another name.`);
  const edited = { ...sources, [CONTRACTS]: addContract(index, name), ...editsForTable(draft, workspace) };
  const formatted = Object.entries(edited).map(
    async ([file, source]) => [file, await format(root, file, source)] as const,
  );
  return new Map(await Promise.all(formatted));
}

type Sources = Readonly<Record<string, string>>;

function plainSources(draft: Draft, scope: string): Sources {
  const { name } = draft;
  return {
    [`packages/core/src/${name}.ts`]: coreSource(draft),
    [`packages/core/src/${name}.test.ts`]: coreTestSource(draft),
    [`packages/contracts/src/${name}.ts`]: contractSource(draft, scope),
    [`functions/${name}/src/handler.ts`]: handlerSource(draft, scope),
    [`functions/${name}/src/handler.test.ts`]: handlerTestSource(draft),
  };
}

function tableSources(draft: TableFunction, scope: string): Sources {
  const { name, table } = draft;
  return {
    ...(table.isNew && {
      [`packages/core/src/${table.name}-item.ts`]: itemSource(table.name),
      [`packages/core/src/${table.name}-item.test.ts`]: itemTestSource(table.name),
    }),
    [`packages/contracts/src/${name}.ts`]: tableContractSource(draft, scope),
    [`functions/${name}/src/handler.ts`]: tableHandlerSource(draft, scope),
    [`functions/${name}/src/handler.test.ts`]: tableHandlerTestSource(draft, scope),
  };
}

/** What is there for all functions, and has to know of a table. */
function editsForTable({ table }: Draft, { root, scope, resourcesSource }: Workspace): Sources {
  if (!table?.isNew) return {};
  const manifest = readFileSync(join(root, CONTRACTS_PACKAGE), "utf8");
  return {
    [RESOURCES]: addTable(resourcesSource, table.name, scope),
    ...(manifest.includes(USED) ? {} : { [CONTRACTS_PACKAGE]: addResources(manifest) }),
  };
}
