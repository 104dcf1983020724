import type { Spread } from "../statistics.ts";

/** How something grows: a row for each who, a column for each how much. */
export type Growth = {
  readonly title: string;
  /** What the columns are. */
  readonly of: string;
  /** What was measured, and how, in a sentence or two. */
  readonly about: string;
  readonly columns: readonly string[];
  readonly rows: readonly GrowthRow[];
};

export type GrowthRow = { readonly name: string; readonly unit: string; readonly cells: readonly Spread[] };
