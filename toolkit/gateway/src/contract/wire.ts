import type { Input, Output, Schema } from "./schema.ts";

/** A schema that has a way back: one of zod, whose codecs encode what a reply gives. Others only validate it. */
type Encoder = { readonly _zod: { readonly def: unknown } };

/** What a function gives for a schema of a reply, such as a Date where a codec makes text of it. */
export type Given<S extends Schema> = ReadonlyDeep<S extends Encoder ? Output<S> : Input<S>>;

/** What arrives for it, after JSON. */
export type Sent<S extends Schema> = S extends Encoder ? Wire<Input<S>, Output<S>> : Output<S>;

/**
 * The input of a schema, but as it is when the schema has sent it: what has a default is there, and what is coerced has
 * its type. A union is its input: one could not tell which of its kinds goes with which.
 */
type Wire<I, O> = unknown extends I
  ? O
  : [I] extends [O | undefined]
    ? [O] extends [I]
      ? O
      : I
    : [O] extends [readonly unknown[]]
      ? [I] extends [readonly unknown[]]
        ? WireOfEach<I, O>
        : I
      : [I, O] extends [object, object]
        ? [keyof I, keyof O] extends [keyof O, keyof I]
          ? [IsUnion<I>, IsUnion<O>] extends [false, false]
            ? WireOfEach<I, O>
            : I
          : I
        : I;

type WireOfEach<I, O> = { [K in keyof O]: K extends keyof I ? Wire<I[K], O[K]> : never };

type IsUnion<T, All = T> = T extends unknown ? ([All] extends [T] ? false : true) : never;

type Leaf =
  | boolean
  | bigint
  | symbol
  | null
  | undefined
  | Date
  | Uint8Array
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>;

/** So that a function may give what it only reads, and a plain text where a branded one is meant. */
type ReadonlyDeep<T> = T extends string
  ? Unbranded<T, string>
  : T extends number
    ? Unbranded<T, number>
    : T extends Leaf
      ? T
      : T extends readonly (infer Item)[]
        ? Item[] extends T
          ? readonly ReadonlyDeep<Item>[] // in these words it may hold itself, as any JSON does
          : { readonly [K in keyof T]: ReadonlyDeep<T[K]> }
        : T extends object
          ? { readonly [K in keyof T]: ReadonlyDeep<T[K]> }
          : T;
type Unbranded<T, Plain> = keyof T extends keyof Plain ? T : Plain;
