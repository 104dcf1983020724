import type { Contract } from "../contract/contract.ts";
import type { FormMedia } from "../contract/form.ts";
import type { FormFile } from "../contract/form-file.ts";
import type { OneWay } from "../contract/refusal.ts";
import type { ParameterName } from "../contract/route.ts";
import type { Input, Output, Schema } from "../contract/schema.ts";

/** What a call sends. A header by one of the names in `Known` may be left out: it is sent anyway. */
export type ClientInput<C extends Contract, Known extends string = never> = ParamsOf<C> &
  PartOf<"query", C extends { readonly query: infer S extends Schema } ? FieldsOf<S> : never> &
  PartOf<
    "headers",
    C extends { readonly headers: infer S extends Schema }
      ? Loosened<FieldsOf<S>, Known | (C["idempotent"] extends "idempotency-key" ? "idempotency-key" : never)>
      : never
  > &
  PartOf<"body", C extends { readonly body: infer S extends Schema } ? BodyOf<S> : never>;

/** An object of which nothing is required. */
export type Nothing = Record<never, never>;

type PartOf<Name extends string, Value> = [Value] extends [never]
  ? unknown
  : Nothing extends Value
    ? { readonly [N in Name]?: Value }
    : { readonly [N in Name]: Value };

type ParamsOf<C extends Contract> = C extends { readonly params: infer S extends Schema }
  ? { readonly params: FieldsOf<S> }
  : [ParameterName<C["path"]>] extends [never]
    ? unknown
    : { readonly params: { readonly [Name in ParameterName<C["path"]>]: string | number } };

type Loosened<Fields, Known extends string> = [Known & keyof Fields] extends [never]
  ? Fields
  : Omit<Fields, Known> & { readonly [Name in Known & keyof Fields]?: Fields[Name] };

/** The fields of what is text, each as its schema takes it, or as it gives it where there is a way back. */
type FieldsOf<S extends Schema> = Fields<Input<S>, Output<S>, ShapeOf<S>>;
type ShapeOf<S> = S extends { readonly _zod: { readonly def: { readonly shape: infer Shape } } }
  ? Shape
  : Nothing;
type Fields<In, Out, Shape> = In extends object
  ? {
      readonly [Name in keyof In]:
        | Field<In[Name], Name extends keyof Out ? Out[Name] : unknown>
        | (Name extends keyof Shape ? Decoded<Shape[Name]> : never);
    }
  : In;
type Decoded<S> = S extends Schema & { readonly _zod: unknown }
  ? [OneWay<S>] extends [never]
    ? Known<Output<S>>
    : never
  : never;
type Known<T> = unknown extends T ? never : T;

/** What is coerced takes anything, and nonsense with it: it is given as its own type, or as text. */
type Field<In, Out> = unknown extends In
  ? unknown extends Out
    ? Text | readonly Text[]
    : Out | string
  : In extends readonly (infer Item)[]
    ? readonly Field<Item, Extract<Out, readonly unknown[]>[number]>[]
    : In extends FormFile
      ? In | Blob
      : In;
type Text = string | number | bigint | boolean | Date | null | undefined;

type BodyOf<S extends Schema> =
  unknown extends Input<S>
    ? Input<S>
    : [Input<S>] extends [Uint8Array]
      ? Input<S> | ArrayBuffer | Blob | ReadableStream<Uint8Array>
      : S extends { readonly media: FormMedia<infer Type, infer Texts> }
        ?
            | Fields<Input<S>, Output<S>, ShapeOf<Texts>>
            | FormData
            | (Type extends "multipart/form-data" ? never : URLSearchParams)
        : Input<S>;
