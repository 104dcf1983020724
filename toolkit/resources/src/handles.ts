import type { ItemOf, Key, KeyOfTable, NewItemOf, Table } from "./declare/table.ts";

// What functions get of tables: types alone, so that contracts may name them.

export type TableReader<T extends Table> = {
  /**
   * The item with that key, undefined where there is none. What was written a moment ago may be missing yet, unless
   * `consistent`, which costs twice as much.
   *
   *     await draws.get({ id })
   */
  get(key: KeyOfTable<T>, options?: { readonly consistent?: boolean }): Promise<ItemOf<T> | undefined>;
  /** Likewise of many, a hundred in a call; in the order of the keys, each undefined where there is none. */
  getMany(
    keys: readonly KeyOfTable<T>[],
    options?: { readonly consistent?: boolean },
  ): Promise<readonly (ItemOf<T> | undefined)[]>;
  /**
   * A page of the items with one value of the partition's attribute, in the order of the other: of the table's key, or of an index.
   *
   *     await draws.query({ day: "2026-11-25", drawnAt: { after: "2026-11-25T12" } }, { index: "byDay", order: "descending", limit: 20 })
   *
   * Throws an InvalidCursorError for a cursor that is not of this query.
   */
  query<const I extends IndexOf<T> | undefined = undefined>(
    where: WhereOf<T, I>,
    options?: QueryOptions<I>,
  ): Promise<Page<ItemOf<T>>>;
};

export type TableWriter<T extends Table> = TableReader<T> & {
  /**
   * Writes the item, in the place of one with its key. False, and nothing is written, where the conditions do not hold.
   *
   *     await draws.put(draw, { if: { state: "open" } })
   *
   * Throws an ItemError for what the schema refuses, an ItemTooLargeError beyond 400 KB.
   */
  put(item: NewItemOf<T>, options?: IfOption<T>): Promise<boolean>;
  /** Writes the item unless there is one with its key: false, then. */
  create(item: NewItemOf<T>): Promise<boolean>;
  /**
   * Changes an item that is there, and gives it as it is then. Undefined, and nothing is written, where there is none or the
   * conditions do not hold.
   *
   *     await draws.update({ id }, { set: { name }, add: { reads: 1 }, remove: ["note"] }, { if: { state: "open" } })
   */
  update(key: KeyOfTable<T>, changes: Changes<T>, options?: UpdateOptions<T>): Promise<ItemOf<T> | undefined>;
  /** Removes an item, if it is there. False, and nothing is removed, where the conditions do not hold. */
  delete(key: KeyOfTable<T>, options?: IfOption<T>): Promise<boolean>;
  /** Writes many, 25 in a call, none of them conditional, and not all or none. Throws a ThrottledError that says how many are left. */
  putMany(items: readonly NewItemOf<T>[]): Promise<void>;
  deleteMany(keys: readonly KeyOfTable<T>[]): Promise<void>;
  /** The same writes as parts of a `transaction`, which does all of them or none. */
  readonly writes: {
    put(item: NewItemOf<T>, options?: IfOption<T>): Write;
    create(item: NewItemOf<T>): Write;
    update(key: KeyOfTable<T>, changes: Changes<T>, options?: UpdateOptions<T>): Write;
    delete(key: KeyOfTable<T>, options?: IfOption<T>): Write;
    /** Writes nothing: the transaction is done only where the conditions hold. */
    check(key: KeyOfTable<T>, conditions: Conditions<T>): Write;
  };
};

/** For calls of one's own. */
export type RawTable = {
  /** As AWS knows it. */
  readonly name: string;
};

/** A part of a transaction, as DynamoDB takes it. */
export type Write = () => Promise<object>;

export type Page<Item> = {
  /** As many as were asked for, but at the end, and where they have more than 1 MB. */
  readonly items: readonly Item[];
  /** Where the next page begins, as text that a caller may hold; undefined at the end. */
  readonly cursor: string | undefined;
};

