import { type $ZodType, type $ZodTypes, globalRegistry, type JSONSchema, toJSONSchema } from "zod/v4/core";
import type { Schema } from "../contract/schema.ts";
import { type Components, define } from "./components.ts";
import type { Json } from "./json.ts";
import { isZod } from "./zod-schema.ts";

type Described = {
  readonly jsonSchema?: Readonly<Record<"input" | "output", (options: { target: string }) => Json>>;
};

/** What a schema describes: what a caller sends, before it is decoded, or the body of a reply as it arrives. */
export type Direction = "request" | "reply";

/** Where a schema is used, such as `SaveMenuBody`: the name of what in it refers to itself and has none of its own. */
export type Place = { readonly name: string; readonly components: Components };

/** https://standardschema.dev/json-schema, or zod's own way. Both directions of a schema of zod are its input: a reply is encoded. */
export function toJson(schema: Schema, direction: Direction, place: Place): Json {
  const target = "draft-2020-12";
  if (isZod(schema)) return settle(schema, convert(schema, direction), direction, place);
  const standard: Schema["~standard"] & Described = schema["~standard"];
  const json = standard.jsonSchema?.[direction === "reply" ? "output" : "input"]({ target });
  if (json === undefined) throw new TypeError(`a schema of ${standard.vendor} has no JSON Schema`);
  return settle(schema, { json, named: new Map() }, direction, place);
}

/** A JSON Schema as a library makes it, and the schemas of its definitions that have an id. */
type Converted = { readonly json: Json; readonly named: ReadonlyMap<string, $ZodTypes> };

/** What has an id is a definition under a key that tells it from any other, whatever its id is. */
function convert(schema: $ZodTypes, direction: Direction): Converted {
  const keys = new Map<$ZodType, string>();
  const get = (each: $ZodType) => {
    const { id, ...described } = globalRegistry.get(each) ?? {};
    if (!id) return described;
    keys.set(each, keys.get(each) ?? `named${keys.size}`);
    return { ...described, id: keys.get(each) };
  };
  const json = toJSONSchema(schema, {
    target: "draft-2020-12",
    io: "input",
    unrepresentable: "any",
    metadata: { get } as typeof globalRegistry, // it asks for no more
    override: direction === "reply" ? asEncoded : asTaken,
  });
  const named = [...keys].map(([each, key]) => [key, each as $ZodTypes] as const); // zod's own are all of these
  return { json: json as Json, named: new Map(named) };
}

/** Makes what a JSON Schema defines for itself components, for a document has no other place for it. */
function settle(
  schema: object,
  { json: { $schema: _, "~standard": __, $defs = {}, ...root }, named }: Converted,
  direction: Direction,
  { name, components }: Place,
  names = new Map<string, string>(),
): Json {
  const definitions = new Map(Object.entries({ "#": root, ...($defs as Record<string, Json>) })); // JSON Schema's own
  const refer = (key: string): Json => {
    const own = named.get(key);
    if (own !== undefined) return defineNamed(own, direction, components);
    if (!names.has(key)) names.set(key, names.size === 0 ? name : `${name}${names.size + 1}`);
    return define(components, names.get(key) ?? name, schema, () => link(definitions.get(key) ?? {}, refer));
  };
  return JSON.stringify({ root, $defs }).includes('"$ref":"#"') ? refer("#") : link(root, refer);
}

/** Once under its name, wherever it is used; what is another schema in a request than in a reply is called so there. */
function defineNamed(schema: $ZodTypes, direction: Direction, components: Components): Json {
  const both = bothOf(schema, components);
  const { json, named } = both[direction];
  const id = String(globalRegistry.get(schema)?.id).replaceAll(/[^\w.-]/g, "_");
  const differs = direction === "request" && JSON.stringify(json) !== JSON.stringify(both.reply.json);
  const name = differs ? `${id}Input` : id;
  return define(components, name, schema, () => {
    const { $defs, $ref } = json as { $defs: Record<string, Json>; $ref: string }; // such is what has an id
    const root = $defs[$ref.slice("#/$defs/".length)];
    const taken = new Map([["", name]]);
    return settle(schema, { json: { ...root, $defs }, named }, direction, { name, components }, taken);
  });
}

type Both = Readonly<Record<Direction, Converted>>;
const converted = new WeakMap<Components, Map<$ZodTypes, Both>>();

/** Both directions of a schema, once for each document. */
function bothOf(schema: $ZodTypes, components: Components): Both {
  const known = converted.get(components) ?? new Map<$ZodTypes, Both>();
  converted.set(components, known);
  const both = known.get(schema) ?? {
    request: convert(schema, "request"),
    reply: convert(schema, "reply"),
  };
  known.set(schema, both);
  return both;
}

/** A schema with its references made anew. */
function link(schema: Json, refer: (key: string) => Json): Json {
  const text = JSON.stringify(schema).replaceAll(
    /"\$ref":("#(?:\/\$defs\/(?:[^"\\]|\\.)*)?")/g,
    (_, quoted) => {
      const key = String(JSON.parse(quoted)).replace("#/$defs/", "");
      return JSON.stringify(refer(decodePointer(key))).slice(1, -1);
    },
  );
  return JSON.parse(text);
}

/** https://datatracker.ietf.org/doc/html/rfc6901#section-4 */
function decodePointer(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}

type Override = NonNullable<NonNullable<Parameters<typeof toJSONSchema>[1]>["override"]>;

/** An object that is encoded has what has a default. That it may have more one day is no caller's to mind. */
const asEncoded: Override = ({ zodSchema, jsonSchema }) => require(zodSchema, jsonSchema, isAlwaysThere);

/** An object that is taken needs nothing of what it forgives; zod says so of what is optional or has a default. */
const asTaken: Override = ({ zodSchema, jsonSchema }) =>
  require(zodSchema, jsonSchema, (field, name) =>
    jsonSchema.required?.includes(name) === true && !isForgiven(field));

/** Says which fields of an object must be there. */
function require(
  zodSchema: $ZodType,
  jsonSchema: JSONSchema.BaseSchema,
  isRequired: (field: $ZodType, name: string) => boolean,
): void {
  const { def } = (zodSchema as $ZodTypes)._zod; // zod's own schemas are all of these
  if (def.type !== "object") return;
  const fields = Object.entries(def.shape).filter(([name, field]) => isRequired(field, name));
  if (fields.length > 0) jsonSchema.required = fields.map(([name]) => name);
  else delete jsonSchema.required;
}

/** Whether whatever is there, or is not, will do. */
function isForgiven(schema: $ZodType): boolean {
  const { def } = (schema as $ZodTypes)._zod; // as above
  if (def.type === "catch") return true;
  return (def.type === "nullable" || def.type === "readonly") && isForgiven(def.innerType);
}

function isAlwaysThere(schema: $ZodType): boolean {
  const { def, optout } = (schema as $ZodTypes)._zod; // as above
  if (def.type === "pipe") return isAlwaysThere(def.in);
  if (def.type === "default" || def.type === "prefault" || def.type === "catch")
    return isAlwaysThere(def.innerType);
  return optout === undefined;
}
