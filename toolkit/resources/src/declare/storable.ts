/** What an item may hold: JSON's values, big integers, bytes, and sets of one kind of them. */
export type Storable<Big = bigint> =
  | string
  | number
  | Big
  | boolean
  | null
  | Uint8Array
  | ReadonlySet<string>
  | ReadonlySet<number>
  | ReadonlySet<Big>
  | ReadonlySet<Uint8Array>
  | readonly Storable<Big>[]
  | { readonly [name: string]: Storable<Big> | undefined };