export type IndexOf<T extends Table> = keyof T["indexes"] & string;

type KeyIn<T extends Table, I> = I extends keyof T["indexes"] ? T["indexes"][I] : T["key"];
type ValueAt<T extends Table, Name> = NonNullable<ItemOf<T>[Name & keyof ItemOf<T>]>;
export type WhereOf<T extends Table, I> =
  KeyIn<T, I> extends infer K extends Key
    ? { readonly [P in K["partition"]]: ValueAt<T, P> } & (K extends { readonly sort: infer S extends string }
        ? { readonly [P in S]?: ValueAt<T, P> | Range<ValueAt<T, P>> }
        : unknown)
    : never;

/** Which values of the second attribute: one of these. `before` and `after` leave the value itself out. */
export type Range<V> =
  | { readonly before: V }
  | { readonly after: V }
  | { readonly atMost: V }
  | { readonly atLeast: V }
  | { readonly between: readonly [from: V, to: V] }
  | (V extends string ? { readonly beginsWith: string } : never);

export type QueryOptions<I> = {
  readonly index?: I;
  /** `ascending` unless told. */
  readonly order?: "ascending" | "descending";
  /** How many at most: 100 unless told, 1000 at most. */
  readonly limit?: number;
  /** Of the page before. */
  readonly cursor?: string | undefined;
  /** Not of an index. */
  readonly consistent?: I extends string ? never : boolean;
};

/** The attributes that a change may name: neither those of the key nor the version, which counts itself. */
type Own<T extends Table> = Omit<ItemOf<T>, keyof KeyOfTable<T> | (T["version"] & string)>;
type FieldsOf<T extends Table, Value> = {
  [F in keyof Own<T>]-?: NonNullable<Own<T>[F]> extends Value ? F : never;
}[keyof Own<T>];
type OptionalOf<T extends Table> = {
  // biome-ignore lint/complexity/noBannedTypes: nothing of it is due
  [F in keyof Own<T>]-?: {} extends Pick<Own<T>, F> ? F : never;
}[keyof Own<T>];
// biome-ignore lint/suspicious/noExplicitAny: of whatever
type AnySet = ReadonlySet<any>;

export type Changes<T extends Table> = {
  readonly set?: Partial<Own<T>>;
  /** Adds to numbers, which count from 0 where there are none, and to sets. */
  readonly add?: { readonly [F in FieldsOf<T, number | bigint | AnySet>]?: NonNullable<Own<T>[F]> };
  /** Takes members out of sets. */
  readonly take?: { readonly [F in FieldsOf<T, AnySet>]?: NonNullable<Own<T>[F]> };
  readonly remove?: readonly OptionalOf<T>[];
};

/** Of each attribute its value, or what it must be. All of them must hold. */
export type Conditions<T extends Table> = {
  readonly [F in keyof ItemOf<T>]?: Value<ItemOf<T>[F]> | Condition<NonNullable<ItemOf<T>[F]>>;
};
/** A plain object is always a condition: `{ is: … }` compares with a map. */
type Value<V> = V extends object ? (V extends readonly unknown[] | Uint8Array | AnySet ? V : never) : V;
export type Condition<V> =
  | { readonly exists: boolean }
  | { readonly is: V }
  | { readonly not: V }
  | { readonly in: readonly V[] }
  | (V extends string | number | bigint ? Range<V> : never)
  | (V extends string ? { readonly contains: string } : never)
  | (V extends ReadonlySet<infer Member> ? { readonly contains: Member } : never)
  | (V extends readonly (infer Member)[] ? { readonly contains: Member } : never);

export type IfOption<T extends Table> = { readonly if?: Conditions<T> };
export type UpdateOptions<T extends Table> = IfOption<T> & {
  /** The version that was read: nothing is written where it is another by now. It is one more afterwards. */
  readonly version?: [T["version"] & string] extends [never] ? never : number;
};
