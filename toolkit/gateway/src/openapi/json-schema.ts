import { type $ZodType, type $ZodTypes, type JSONSchema, toJSONSchema } from "zod/v4/core";
import type { Schema } from "../contract/schema.ts";
import { isZod } from "./zod-schema.ts";

export type Json = { readonly [key: string]: unknown };

/** Schemas that others refer to, by name. */
export type Components = Record<string, Json>;

type Described = {
  readonly jsonSchema?: Readonly<Record<"input" | "output", (options: { target: string }) => Json>>;
};

/** What a schema describes: what a caller sends, before it is decoded, or the body of a reply as it arrives. */
export type Direction = "request" | "reply";

/** https://standardschema.dev/json-schema, or zod's own way. Both directions of a schema of zod are its input: a reply is encoded. */
export function toJson(schema: Schema, direction: Direction, components: Components): Json {
  const target = "draft-2020-12";
  const standard: Schema["~standard"] & Described = schema["~standard"];
  const described = isZod(schema)
    ? toJSONSchema(schema, {
        target,
        io: "input",
        unrepresentable: "any",
        ...(direction === "reply" && { override: asEncoded }),
      })
    : standard.jsonSchema?.[direction === "reply" ? "output" : "input"]({ target });
  if (described === undefined) throw new TypeError(`a schema of ${standard.vendor} has no JSON Schema`);
  return hoist(described as Json, components);
}

/** An object that is encoded has what has a default, and nothing that its schema does not name. */
function asEncoded({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: $ZodType;
  jsonSchema: JSONSchema.BaseSchema;
}): void {
  const { def } = (zodSchema as $ZodTypes)._zod; // zod's own schemas are all of these
  if (def.type !== "object") return;
  const required = Object.keys(def.shape).filter((name) => isAlwaysThere(def.shape[name]));
  if (required.length > 0) jsonSchema.required = required;
  else delete jsonSchema.required;
  if (def.catchall === undefined) jsonSchema.additionalProperties = false;
}

function isAlwaysThere(schema: $ZodType | undefined): boolean {
  if (schema === undefined) return false;
  const { def, optout } = (schema as $ZodTypes)._zod; // as above
  if (def.type === "pipe") return isAlwaysThere(def.in);
  if (def.type === "default" || def.type === "prefault" || def.type === "catch")
    return isAlwaysThere(def.innerType);
  return optout === undefined;
}

/** Makes what a JSON Schema defines for itself a component, for a document has no other place for it. */
function hoist({ $schema: _, "~standard": __, $defs, ...root }: Json, components: Components): Json {
  const text = JSON.stringify({ root, $defs });
  if (!text.includes('"$ref":"#')) return root;
  const prefix = `Schema${Object.keys(components).length}`;
  const moved: { root: Json; $defs?: Record<string, Json> } = JSON.parse(
    text
      .replaceAll('"$ref":"#/$defs/', `"$ref":"#/components/schemas/${prefix}.`)
      .replaceAll('"$ref":"#"', `"$ref":"#/components/schemas/${prefix}"`),
  );
  for (const [name, definition] of Object.entries(moved.$defs ?? {}))
    components[`${prefix}.${name}`] = definition;
  if (text.includes('"$ref":"#"')) components[prefix] = moved.root;
  return moved.root;
}

/** https://datatracker.ietf.org/doc/html/rfc9457 */
export const problemSchema = {
  type: "object",
  required: ["type", "title", "status", "detail", "instance"],
  properties: {
    type: { type: "string", description: "A stable code to switch on" },
    title: { type: "string" },
    status: { type: "integer", minimum: 400, maximum: 599 },
    detail: { type: "string", description: "What to do about it" },
    instance: { type: "string", description: "The request's id, for the logs" },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["pointer", "detail"],
        properties: {
          in: {
            type: "string",
            enum: ["path", "query", "header", "cookie"],
            description: "The body if left out",
          },
          pointer: { type: "string", description: "Where it is: RFC 6901, as a URI fragment" },
          detail: { type: "string", description: "What to do about it" },
        },
      },
    },
  },
};
