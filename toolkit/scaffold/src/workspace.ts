import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CONTRACTS, type Contracts, findRoot, loadApplication } from "@lucky/application/application";
import type { Table } from "@lucky/resources/declare";
import { readName, readScope } from "./product.ts";
import { RESOURCES } from "./resources-file.ts";

/** What a new function must get along with. */
export type Workspace = {
  /** Its folder. */
  readonly root: string;
  /** As AWS knows it. */
  readonly app: string;
  /** Of the product's packages. */
  readonly scope: string;
  readonly api: Contracts;
  /** The source of the contracts' index.ts. */
  readonly index: string;
  /** What that file imports and declares. */
  readonly declared: readonly string[];
  /** How infra/, and what it calls of the toolkit, name their own resources. */
  readonly resources: readonly string[];
  /** The tables that the file of the resources exports, and what it calls each. */
  readonly tables: readonly DeclaredTable[];
  /** The source of that file; undefined where there is none. */
  readonly resourcesSource: string | undefined;
  /** The tables whose items `pnpm new` has written. */
  readonly items: readonly string[];
};

export type DeclaredTable = { readonly constant: string; readonly table: Table };

/** The workspace that the current folder is in. Read once, for Node does not load a contract again. */
export async function readWorkspace(root = findRoot()): Promise<Workspace> {
  const { functions } = await loadApplication(root);
  const api = Object.fromEntries(functions.map(({ name, contract }) => [name, contract]));
  return describeWorkspace(root, api, readFileSync(join(root, CONTRACTS), "utf8"), await readTables(root));
}

async function readTables(root: string): Promise<readonly DeclaredTable[]> {
  const file = join(root, RESOURCES);
  if (!existsSync(file)) return [];
  const exported: Record<string, unknown> = await import(pathToFileURL(file).href);
  return Object.entries(exported).flatMap(([constant, value]) => {
    const table = value as Table | undefined; // if it is one
    return table?.kind === "table" ? [{ constant, table }] : [];
  });
}

/** A workspace as it would be with those contracts, and that source of index.ts. */
export function describeWorkspace(
  root: string,
  api: Contracts,
  index: string,
  tables: readonly DeclaredTable[] = [],
): Workspace {
  const infra = globSync(["infra/*.ts", "toolkit/deploy/src/resources/*.ts"], { cwd: root }).filter(
    (file) => !file.endsWith(".test.ts"),
  );
  const resourcesFile = join(root, RESOURCES);
  return {
    root,
    tables,
    resourcesSource: existsSync(resourcesFile) ? readFileSync(resourcesFile, "utf8") : undefined,
    items: globSync("packages/core/src/*-item.ts", { cwd: root }).flatMap((file) =>
      file.slice("packages/core/src/".length, -"-item.ts".length),
    ),
    app: readName(root, "package.json"),
    scope: readScope(root),
    api,
    index,
    declared: [
      ...[...index.matchAll(/^import (?:type )?\{([^}]*)\}/gm)].flatMap(
        ([, names = ""]) => names.match(/\w+/g) ?? [],
      ),
      ...[...index.matchAll(/^(?:export )?(?:const|let|function|class|type) (\w+)/gm)].map(
        ([, name = ""]) => name,
      ),
    ],
    resources: infra.flatMap((file) =>
      [...readFileSync(join(root, file), "utf8").matchAll(/\b\w+\(\s*"([A-Z]\w*)"/g)].map(
        ([, name = ""]) => name,
      ),
    ),
  };
}
