import { existsSync, globSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CONTRACTS } from "@lucky/application/application";
import { UsageError } from "@lucky/command/usage-error";
import type { Changes } from "./changes.ts";
import { format } from "./format.ts";
import { listUncommitted } from "./git.ts";
import { removeContract } from "./registry.ts";
import { removeTables } from "./table-removal.ts";
import type { Workspace } from "./workspace.ts";

/** What makes a function go. */
export type Removal = {
  readonly changes: Changes;
  /** What a person should know of it besides. */
  readonly notes: readonly string[];
  /** Removes what is left in its folder, such as what an install put there. */
  sweep(): void;
};

/** Throws a UsageError where there is no such function or, unless forced, where git does not have all of it. */
export async function planRemoval(name: string, workspace: Workspace, isForced: boolean): Promise<Removal> {
  const { root, api, index } = workspace;
  if (!Object.hasOwn(api, name)) {
    throw new UsageError(
      `There is no function "${name}". The functions are: ${Object.keys(api).join(", ")}.`,
    );
  }
  const folder = `functions/${name}`;
  const beside = ["packages/core", "packages/contracts"].flatMap((place) => [
    `${place}/src/${name}.ts`,
    `${place}/src/${name}.test.ts`,
  ]);
  const tables = removeTables(name, workspace, [folder, ...beside]);
  if (!isForced) refuseUncommitted(root, name, [folder, ...beside, ...tables.gone]);
  const inFolder = globSync(`${folder}/**/*`, {
    cwd: root,
    withFileTypes: true,
    exclude: (entry) => ["node_modules", ".turbo"].includes(entry.name),
  })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, "/").length).replaceAll("\\", "/"));
  const going = [...beside.filter((file) => existsSync(join(root, file))), ...inFolder];
  return {
    changes: new Map([
      [CONTRACTS, await format(root, CONTRACTS, removeContract(index, name))],
      ...(await formatted(root, tables.edited)),
      ...[...going, ...tables.gone].map((file): [string, undefined] => [file, undefined]),
    ]),
    notes: tables.notes,
    sweep: () => rmSync(join(root, folder), { recursive: true, force: true, maxRetries: 3 }),
  };
}

function formatted(
  root: string,
  edited: ReadonlyMap<string, string>,
): Promise<readonly (readonly [string, string])[]> {
  return Promise.all(
    [...edited].map(async ([file, source]) => [file, await format(root, file, source)] as const),
  );
}

function refuseUncommitted(root: string, name: string, paths: readonly string[]): void {
  const changed = listUncommitted(root, paths);
  if (changed === "") return;
  throw new UsageError(`Git does not have all of ${name}: commit it, or use --force to lose it.\n${changed}`);
}
