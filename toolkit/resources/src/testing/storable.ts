import fc from "fast-check";

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 8 }),
  fc.constantFrom("", "__proto__", "constructor", "ü", "👩‍👩‍👧", "\0", "\u2028", "{}"),
);
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc
    .double({ min: -1e15, max: 1e15, noNaN: true })
    .filter((value) => Math.abs(value) >= 1e-130)
    .map((value) => value),
  fc.constantFrom(0, 1e-130, -1e-130, 0.1, 5e-7, Number.MAX_SAFE_INTEGER),
);
/** Those that come back as bigints: the others are numbers. */
const big = fc
  .bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n })
  .filter((value) => value > BigInt(Number.MAX_SAFE_INTEGER) || value < -BigInt(Number.MAX_SAFE_INTEGER));
const bytes = fc.uint8Array({ maxLength: 8 });
const setOf = <T>(member: fc.Arbitrary<T>) =>
  fc.uniqueArray(member, { minLength: 1, maxLength: 4 }).map((members) => new Set(members));

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    text,
    number,
    big,
    fc.boolean(),
    fc.constant(null),
    bytes,
    setOf(text.filter((each) => each !== "")),
    setOf(number),
    setOf(big),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

/** Any value that a table can hold. */
export const storable = value;
/** Any attributes of an item. */
export const storableItem = fc.dictionary(
  text.filter((name) => name !== "" && name !== "id"),
  value,
  { maxKeys: 6, noNullPrototype: true },
);
