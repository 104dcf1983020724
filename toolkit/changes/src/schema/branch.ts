import type { Schema } from "./schema.ts";

export const TYPES = ["null", "boolean", "number", "string", "array", "object"] as const;
export type Type = (typeof TYPES)[number];

export type Bound = { readonly at: number; readonly isExclusive: boolean };

/** What a schema says of the values of one type: of any schema a list of these is made, and a value is in one of them. */
export type Branch = {
  readonly type: Type;
  /** The only values, where they are listed. */
  readonly values?: readonly unknown[];
  readonly isInteger: boolean;
  readonly minimum?: Bound;
  readonly maximum?: Bound;
  /** Such as minLength. */
  readonly sizes: Readonly<Record<string, number>>;
  /** What else must hold, all of it, as `keyword value`. */
  readonly rules: ReadonlyMap<string, Rule>;
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
  /** Of properties that it does not name: anything unless given. */
  readonly additional?: Schema;
  readonly names?: Schema;
  /** Of the first items, one each. */
  readonly firstItems: readonly Schema[];
  readonly items: Schema;
};

export type Rule = { readonly keyword: string; readonly value: unknown };

/** The schema of a property, undefined where the branch neither names it nor says anything of those that it does not name. */
export function propertyOf({ properties, additional }: Branch, name: string): Schema | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : additional;
}

export function itemAt({ firstItems, items }: Branch, index: number): Schema {
  return firstItems[index] ?? items;
}
