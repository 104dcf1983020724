import type { TableDefinition } from "./table-schema.ts";

type Key = { readonly partition: string; readonly sort?: string };

/** A table as contracts declare it. */
export type DeclaredTable = {
  readonly name: string;
  readonly key: Key;
  readonly indexes: Readonly<Record<string, Key>>;
  /** Which of the attributes in keys are numbers; the others are strings. */
  readonly numbers: readonly string[];
  readonly expires?: string;
};

/** The same as DynamoDB knows it. */
export function definitionOf({ name, key, indexes, numbers, expires }: DeclaredTable): TableDefinition {
  const attribute = (name: string) => ({ name, type: numbers.includes(name) ? "N" : "S" }) as const;
  const keyOf = ({ partition, sort }: Key) => ({
    partition: attribute(partition),
    ...(sort !== undefined && { sort: attribute(sort) }),
  });
  return {
    name,
    ...keyOf(key),
    indexes: Object.fromEntries(Object.entries(indexes).map(([index, key]) => [index, keyOf(key)])),
    ...(expires !== undefined && { expires }),
  };
}
