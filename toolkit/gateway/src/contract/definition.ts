/** What a schema of zod says of itself, as far as it is looked at; those of other libraries say nothing. */
export type Described = { readonly _zod?: { readonly def: Definition } };

export type Definition = {
  readonly type?: string;
  /** Whether it makes its type of whatever comes. */
  readonly coerce?: boolean;
  readonly shape?: Readonly<Record<string, Described>>;
  /** Of a list, its items. */
  readonly element?: Described;
  readonly innerType?: Described;
  readonly in?: Described;
  readonly getter?: () => Described;
  /** Of a union, its forms; of an intersection, its halves. */
  readonly options?: readonly Described[];
  readonly left?: Described;
  readonly right?: Described;
  /** Of a record. */
  readonly valueType?: Described;
};

/** The definition of a schema without what zod wraps around it, such as optional, default or catch. */
export function definitionOf(schema: Described | undefined): Definition {
  const def = schema?._zod?.def;
  const inner = def?.innerType ?? def?.in ?? def?.getter?.();
  return inner ? definitionOf(inner) : (def ?? {});
}
