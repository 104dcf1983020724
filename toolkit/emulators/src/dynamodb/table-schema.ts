import type { Index, KeySchema, Table } from "./dynalite.ts";

/** An attribute of a key. */
export type KeyAttribute = { readonly name: string; readonly type: "S" | "N" };
export type Key = { readonly partition: KeyAttribute; readonly sort?: KeyAttribute };

/** A table as a product declares it. */
export type TableDefinition = Key & {
  /** Of 3 to 255 characters: letters, digits, `_`, `.` and `-`. */
  readonly name: string;
  /** Each with all attributes of the items. */
  readonly indexes: Readonly<Record<string, Key>>;
  /** The attribute that says in seconds since 1970 when an item is over. */
  readonly expires?: string;
};

/** An index with all attributes. */
export function indexOf(name: string, key: Key): Index {
  return { IndexName: name, KeySchema: schemaOf(key), Projection: { ProjectionType: "ALL" } };
}

export function schemaOf({ partition, sort }: Key): KeySchema {
  const first = { AttributeName: partition.name, KeyType: "HASH" } as const;
  return sort === undefined ? [first] : [first, { AttributeName: sort.name, KeyType: "RANGE" }];
}

export function attributesOf({ indexes, ...key }: TableDefinition): Table["AttributeDefinitions"] {
  const attributes = [key, ...Object.values(indexes)].flatMap(({ partition, sort }) =>
    sort ? [partition, sort] : [partition],
  );
  const types = new Map(attributes.map(({ name, type }) => [name, type]));
  return Array.from(types, ([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));
}

export function describeKey(schema: KeySchema, attributes: Table["AttributeDefinitions"]): string {
  const typeOf = (name: string) => attributes.find((each) => each.AttributeName === name)?.AttributeType;
  return schema.map(({ AttributeName: name }) => `${name} (${typeOf(name)})`).join(" and ");
}
