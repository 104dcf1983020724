import { isFile } from "../contract/form-file.ts";
import type { Fields, FileRule } from "../contract/schema.ts";
import { type Components, DescriptionError, resolve } from "./components.ts";
import { type Fields as Described, fieldsOf } from "./fields.ts";
import type { Json } from "./json.ts";
import { type Place, toJson } from "./json-schema.ts";

/** The schema of a form with its files, the types that each file may have, and an example that has each file by its name. */
export function toFormContent(
  { schema: ofTexts, files }: Fields,
  type: string,
  example: unknown,
  place: Place,
) {
  const texts = toJson(ofTexts, "request", place);
  const fields = fieldsOf(texts, place.components);
  if (fields === undefined) throw new DescriptionError("its form is an object, and its schema takes none");
  const rules = Object.entries(files);
  const encoding = toEncoding(fields, files, type, place.components);
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

/**
 * How each field is sent that is not one text: a list by its name again and again, a file in one of its types. The lists of a
 * multipart form are many parts by themselves, and what is said of their style would take back their types.
 */
function toEncoding(
  { properties }: Described,
  files: Fields["files"],
  type: string,
  components: Components,
): Readonly<Record<string, Json>> {
  const lists = [...properties].filter(([, field]) => resolve(field, components).type === "array");
  const ofTexts = type.startsWith("multipart/")
    ? []
    : lists.map(([name]) => [name, { style: "form", explode: true }]);
  const ofFiles = Object.entries(files).flatMap(([name, { types }]) =>
    types ? [[name, { contentType: types.join(", ") }]] : [],
  );
  return Object.fromEntries([...ofTexts, ...ofFiles]);
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
