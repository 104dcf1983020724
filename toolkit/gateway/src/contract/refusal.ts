import type { codecs } from "./codecs.ts";
import type { Input, Media, Schema } from "./schema.ts";
import type { StandardMember } from "./standard-members.ts";
import type { Sent } from "./wire.ts";

/** What of a contract goes over the wire. */
type Bodies = { readonly reply: unknown; readonly body?: unknown; readonly problems?: unknown };

/** What the definition of a contract must be as well: where a body cannot be sent as JSON, the sentence that says why. */
export type Sendable<C extends Bodies> = RefusedReply<C["reply"]> &
  RefusedBody<C["body"]> &
  RefusedProblems<NonNullable<C["problems"]>>;

type RefusedProblems<Problems> = [RefusedMembers<Problems[keyof Problems]>] extends [never]
  ? unknown
  : { readonly problems: { readonly [Kind in keyof Problems]: WithMembers<Problems[Kind]> } };
type WithMembers<Definition> = [RefusedMembers<Definition>] extends [never]
  ? Definition
  : { readonly members: RefusedMembers<Definition> };
type RefusedMembers<Definition> = Definition extends { readonly members: infer S extends Schema }
  ? Refusal<S> | Standard<Sent<S>>
  : never;
type Standard<Members> = unknown extends Members
  ? never
  : Members extends object
    ? keyof Members & StandardMember extends infer Name extends string
      ? Name extends unknown
        ? `Every problem has ${Name} by itself: call the member otherwise.`
        : never
      : never
    : "The members of a problem are an object.";

type RefusedReply<R> = [Refusal<R>] extends [never] ? unknown : { readonly reply: RefusalOfEach<R> };
type RefusalOfEach<R> = R extends Schema
  ? Refusal<R>
  : { readonly [Status in keyof R]: [Refusal<R[Status]>] extends [never] ? R[Status] : Refusal<R[Status]> };

/** Of a schema of a reply, or of replies by their status. */
type Refusal<R> = R extends Schema
  ? Lacking<Sent<R>> | OneWay<R>
  : R extends object
    ? {
        [Status in keyof R]: R[Status] extends Schema ? Lacking<Sent<R[Status]>> | OneWay<R[Status]> : never;
      }[keyof R]
    : never;

/** A form says what it says without JSON. */
type RefusedBody<B> = B extends { readonly media: Media }
  ? unknown
  : B extends Schema
    ? [Lacking<Input<B>>] extends [never]
      ? unknown
      : { readonly body: Lacking<Input<B>> }
    : unknown;

/** How deep a type is looked at: it may hold itself. */
type Deepest = 6;

/** Where JSON cannot say a value of a type. Bytes are a body by themselves. */
type Lacking<T, Place extends string = "#", Depth extends 0[] = []> = unknown extends T
  ? never
  : Depth["length"] extends Deepest
    ? never
    : T extends string | number | boolean | null | undefined
      ? never
      : T extends Date
        ? Advice<Place, "Date">
        : T extends bigint
          ? Advice<Place, "bigint">
          : T extends symbol
            ? Advice<Place, "symbol">
            : T extends ReadonlyMap<unknown, unknown>
              ? Advice<Place, "Map">
              : T extends ReadonlySet<unknown>
                ? Advice<Place, "Set">
                : T extends Uint8Array
                  ? Place extends "#"
                    ? never
                    : `${Place} is bytes, which JSON does not have. Make them text, or the whole body: bytes("image/png").`
                  : T extends readonly (infer Item)[]
                    ? Lacking<Item, `${Place}/*`, [...Depth, 0]>
                    : {
                        [Name in keyof T & (string | number)]: Lacking<
                          T[Name],
                          `${Place}/${Name}`,
                          [...Depth, 0]
                        >;
                      }[keyof T & (string | number)];

type Advice<
  Place extends string,
  Kind extends keyof typeof codecs,
> = `${Place} is a ${Kind}, which JSON does not have. Write: ${(typeof codecs)[Kind]}`;

/** Where a schema of zod has a transform that has no way back. */
export type OneWay<S, Place extends string = "#", Depth extends 0[] = []> = Depth["length"] extends Deepest
  ? never
  : S extends { readonly _zod: { readonly def: infer Def } }
    ? Def extends { readonly type: "transform" }
      ? `${Place} has a transform without a way back. Write: ${(typeof codecs)["transform"]}`
      : Def extends { readonly type: "pipe"; readonly in: infer In; readonly out: infer Out }
        ? OneWay<In, Place, [...Depth, 0]> | OneWay<Out, Place, [...Depth, 0]>
        : Def extends { readonly shape: infer Shape }
          ? {
              [Name in keyof Shape & (string | number)]: OneWay<
                Shape[Name],
                `${Place}/${Name}`,
                [...Depth, 0]
              >;
            }[keyof Shape & (string | number)]
          : Def extends { readonly innerType: infer Inner }
            ? OneWay<Inner, Place, [...Depth, 0]>
            : Def extends { readonly element: infer Element }
              ? OneWay<Element, `${Place}/*`, [...Depth, 0]>
              : Def extends { readonly valueType: infer Value }
                ? OneWay<Value, `${Place}/*`, [...Depth, 0]>
                : Def extends { readonly options: infer Options extends readonly unknown[] }
                  ? OneWay<Options[number], Place, [...Depth, 0]>
                  : never
    : never;
