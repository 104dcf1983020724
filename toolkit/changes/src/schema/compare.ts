import type { Difference } from "./difference.ts";
import type { Json, Schema } from "./schema.ts";

/** What the `$ref`s of each side lead into. */
export type Documents = { readonly before: Json; readonly after: Json };

/** Compares two schemas that stand inside those being compared. */
export type Compare = (before: Schema, after: Schema) => readonly Difference[];
