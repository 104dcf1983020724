import fc from "fast-check";
import { isJson, type Json, resolveRef, type Schema, toSchema } from "../schema/schema.ts";

// For tests: two schemas that are alike in part, and values of a schema.

type Pair = readonly [before: Schema, after: Schema];
export type PairOfDocuments = {
  readonly schemas: Pair;
  readonly documents: { readonly before: Json; readonly after: Json };
};

const NAMES = ["a", "b", "kind"];
const REF: Schema = { $ref: "#/components/schemas/T" };
const texts = fc.constantFrom("", "a", "b", "ab", "bbb");
const numbers = fc.constantFrom(-1, 0, 0.5, 1, 2, 3, 4.5, 6);

const leaf: fc.Arbitrary<Schema> = fc.oneof(
  fc.constantFrom<Schema>(true, {}, REF, { type: "null" }, { type: "boolean" }, { type: ["string", "null"] }),
  fc.record({ type: fc.constantFrom("number", "integer"), minimum: numbers }, { requiredKeys: ["type"] }),
  fc.record(
    {
      type: fc.constantFrom("number", "integer"),
      exclusiveMaximum: numbers,
      multipleOf: fc.constantFrom(1, 2, 3),
    },
    { requiredKeys: ["type"] },
  ),
  fc.record(
    {
      type: fc.constant("string"),
      minLength: fc.nat(2),
      maxLength: fc.nat(3),
      pattern: fc.constantFrom("^a", "b$"),
    },
    { requiredKeys: ["type"] },
  ),
  fc.record({
    enum: fc.uniqueArray(fc.oneof(texts, numbers, fc.constant(null)), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ const: texts }),
);

const { pair } = fc.letrec<{ pair: Pair }>((tie) => {
  const both = (single: fc.Arbitrary<Schema>) =>
    fc.oneof(
      single.map((schema): Pair => [schema, schema]),
      fc.tuple(single, single),
    );
  const optional = (make: fc.Arbitrary<unknown>) => fc.option(make, { nil: undefined });
  const object = fc
    .record({
      properties: fc.dictionary(fc.constantFrom(...NAMES), tie("pair"), { maxKeys: 3 }),
      required: fc.tuple(fc.subarray(NAMES), fc.subarray(NAMES)),
      dropped: fc.tuple(optional(fc.constantFrom(...NAMES)), optional(fc.constantFrom(...NAMES))),
      additional: fc.tuple(
        fc.constantFrom(undefined, undefined, false, { type: "number" }),
        fc.constantFrom(undefined, undefined, false, { type: "number" }),
      ),
    })
    .map(({ properties, required, dropped, additional }): Pair => {
      const make = (side: 0 | 1): Schema => {
        const own = Object.entries(properties).filter(([name]) => name !== dropped[side]);
        return {
          type: "object",
          properties: Object.fromEntries(own.map(([name, schemas]) => [name, schemas[side]])),
          required: required[side].filter((name) => own.some(([mine]) => mine === name)),
          ...(additional[side] !== undefined && { additionalProperties: additional[side] }),
        };
      };
      return [make(0), make(1)];
    });
  const array = fc
    .record({ items: tie("pair"), first: optional(tie("pair")), sizes: fc.tuple(fc.nat(2), fc.nat(2)) })
    .map(({ items, first, sizes }): Pair => {
      const make = (side: 0 | 1): Schema => ({
        type: "array",
        items: items[side],
        minItems: sizes[side],
        ...(Array.isArray(first) && { prefixItems: [first[side]] }),
      });
      return [make(0), make(1)];
    });
  const union = fc
    .tuple(tie("pair"), tie("pair"), fc.constantFrom("anyOf", "swapped", "joined"))
    .map(([one, another, kind]): Pair => {
      if (kind === "joined") return [one[0], { anyOf: [one[1], another[1]] }];
      const after = kind === "swapped" ? [another[1], one[1]] : [one[1], another[1]];
      return [{ anyOf: [one[0], another[0]] }, { anyOf: after }];
    });
  const tagged = fc.tuple(object, object).map(([one, another]): Pair => {
    const tag = (schema: Schema, kind: string): Schema => {
      if (!isJson(schema) || !isJson(schema.properties) || !Array.isArray(schema.required)) return schema;
      const properties = { ...schema.properties, kind: { const: kind } };
      return { ...schema, properties, required: [...new Set([...schema.required, "kind"])] };
    };
    return [
      { oneOf: [tag(one[0], "a"), tag(another[0], "b")] },
      { oneOf: [tag(one[1], "a"), tag(another[1], "b")] },
    ];
  });
  const all = fc
    .tuple(both(leaf), both(leaf))
    .map(([one, another]): Pair => [{ allOf: [one[0], another[0]] }, { allOf: [one[1], another[1]] }]);
  const bounded = fc.tuple(fc.constantFrom("minimum", "maximum"), numbers, numbers).map(
    ([keyword, one, another]): Pair => [
      { type: "number", [keyword]: one },
      { type: "number", [keyword]: another },
    ],
  );
  return {
    pair: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      both(leaf),
      bounded,
      object,
      array,
      union,
      tagged,
      all,
    ),
  };
});

