import { isFile } from "../contract/form-file.ts";
import type { Fields, FileRule } from "../contract/schema.ts";
import { type Components, DescriptionError, resolve } from "./components.ts";
import { fieldsOf } from "./fields.ts";
import { type Json, type Place, toJson } from "./json-schema.ts";

/** The schema of a form with its files, the types that each file may have, and an example that has each file by its name. */
export function toFormContent({ schema: ofTexts, files }: Fields, example: unknown, place: Place) {
  const texts = toJson(ofTexts, "request", place);
  const fields = fieldsOf(texts, place.components);
  if (fields === undefined) throw new DescriptionError("its form is an object, and its schema takes none");
  const rules = Object.entries(files);
  const encoding = toEncoding(fields.properties, files, place.components);
  const about = {
    ...(Object.keys(encoding).length > 0 && { encoding }),
    example: example === undefined ? undefined : toShown(example),
  };
  if (rules.length === 0) return { schema: texts, ...about };
  const { properties, required, others } = fields;
  const { allOf: _, anyOf: __, oneOf: ___, ...rest } = resolve(texts, place.components);
  const always = rules.filter(([, { optional }]) => !optional).map(([name]) => name);
  const described = rules.map(([name, rule]) => [name, toFileSchema(rule)]);
  const all = { ...Object.fromEntries(properties), ...Object.fromEntries(described) };
  const schema = { type: "object", ...rest, ...others, properties: all, required: [...required, ...always] };
  return { schema, ...about };
}

/** How each field is sent that is not one text: a list by its name again and again, a file in one of its types. */
function toEncoding(
  properties: ReadonlyMap<string, Json>,
  files: Fields["files"],
  components: Components,
): Readonly<Record<string, Json>> {
  const repeated = { style: "form", explode: true };
  const lists = [...properties].filter(([, field]) => resolve(field, components).type === "array");
  const ofFiles = Object.entries(files).map(([name, { types, atMost }]): [string, Json] => [
    name,
    { ...(types && { contentType: types.join(", ") }), ...(atMost !== undefined && repeated) },
  ]);
  const all = [...lists.map(([name]): [string, Json] => [name, repeated]), ...ofFiles];
  return Object.fromEntries(all.filter(([, how]) => Object.keys(how).length > 0));
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
