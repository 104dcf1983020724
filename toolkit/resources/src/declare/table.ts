import type { Input, Output, Schema } from "@lucky/gateway/schema";
import type { Storable } from "./storable.ts";

/** A table of DynamoDB, as data: nothing of it runs, and web pages may import it. */
export type Table<
  // biome-ignore lint/suspicious/noExplicitAny: of whatever item
  S extends Schema<any, any> = Schema<any, any>,
  K extends Key = Key,
  I extends Indexes = Indexes,
  V extends string | undefined = string | undefined,
> = {
  readonly kind: "table";
  /** In lower case with dashes. */
  readonly name: string;
  readonly item: S;
  readonly key: K;
  readonly indexes: I;
  /** Which of the attributes in keys are numbers; the others are strings. */
  readonly numbers: readonly string[];
  /** The attribute with the second since 1970 from which on the item is gone. */
  readonly expires?: string;
  /** The attribute that counts the changes of an item. */
  readonly version?: V;
};

/** What finds an item: the attribute that spreads items, and the one that orders those which have the first in common. */
export type Key = { readonly partition: string; readonly sort?: string };
export type Indexes = Readonly<Record<string, Key>>;

// biome-ignore lint/suspicious/noExplicitAny: of whatever item
type AnySchema = Schema<any, any>;
type FieldOf<S extends AnySchema, Value> = {
  [F in keyof Output<S> & string]-?: Output<S>[F] extends Value ? F : never;
}[keyof Output<S> & string];
/** A key's attributes are there, and text or a number. */
type KeyOf<S extends AnySchema> = {
  readonly partition: FieldOf<S, string | number>;
  readonly sort?: FieldOf<S, string | number>;
};
/** An item that lacks an index's attributes is not in that index. */
type IndexKeyOf<S extends AnySchema> = {
  readonly partition: FieldOf<S, string | number | undefined>;
  readonly sort?: FieldOf<S, string | number | undefined>;
};

type AttributesOf<K> = K extends Key
  ? K["partition"] | (K extends { readonly sort: infer Sort extends string } ? Sort : never)
  : never;
type KeyAttributes<K, I> = AttributesOf<K> | AttributesOf<I[keyof I]>;
/** The attributes of keys that hold numbers, which DynamoDB must be told. */
type NumbersDue<S extends AnySchema, K, I> = Extract<KeyAttributes<K, I>, FieldOf<S, number | undefined>>;

/** Nothing of a schema whose items can be kept and read again; of another, what is wrong with it. */
type ItemMistake<S extends AnySchema> = [Output<S>] extends [Storable & object]
  ? [AsRead<Output<S>>] extends [Input<S>]
    ? unknown
    : Mistake<"What the schema gives is kept, and it does not take that when it is read again: no codec or transform, and z.coerce.bigint() for z.bigint()">
  : Mistake<"A table holds objects of text, numbers, truth values, null, bytes, lists, objects and sets: write a date as z.iso.datetime()">;
type Mistake<Sentence extends string> = { readonly item: { readonly mistake: Sentence } };

/** A value as it is read again: DynamoDB has one kind of numbers, of which small ones are read as numbers. */
type AsRead<V> = V extends bigint
  ? bigint | number
  : V extends Storable<never> | undefined
    ? V
    : V extends ReadonlySet<infer Member>
      ? Set<AsRead<Member>>
      : { [Name in keyof V]: AsRead<V[Name]> };

type Definition<S extends AnySchema, K, I, V> = {
  /** Of the item, an object. It is held to it when it is written and when it is read. */
  readonly item: S;
  readonly key: K;
  /** Other ways to find items, each by a name of its own. */
  readonly indexes?: I;
  /** The attribute with the second since 1970 from which on the item is gone: for readers at once, for DynamoDB in some days. */
  readonly expires?: FieldOf<S, number | undefined>;
  /** The attribute that `update` counts, so that two writers of one version cannot both win. */
  readonly version?: V;
} & ([NumbersDue<S, K, I>] extends [never]
  ? { readonly numbers?: undefined }
  : {
      /** Those of the keys' attributes that are numbers. */ readonly numbers: readonly NumbersDue<S, K, I>[];
    });

/**
 * Declares a table. A key, an index or an expiry of an attribute that the item does not have does not compile, nor does an item
 * that a table cannot hold.
 *
 *     export const Draws = table("draws", {
 *       item: Draw,
 *       key: { partition: "id" },
 *       indexes: { byDay: { partition: "day", sort: "drawnAt" } },
 *       expires: "expiresAt",
 *     });
 */
export function table<
  S extends AnySchema,
  const K extends KeyOf<S>,
  // biome-ignore lint/complexity/noBannedTypes: no index
  const I extends Readonly<Record<string, IndexKeyOf<S>>> = {},
  const V extends FieldOf<S, number> | undefined = undefined,
>(name: string, definition: Definition<S, K, I, V> & ItemMistake<S>): Table<S, K, I, V> {
  return { kind: "table", name, indexes: {}, numbers: [], ...definition } as unknown as Table<S, K, I, V>; // the definition's own types
}

/** An item as it is read. */
export type ItemOf<T extends Table> = Output<T["item"]>;
/** An item as it is written, before its schema fills in what has a default. */
export type NewItemOf<T extends Table> = Input<T["item"]>;
/** What names one item. */
export type KeyOfTable<T extends Table> = Pick<ItemOf<T>, AttributesOf<T["key"]> & keyof ItemOf<T>>;
