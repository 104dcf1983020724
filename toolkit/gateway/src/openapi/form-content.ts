import { isFile } from "../contract/form-file.ts";
import type { Fields, FileRule } from "../contract/schema.ts";
import { DescriptionError, resolve } from "./components.ts";
import { fieldsOf } from "./fields.ts";
import { type Json, type Place, toJson } from "./json-schema.ts";

/** The schema of a form with its files, the types that each file may have, and an example that has each file by its name. */
export function toFormContent({ schema, files }: Fields, example: unknown, place: Place) {
  const texts = toJson(schema, "request", place);
  const fields = fieldsOf(texts, place.components);
  if (fields === undefined) throw new DescriptionError("its form is an object, and its schema takes none");
  if (Object.keys(files).length === 0) return { schema: texts, example };
  const { properties, required, others } = fields;
  const { allOf: _, anyOf: __, oneOf: ___, ...rest } = resolve(texts, place.components);
  const rules = Object.entries(files);
  const always = rules.filter(([, { optional }]) => !optional).map(([name]) => name);
  const described = rules.map(([name, rule]) => [name, toFileSchema(rule)]);
  const encoding = rules.flatMap(([name, { types }]) =>
    types ? [[name, { contentType: types.join(", ") }]] : [],
  );
  return {
    schema: {
      type: "object",
      ...rest,
      ...others,
      properties: { ...Object.fromEntries(properties), ...Object.fromEntries(described) },
      required: [...required, ...always],
    },
    ...(encoding.length > 0 && { encoding: Object.fromEntries(encoding) }),
    example: example === undefined ? undefined : toShown(example),
  };
}

function toShown(example: unknown): Json {
  const fields = Object.entries(Object(example)).map(([name, item]) => [
    name,
    Array.isArray(item) ? item.map(showFile) : showFile(item),
  ]);
  return Object.fromEntries(fields);
}

/** A file as a document can show it: by its name. */
function showFile(item: unknown): unknown {
  return isFile(item) ? `<${item.name}>` : item;
}

/** `format` is what tools of OpenAPI 3.0 go by, the media type what 3.1 has instead. */
function toFileSchema({ types, atMost, optional }: FileRule): Json {
  const [only, ...others] = types ?? [];
  const contentMediaType =
    only && others.length === 0 && !only.endsWith("/*") ? only : "application/octet-stream";
  const file = { type: "string", format: "binary", contentMediaType };
  if (atMost === undefined) return file;
  return { type: "array", items: file, ...(!optional && { minItems: 1 }), maxItems: atMost };
}
