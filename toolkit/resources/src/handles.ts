import type { ItemOf, KeyOfTable, NewItemOf, Table } from "./declare/table.ts";

// What functions get of tables: types alone, so that contracts may name them.

export type Page<Item> = {
  readonly items: readonly Item[];
  /** Where the next page begins, as text that a caller may hold; undefined at the end. */
  readonly cursor: string | undefined;
};

export type TableReader<T extends Table> = {
  /** Undefined where there is none. */
  get(key: KeyOfTable<T>, options?: { readonly consistent?: boolean }): Promise<ItemOf<T> | undefined>;
};

export type TableWriter<T extends Table> = TableReader<T> & {
  put(item: NewItemOf<T>): Promise<void>;
};

/** For calls of one's own. */
export type RawTable = { readonly name: string };
