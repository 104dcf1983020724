import type { Contract } from "@lucky/gateway/contract";
import type { Table } from "@lucky/resources/declare";
import { variableOf } from "@lucky/resources/declare";
import { listResources } from "./resources.ts";

/** What a function uses, without schemas, so that another thread can be told of it. */
export type ListedUses = {
  readonly tables: readonly ListedTable[];
  readonly secrets: readonly ListedValue[];
  readonly settings: readonly ListedValue[];
};

export type ListedTable = Pick<Table, "name" | "key" | "indexes" | "numbers" | "expires"> & {
  /** Holds its name on AWS, for functions. */
  readonly variable: string;
};

/** A secret or a setting. */
export type ListedValue = {
  readonly name: string;
  readonly summary: string;
  readonly variable: string;
  readonly default?: string;
};

/** A function whose uses are known. */
export type UsingFunction = { readonly name: string; readonly uses: ListedUses };

/** What the contract of one function uses, as data. */
export function listUses(each: { readonly name: string; readonly contract: Contract }): ListedUses {
  const { tables, secrets, settings } = listResources([each]);
  return {
    tables: tables.map(({ kind, name, key, indexes, numbers, expires }) => ({
      name,
      key,
      indexes,
      numbers,
      ...(expires !== undefined && { expires }),
      variable: variableOf({ kind, name }),
    })),
    secrets: secrets.map(({ kind, name, summary }) => ({
      name,
      summary,
      variable: variableOf({ kind, name }),
    })),
    settings: settings.map(({ kind, name, summary, default: given }) => ({
      name,
      summary,
      variable: variableOf({ kind, name }),
      ...(given !== undefined && { default: given }),
    })),
  };
}

/** The tables of all functions, each once. */
export function tablesOf(functions: readonly UsingFunction[]): readonly ListedTable[] {
  return [...new Map(functions.flatMap(({ uses }) => uses.tables).map((each) => [each.name, each])).values()];
}
