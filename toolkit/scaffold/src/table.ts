import { listResources } from "@lucky/application/resources";
import { UsageError } from "@lucky/command/usage-error";
import type { Contract } from "@lucky/gateway/contract";
import { camelCase, pascalCase } from "@lucky/gateway/name";
import { CALL_PARTS } from "@lucky/gateway/uses";
import { type Table, write } from "@lucky/resources/declare";
import { findResourceMistake } from "@lucky/resources/mistake";
import type { TableDraft } from "./draft.ts";
import { isNameInInfra, isReserved } from "./function-name.ts";
import { RESOURCES } from "./resources-file.ts";
import { itemExampleOf } from "./sources/example.ts";
import type { Workspace } from "./workspace.ts";

/** Names that a module of the function has for something else. */
const USED_IN_CODE = ["body", "contract", "event", "handler", "invoke", "item", "lambda", "problem", "reply"];

/**
 * A table for that function, declared already or to be. Throws a UsageError that says why it cannot be had: the application would
 * refuse it, code could not name it, or it holds items that a new function knows nothing of.
 */
export function checkTable(table: string, name: string, workspace: Workspace): TableDraft {
  const known = workspace.tables.find((each) => each.table.name === table);
  const isOurs = known === undefined || isAsWritten(known.table, workspace);
  const draft: TableDraft = {
    name: table,
    constant: known?.constant ?? pascalCase(table),
    key: known?.table.key.partition ?? "id",
    isNew: known === undefined,
    isOurs,
  };
  checkWord(table, name);
  if (known === undefined) checkNew(table, workspace);
  else checkKey(known.table);
  checkUses(name, known?.table ?? newTable(table), workspace);
  return draft;
}

/** Throws a UsageError where the application would not load with that function, which uses nothing or that table. */
export function checkUses(name: string, table: Table | undefined, { api }: Workspace): void {
  const contract: Contract = {
    ...{ method: "GET", path: "/", summary: "", reply: { 204: null } },
    ...(table && { uses: { [camelCase(table.name)]: write(table) } }),
  };
  const all = { ...api, [name]: contract };
  const mistake = findResourceMistake(all);
  if (mistake !== undefined) throw new UsageError(mistake);
  try {
    listResources(Object.entries(all).map(([each, of]) => ({ name: each, contract: of })));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function checkWord(table: string, name: string): void {
  const word = camelCase(table);
  const parts: readonly string[] = [...CALL_PARTS, ...USED_IN_CODE];
  if (word !== "" && (parts.includes(word) || isReserved(word) || word in Object.prototype))
    throw new UsageError(`"${table}" cannot be a table's name: ${word} means something else in code.`);
  if (word === camelCase(name))
    throw new UsageError(
      `The function and its table would both be ${word} in code: call the function what it does, as in keep-${table}.`,
    );
}

function checkNew(table: string, { api, resources, resourcesSource = "" }: Workspace): void {
  const isUsed = Object.values(api).some(({ uses = {} }) =>
    Object.values(uses).some(({ resource }) => resource.kind === "table" && resource.name === table),
  );
  if (isUsed)
    throw new UsageError(`The table ${table} is not exported by ${RESOURCES}, where --table looks for it.`);
  const Name = pascalCase(table);
  if (new RegExp(`\\b${Name}(?:Item)?\\b`).test(resourcesSource))
    throw new UsageError(`"${table}" cannot be a table's name: ${RESOURCES} has another ${Name}.`);
  if (isNameInInfra(table, resources))
    throw new UsageError(`"${table}" cannot be a table's name: infra/ has a resource of that name.`);
}

function checkKey({ name, key, numbers }: Table): void {
  if (key.sort === undefined && !numbers.includes(key.partition)) return;
  throw new UsageError(
    `The items of ${name} are not found by one text: make the function without --table, and give its contract the use (docs/resources.md).`,
  );
}

/** Whether its items are still as `pnpm new` declares them, or take no more than those. */
function isAsWritten({ name, item, key, numbers }: Table, { items }: Workspace): boolean {
  if (!items.includes(name) || key.partition !== "id" || numbers.length > 0) return false;
  const result = item["~standard"].validate(itemExampleOf("7"));
  return !(result instanceof Promise) && result.issues === undefined;
}

function newTable(name: string): Table {
  const item = {
    "~standard": { version: 1, vendor: "lucky", validate: (value: unknown) => ({ value }) },
  } as const;
  return { kind: "table", name, item, key: { partition: "id" }, indexes: {}, numbers: [] };
}
