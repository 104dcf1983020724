import { type Bound, type Branch, type Rule, TYPES, type Type } from "./branch.ts";
import { intersect, tighter } from "./intersect.ts";
import { canonical, type Json, resolveRef, type Schema, toJson, toSchema } from "./schema.ts";

/** What only describes. */
const ANNOTATIONS = new Set(
  "title description default example examples deprecated readOnly writeOnly discriminator xml externalDocs $schema $id $comment $anchor $defs definitions".split(
    " ",
  ),
);
/** Of which type a keyword speaks; any other speaks of all. */
const TYPE_OF: Readonly<Record<string, Type>> = {
  ...fromEntries("number", "minimum exclusiveMinimum maximum exclusiveMaximum multipleOf"),
  ...fromEntries("string", "minLength maxLength pattern format contentEncoding contentMediaType"),
  ...fromEntries("array", "items prefixItems minItems maxItems uniqueItems contains minContains maxContains"),
  ...fromEntries("object", "properties required additionalProperties propertyNames minProperties"),
  ...fromEntries("object", "maxProperties patternProperties dependentRequired dependentSchemas"),
};
const READ = new Set(
  "type enum const minimum exclusiveMinimum maximum exclusiveMaximum properties required additionalProperties propertyNames items prefixItems".split(
    " ",
  ),
);
const SIZES = new Set("minLength maxLength minItems maxItems minProperties maxProperties".split(" "));

/** A schema as a list of branches. `oneOf` is read as `anyOf`, for its parts are told apart in a contract. */
export function branchesOf(
  schema: Schema,
  document: Json,
  path: ReadonlySet<string> = new Set(),
): readonly Branch[] {
  if (schema === true) return TYPES.map((type) => toBranch(type, {}));
  if (schema === false) return [];
  const { $ref, allOf, anyOf, oneOf, ...own } = schema;
  const read = (part: unknown) => branchesOf(toSchema(part), document, path);
  const parts = [
    ...(typeof $ref === "string" ? [follow($ref, document, path)] : []),
    ...(Array.isArray(allOf) ? allOf.map(read) : []),
    ...[anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? [list.flatMap(read)] : [])),
  ];
  return joinValues(parts.reduce(intersect, ownBranches(own)));
}

function follow(ref: string, document: Json, path: ReadonlySet<string>): readonly Branch[] {
  if (path.has(ref)) throw new Error(`The document's ${JSON.stringify(ref)} refers to itself alone.`);
  return branchesOf(toSchema(resolveRef(ref, document)), document, new Set([...path, ref]));
}

function ownBranches(schema: Json): readonly Branch[] {
  const types = schema.type === undefined ? [...TYPES, "integer"] : [schema.type].flat();
  const isOnlyInteger = types.includes("integer") && !types.includes("number");
  const found = TYPES.filter((type) => types.includes(type) || (type === "number" && isOnlyInteger));
  return found
    .map((type) =>
      toBranch(type, type === "number" && isOnlyInteger ? { ...schema, type: "integer" } : schema),
    )
    .filter(({ values }) => values?.length !== 0);
}

function toBranch(type: Type, schema: Json): Branch {
  const mine = Object.entries(schema).filter(([keyword]) => (TYPE_OF[keyword] ?? type) === type);
  const isSize = ([keyword, value]: [string, unknown]) => SIZES.has(keyword) && typeof value === "number";
  const { properties, required, additionalProperties, propertyNames, prefixItems, items } = schema;
  const isInteger = schema.type === "integer";
  const values = valuesOf(type, schema);
  const bounds = {
    minimum: tighter(
      "minimum",
      toBound(schema.minimum, false),
      toBound(schema.exclusiveMinimum, true, isInteger && 1),
    ),
    maximum: tighter(
      "maximum",
      toBound(schema.maximum, false),
      toBound(schema.exclusiveMaximum, true, isInteger && -1),
    ),
  };
  return {
    type,
    ...(values && { values }),
    isInteger,
    ...(type === "number" && bounds.minimum && { minimum: bounds.minimum }),
    ...(type === "number" && bounds.maximum && { maximum: bounds.maximum }),
    sizes: Object.fromEntries(
      mine.filter(isSize).filter(([keyword, value]) => !(keyword.startsWith("min") && value === 0)),
    ) as Record<string, number>, // as isSize has it
    rules: new Map(mine.filter((entry) => isRule(entry) && !isSize(entry)).map(toRule)),
    properties: type === "object" ? (toJson(properties) as Record<string, Schema>) : {}, // JSON Schema's own
    required: type === "object" && Array.isArray(required) ? required.map(String) : [],
    ...(additionalProperties !== undefined &&
      !isOpen(additionalProperties) && { additional: toSchema(additionalProperties) }),
    ...(propertyNames !== undefined && { names: toSchema(propertyNames) }),
    firstItems: Array.isArray(prefixItems) ? prefixItems.map(toSchema) : [],
    items: toSchema(items),
  };
}

function isRule([keyword, value]: [string, unknown]): boolean {
  return !READ.has(keyword) && !ANNOTATIONS.has(keyword) && !keyword.startsWith("x-") && value !== undefined;
}

function toRule([keyword, value]: [string, unknown]): [string, Rule] {
  return [`${keyword} ${canonical(value)}`, { keyword, value }];
}

function isOpen(schema: unknown): boolean {
  return schema === true || canonical(schema) === "{}";
}

function valuesOf(type: Type, schema: Json): readonly unknown[] | undefined {
  const listed = "const" in schema ? [schema.const] : schema.enum;
  const known = { null: [null], boolean: [true, false] }[type as string];
  const values = Array.isArray(listed) ? listed.filter((value) => typeOf(value) === type) : known;
  return schema.type === "integer" ? values?.filter(Number.isInteger) : values;
}

function typeOf(value: unknown): Type {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : (typeof value as Type); // JSON has no others
}

function toBound(
  value: unknown,
  isExclusive: boolean,
  nextInteger: number | false = false,
): Bound | undefined {
  if (typeof value !== "number") return undefined;
  if (nextInteger === false) return { at: value, isExclusive };
  return { at: (nextInteger > 0 ? Math.floor(value) : Math.ceil(value)) + nextInteger, isExclusive: false };
}

/** Branches that list values and say nothing else are one: a union of constants is an enum. */
function joinValues(branches: readonly Branch[]): readonly Branch[] {
  const joined = new Map<string, Branch>();
  for (const branch of branches) {
    const { values, ...rest } = branch;
    const key = canonical({ ...rest, rules: [...branch.rules.keys()], isList: values !== undefined });
    const all = [...(joined.get(key)?.values ?? []), ...(values ?? [])];
    const unique = [...new Map(all.map((value) => [canonical(value), value])).values()];
    joined.set(key, values === undefined ? branch : { ...branch, values: unique });
  }
  return [...joined.values()];
}

function fromEntries(type: Type, keywords: string): Record<string, Type> {
  return Object.fromEntries(keywords.split(" ").map((keyword) => [keyword, type]));
}