/** Two schemas, and the documents in which both refer to T. */
export const pairs: fc.Arbitrary<PairOfDocuments> = fc
  .tuple(
    pair,
    pair.filter((found) => found.every((schema) => !isBareRef(schema))),
  )
  .map(([schemas, [before, after]]) => {
    const document = (T: Schema): Json => ({ components: { schemas: { T } } });
    return { schemas, documents: { before: document(before), after: document(after) } };
  });

/** T must not be T, or one of several that are T. */
function isBareRef(schema: unknown): boolean {
  if (!isJson(schema)) return false;
  return (
    "$ref" in schema ||
    ["anyOf", "oneOf", "allOf"].some((word) => [schema[word] ?? []].flat().some(isBareRef))
  );
}

/** Values that a schema may allow, with no property that it does not name. */
export function valuesOf(schema: Schema, document: Json, depth = 4): fc.Arbitrary<unknown> {
  const scalar = fc.oneof(texts, numbers, fc.boolean(), fc.constant(null));
  if (!isJson(schema)) return scalar;
  const {
    $ref,
    anyOf,
    oneOf,
    allOf,
    type,
    const: only,
    properties = {},
    required,
    additionalProperties,
  } = schema;
  const read = (part: unknown) => valuesOf(toSchema(part), document, depth - 1);
  if (depth === 0) return fc.oneof(scalar, fc.constant([]), fc.constant({}));
  if (typeof $ref === "string") return read(resolveRef($ref, document));
  const forms = anyOf ?? oneOf ?? allOf;
  if (Array.isArray(forms)) return fc.oneof(...forms.map(read));
  if ("const" in schema) return fc.constant(only);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  if (type === "object" && isJson(properties)) {
    const model = Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, read(part)]));
    const named = fc.record(model, { requiredKeys: [required ?? []].flat() as string[] }); // JSON Schema's own
    const free = NAMES.filter((name) => !(name in properties));
    if (!isJson(additionalProperties) || free.length === 0) return named;
    const others = fc.dictionary(fc.constantFrom(...free), read(additionalProperties), { maxKeys: 2 });
    return fc.tuple(others, named).map(([more, own]) => ({ ...more, ...own }));
  }
  if (type === "array") {
    const rest = fc.array(read(schema.items ?? true), { maxLength: 3 });
    if (!Array.isArray(schema.prefixItems)) return rest;
    return fc.tuple(read(schema.prefixItems[0]), rest).map(([first, others]) => [first, ...others]);
  }
  return scalar;
}

/** With objects that refuse what they do not name, or with objects that take it. */
export function withObjects(kind: "closed" | "open", schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map((each) => withObjects(kind, each));
  if (!isJson(schema)) return schema;
  const inside = Object.entries(schema).map(([key, part]) => [key, withObjects(kind, part)]);
  const { additionalProperties, ...rest } = Object.fromEntries(inside);
  if (rest.type !== "object" || isJson(additionalProperties)) return Object.fromEntries(inside);
  return kind === "closed" ? { ...rest, additionalProperties: false } : rest;
}
