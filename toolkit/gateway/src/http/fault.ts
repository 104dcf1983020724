/** Where a value of one type is not of another: `#/count: give a number, not "1".`, a sentence for each place. */
export type Fault<Due, Value, Place extends string = "#", Depth extends 0[] = []> = [Value] extends [Due]
  ? never
  : unknown extends Value
    ? `${Place}: give ${Named<Due>}.`
    : FaultOf<Unless<Due, Value>, Unless<Value, Due>, Place, Depth>;

/** Without the undefined that both have. */
type Unless<T, Other> = undefined extends T & Other ? NonNullable<T> : T;

/** How deep a value is compared: a type may hold itself. */
type Deepest = 8;

/** It names each type once, for the compiler looks at every mention of one, to the deepest. */
type FaultOf<Due, Value, Place extends string, Depth extends 0[]> = Depth["length"] extends Deepest
  ? `${Place} is not as the contract has it.`
  : [Due, Value, IsList<Due>] extends [object, object, IsList<Value>]
    ? Fields<Due, Value> extends { readonly due: infer DueFields; readonly value: infer ValueFields }
      ? FaultOfFields<DueFields, ValueFields, Place, Depth>
      : `${Place}: give one of the kinds that are due.`
    : `${Place}: give ${Named<Due>}, not ${Named<Value>}.`;

/** What is compared by name: the items of a list have one, as all are of one type. Undefined where no one kind is due. */
type Fields<Due, Value> = [Due, Value] extends [readonly (infer DueItem)[], readonly (infer Item)[]]
  ? number extends Due["length" & keyof Due]
    ? { readonly due: { "*": DueItem }; readonly value: { "*": Item } }
    : { readonly due: Due; readonly value: Value }
  : IsUnion<Due> extends false
    ? { readonly due: Due; readonly value: Value }
    : IsUnion<Fitting<Due, Value>> extends false
      ? { readonly due: Fitting<Due, Value>; readonly value: Value }
      : undefined;
type IsList<T> = [T] extends [readonly unknown[]] ? true : false;

type FaultOfFields<Due, Value, Place extends string, Depth extends 0[]> =
  | MissingIn<Place, Exclude<Required<Due>, keyof Value>>
  | {
      [Name in Field<Due> & keyof Value]: Fault<Due[Name], Value[Name], `${Place}/${Name}`, [...Depth, 0]>;
    }[Field<Due> & keyof Value];

type MissingIn<Place extends string, Name> = Name extends string | number
  ? `${Place}/${Name} is missing.`
  : never;
type Required<T> = { [Name in keyof T]-?: undefined extends T[Name] ? never : Name }[keyof T];
/** A field of an object or, of a tuple, an index. */
type Field<T> = keyof T & (T extends readonly unknown[] ? `${number}` : string | number);

/** Of the kinds of a union, those whose literals, such as a discriminator, are those of the value. */
type Fitting<Due, Value> = Due extends unknown ? (Value extends Literals<Due> ? Due : never) : never;
type Literals<T> = { readonly [Name in keyof T as IsLiteral<T[Name]> extends true ? Name : never]: T[Name] };
type IsLiteral<T> = [T] extends [string | number]
  ? string extends T
    ? false
    : number extends T
      ? false
      : true
  : false;
/** Also of none, which fits as little. */
type IsUnion<T, All = T> = [T] extends [never]
  ? true
  : (T extends unknown ? ([All] extends [T] ? false : true) : never) extends false
    ? false
    : true;

/** A type in words. */
type Named<T> = Listed<boolean extends T ? Word<Exclude<T, boolean>> | "a boolean" : Word<T>, " or ">;
type Word<T> = T extends string
  ? string extends T
    ? "a string"
    : `"${T}"`
  : T extends number
    ? number extends T
      ? "a number"
      : `${T}`
    : T extends boolean | null | undefined
      ? `${T}`
      : T extends bigint
        ? "a bigint"
        : T extends symbol
          ? "a symbol"
          : T extends Date
            ? "a Date"
            : T extends Promise<unknown>
              ? "a promise (await it)"
              : T extends readonly unknown[]
                ? "a list"
                : T extends (...given: never) => unknown
                  ? "a function"
                  : "an object";

/** The members of a union, in one text. */
export type Listed<Union, By extends string = ", "> = [Union] extends [never]
  ? ""
  : LastOf<Union> extends infer Last extends string | number
    ? [Exclude<Union, Last>] extends [never]
      ? `${Last}`
      : `${Listed<Exclude<Union, Last>, By>}${By}${Last}`
    : "";
type LastOf<Union> = (Union extends unknown ? (given: () => Union) => void : never) extends (
  given: infer Each,
) => void
  ? Each extends () => infer Last
    ? Last
    : never
  : never;
