import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CONTRACTS } from "@lucky/application/application";
import { UsageError } from "@lucky/command/usage-error";
import { pascalCase } from "@lucky/gateway/name";
import { editsFor, isBareRoot } from "./bare-edits.ts";
import { EXAMPLE_TABLES, EXAMPLES, GOES, goes } from "./bare-parts.ts";
import type { Changes } from "./changes.ts";
import { CONTRACTS_PACKAGE, removeResources } from "./contracts-package.ts";
import { format } from "./format.ts";
import { listChangedSinceNamed, listFiles } from "./git.ts";
import { planFunction } from "./new-function.ts";
import { readOverlay } from "./overlay.ts";
import { type Product, UPSTREAM } from "./product.ts";
import { hasContract, removeContract } from "./registry.ts";
import { importsResource, RESOURCES, removeTable } from "./resources-file.ts";
import { toDraft } from "./wishes.ts";
import { describeWorkspace } from "./workspace.ts";

/** What makes a product bare. */
export type Bare = {
  readonly changes: Changes;
  /** Removes what is left in folders that have gone, such as what an install put there. */
  sweep(): void;
};

const HELLO = "hello";

/**
 * Takes the example application out of a product, and what only the makers of the example need. Of a product that is bare
 * already, it takes what a merge has brought back. Throws a UsageError that lists what an author has changed or still uses
 * of it, unless forced.
 */
export async function planBare(root: string, product: Product, isForced: boolean): Promise<Bare> {
  const files = listFiles(root);
  const isBare = isBareRoot(readFileSync(join(root, "package.json"), "utf8"));
  const changes = new Map<string, string | undefined>(isBare ? [] : readOverlay("bare"));
  for (const file of files.filter(goes)) changes.set(file, undefined);
  if (!isForced) refuseChanged(root, product, [...changes.keys()]);
  if (!isBare) await addEdits(root, files, changes);
  if (!isForced) refuseUsed(...whatRemains(root, files, changes));
  return { changes, sweep: () => removeFolders(root) };
}

/** The registry, and what else stays with other content. */
async function addEdits(
  root: string,
  files: readonly string[],
  changes: Map<string, string | undefined>,
): Promise<void> {
  const functions = files.flatMap((file) => /^functions\/([^/]+)\/src\/handler\.ts$/.exec(file)?.[1] ?? []);
  const others = functions.filter((name) => !EXAMPLES.includes(name) && name !== "openapi");
  const registry = await planRegistry(root, others.length === 0);
  for (const [file, content] of [...registry, ...planTables(root)]) changes.set(file, content);
  const [remaining, read] = whatRemains(root, files, changes);
  for (const [file, edit] of editsFor(remaining, read, others[0] ?? HELLO))
    changes.set(file, edit(read(file)));
}

function whatRemains(
  root: string,
  files: readonly string[],
  changes: Changes,
): readonly [files: ReadonlySet<string>, read: (file: string) => string] {
  const isThere = (file: string) => !changes.has(file) || changes.get(file) !== undefined;
  return [
    new Set([...files, ...changes.keys()].filter(isThere)),
    (file) => changes.get(file) ?? readFileSync(join(root, file), "utf8"),
  ];
}

/** Links and caches are not in git. */
function removeFolders(root: string): void {
  for (const folder of GOES.filter((part) => part.endsWith("/")))
    rmSync(join(root, folder), { recursive: true, force: true, maxRetries: 3 });
}

/** The registry without the example; with hello, and its files, where there would be no function otherwise. */
async function planRegistry(root: string, isEmpty: boolean): Promise<Changes> {
  const source = readFileSync(join(root, CONTRACTS), "utf8");
  const index = EXAMPLES.filter((name) => hasContract(source, name)).reduce(removeContract, source);
  if (!isEmpty) return new Map([[CONTRACTS, await format(root, CONTRACTS, index)]]);
  const workspace = describeWorkspace(root, {}, index);
  return planFunction(toDraft({ name: HELLO }, workspace), workspace);
}

/** What is declared without the example's tables, and the contracts' package where that is nothing. */
function planTables(root: string): Changes {
  const file = join(root, RESOURCES);
  if (!existsSync(file)) return new Map();
  const rest = EXAMPLE_TABLES.reduce<string | undefined>(
    (source, table) => source && removeTable(source, table),
    readFileSync(file, "utf8"),
  );
  if (rest !== undefined) return new Map([[RESOURCES, rest]]);
  const manifest = removeResources(readFileSync(join(root, CONTRACTS_PACKAGE), "utf8"));
  return new Map([
    [RESOURCES, undefined],
    [CONTRACTS_PACKAGE, manifest],
  ]);
}

/** What an author has made of the example since it got its name. Before, it is nobody's. */
function refuseChanged(root: string, { app }: Product, files: readonly string[]): void {
  const changed = app === UPSTREAM.app ? [] : listChangedSinceNamed(root, files);
  if (changed.length === 0) return;
  throw new UsageError(
    `You have changed what --bare would remove or replace: use --force to lose it, or undo that first.\n${changed.join("\n")}`,
  );
}

/** What would not work without the example. */
function refuseUsed(files: ReadonlySet<string>, read: (file: string) => string): void {
  const users = [...files].filter(
    (file) => /^(?:packages|functions|infra)\/.*\.ts$/.test(file) && usesExample(read(file)),
  );
  if (users.length === 0) return;
  throw new UsageError(
    `These use the example: let them do without, or use --force and mend them afterwards.\n${users.join("\n")}`,
  );
}

function usesExample(source: string): boolean {
  return USES.test(source) || EXAMPLE_TABLES.some((table) => importsResource(source, pascalCase(table)));
}

const USES = new RegExp(`(?:from|import\\() ?"[^"]*/(?:${EXAMPLES.join("|")}|core/draw)(?:\\.ts)?"`);
