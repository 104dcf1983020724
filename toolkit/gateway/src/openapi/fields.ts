import { type Components, resolve } from "./components.ts";
import type { Json } from "./json.ts";

/** What the schema of an object says of its fields. */
export type Fields = {
  readonly properties: ReadonlyMap<string, Json>;
  readonly required: readonly string[];
  /** The schema of an object with the fields that have no name, where it takes some. */
  readonly others?: Json;
};

const NONE: Fields = { properties: new Map(), required: [] };

/**
 * The fields of an object that a JSON Schema describes: what it refers to is followed, parts that all hold are merged, and of
 * several forms each field of any is there, required where all require it. Undefined where it takes no object.
 *
 *     fieldsOf({ anyOf: [{ type: "object", properties: { a } }, { type: "object", properties: { b } }] }, components)
 *     // { properties: new Map([["a", a], ["b", b]]), required: [] }
 */
export function fieldsOf(
  schema: unknown,
  components: Components,
  path: readonly unknown[] = [],
): Fields | undefined {
  if (schema === false || path.includes(schema)) return undefined;
  const { allOf, anyOf, oneOf, ...own } = resolve(Object(schema), components);
  const read = (part: unknown) => fieldsOf(part, components, [...path, schema]);
  const parts = [
    ...[anyOf, oneOf].flatMap((forms) => (Array.isArray(forms) ? [joinForms(forms.map(read))] : [])),
    ...(Array.isArray(allOf) ? allOf.map(read) : []),
  ];
  if (parts.length === 0 || "type" in own || "properties" in own) parts.unshift(ownFields(own, components));
  return parts.reduce((one, another) => one && another && mergeParts(one, another));
}

function ownFields(schema: Json, components: Components): Fields | undefined {
  const { type = "object", properties = {}, required = [], not } = schema;
  if (![type].flat().includes("object") || not !== undefined) return undefined;
  const { additionalProperties, propertyNames, patternProperties } = schema;
  const named = valuesOf(propertyNames, components);
  const fields = {
    properties: new Map([
      ...(named ?? []).map((name): [string, Json] => [name, Object(additionalProperties)]),
      ...Object.entries(properties as Record<string, Json>), // JSON Schema's own
    ]),
    required: required as string[], // likewise
  };
  const isOpen = !("type" in schema) && !("properties" in schema); // takes anything
  const takesOthers =
    isOpen ||
    patternProperties !== undefined ||
    ![undefined, false].includes(Object(schema).additionalProperties);
  if (named !== undefined || !takesOthers) return fields;
  const others = {
    type: "object",
    propertyNames,
    patternProperties,
    additionalProperties: additionalProperties ?? !patternProperties,
  };
  return { ...fields, others: JSON.parse(JSON.stringify(others)) };
}

/** The values that a schema lists, where it lists them all. */
function valuesOf(schema: unknown, components: Components): readonly string[] | undefined {
  const { const: constant, enum: listed, anyOf } = resolve(Object(schema), components);
  if (constant !== undefined) return [String(constant)];
  if (Array.isArray(listed)) return listed.map(String);
  const forms = Array.isArray(anyOf) ? anyOf.map((form) => valuesOf(form, components)) : [undefined];
  return forms.includes(undefined) ? undefined : forms.flatMap((values) => values ?? []);
}

/** All of the parts hold. */
function mergeParts(one: Fields, another: Fields): Fields {
  const others = present([one, another].map((part) => part.others));
  return {
    properties: mergeProperties([one, another], (schemas) =>
      schemas.length > 1 ? { allOf: schemas } : schemas[0],
    ),
    required: [...new Set([...one.required, ...another.required])],
    ...(others.length > 0 && {
      others: distinct(others).length > 1 ? { allOf: distinct(others) } : others[0],
    }),
  };
}

/** One of the forms holds; what is no object cannot be. */
function joinForms(forms: readonly (Fields | undefined)[]): Fields | undefined {
  const objects = present(forms);
  if (objects.length === 0) return undefined;
  const [first = NONE, ...rest] = objects;
  const others = present(objects.map((form) => form.others));
  return {
    properties: mergeProperties(objects, joinSchemas),
    required: first.required.filter((name) => rest.every(({ required }) => required.includes(name))),
    ...(others.length > 0 && { others: joinSchemas(distinct(others)) }),
  };
}

function mergeProperties(
  parts: readonly Fields[],
  merge: (schemas: readonly Json[]) => Json | undefined,
): ReadonlyMap<string, Json> {
  const names = new Set(parts.flatMap(({ properties }) => [...properties.keys()]));
  return new Map(
    [...names].map((name) => {
      const schemas = distinct(present(parts.map(({ properties }) => properties.get(name))));
      return [name, merge(schemas) ?? {}];
    }),
  );
}

/** Constants of one type are an enum. */
function joinSchemas(schemas: readonly Json[]): Json {
  const [first = {}] = schemas;
  if (schemas.length < 2) return first;
  const values = schemas.map(({ type, const: constant, enum: listed, ...more }) =>
    type === first.type && Object.keys(more).length === 0 ? (listed ?? constant) : undefined,
  );
  if (values.includes(undefined)) return { anyOf: schemas };
  return { type: first.type, enum: [...new Set(values.flat())] };
}

function present<T>(values: readonly (T | undefined)[]): readonly T[] {
  return values.filter((value) => value !== undefined);
}

function distinct(schemas: readonly Json[]): readonly Json[] {
  return [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
}
