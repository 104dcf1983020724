import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CONTRACTS_PACKAGE, removeResources } from "./contracts-package.ts";
import { importsResource, RESOURCES, removeTable } from "./resources-file.ts";
import type { DeclaredTable, Workspace } from "./workspace.ts";

export type TableRemoval = {
  readonly edited: ReadonlyMap<string, string>;
  readonly gone: readonly string[];
  readonly notes: readonly string[];
};

/** Removes the tables that only that function uses. `going` has the files, and folders, that go with it. */
export function removeTables(name: string, workspace: Workspace, going: readonly string[]): TableRemoval {
  const { root, resourcesSource } = workspace;
  const goes = (file: string) => going.some((each) => file === each || file.startsWith(`${each}/`));
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  const others = globSync("{packages,functions,infra}/**/*.ts", {
    cwd: root,
    exclude: (file) => file.endsWith("node_modules"),
  })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !goes(file));
  let rest = resourcesSource;
  const removed: DeclaredTable[] = [];
  for (const each of ownTables(name, workspace)) {
    if (others.some((file) => importsResource(read(file), each.constant))) continue;
    const without = rest === undefined ? rest : removeTable(rest, each.table.name);
    if (without === rest) continue;
    rest = without;
    removed.push(each);
  }
  if (removed.length === 0) return { edited: new Map(), gone: [], notes: [] };
  const items = removed.flatMap(({ table }) => {
    const item = `${table.name}-item`;
    const isUsed = others.some((file) => file !== RESOURCES && read(file).includes(`/core/${item}"`));
    return isUsed ? [] : [`packages/core/src/${item}.ts`, `packages/core/src/${item}.test.ts`];
  });
  const gone = items.filter((file) => existsSync(join(root, file)));
  const notes = removed.map(
    ({ table }) =>
      `The table ${table.name} is gone too, for no other function uses it. What is deployed of it stays on AWS where its stage keeps\n` +
      "data, as prod does, and here in .data: remove that by hand where nobody needs it.",
  );
  if (rest !== undefined) return { edited: new Map([[RESOURCES, rest]]), gone, notes };
  const manifest = removeResources(read(CONTRACTS_PACKAGE));
  return { edited: new Map([[CONTRACTS_PACKAGE, manifest]]), gone: [...gone, RESOURCES], notes };
}

/** The tables that this function uses, and no other. */
function ownTables(name: string, { api, tables }: Workspace): readonly DeclaredTable[] {
  const usersOf = (table: unknown) =>
    Object.entries(api).flatMap(([each, { uses = {} }]) =>
      Object.values(uses).some(({ resource }) => resource === table) ? [each] : [],
    );
  return tables.filter(({ table }) => usersOf(table).join() === name);
}
