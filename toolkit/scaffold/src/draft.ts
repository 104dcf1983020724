import type { Contract } from "@lucky/gateway/contract";
import type { Method } from "./route.ts";

/** A function to be. */
export type Draft = {
  readonly name: string;
  readonly method: Method;
  readonly path: Contract["path"];
  /** The names of the path's parameters. */
  readonly params: readonly string[];
  readonly hasBody: boolean;
  readonly summary: string;
  /** The table that it reads or writes. */
  readonly table?: TableDraft;
};

export type TableDraft = {
  readonly name: string;
  /** What the file of the resources calls it. */
  readonly constant: string;
  /** The attribute that finds an item. */
  readonly key: string;
  /** Whether it is declared with the function. */
  readonly isNew: boolean;
  /** Whether its items are of the shape that `pnpm new` writes. */
  readonly isOurs: boolean;
};

/** A function that uses a table. */
export type TableFunction = Draft & { readonly table: TableDraft };

export function hasTable(draft: Draft): draft is TableFunction {
  return draft.table !== undefined;
}
