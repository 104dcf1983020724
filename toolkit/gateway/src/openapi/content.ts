import { JSON_TYPE } from "../contract/json-type.ts";
import { typeOf } from "../contract/one-of.ts";
import { essenceOf, type Media, type Schema } from "../contract/schema.ts";
import { toFormContent } from "./form-content.ts";
import type { Json } from "./json.ts";
import { type Direction, type Place, toJson } from "./json-schema.ts";

/** The body of a request by its media types; of several the example is of the first. */
export function toRequestContent(body: Schema, example: unknown, { name, components }: Place): Json {
  const contents = (body.several ?? [body]).map((schema, index) =>
    toContent(schema, "request", index === 0 ? example : undefined, {
      name: index === 0 ? name : `${name}Or${index + 1}`,
      components,
    }),
  );
  return Object.assign({}, ...contents);
}

/** A body by its media type without parameters: its schema, and its example where a document can show it. */
export function toContent(schema: Schema, direction: Direction, given: unknown, place: Place): Json {
  const { media } = schema;
  const example = given instanceof Uint8Array ? toText(given) : given;
  const described =
    media === undefined
      ? { schema: toJson(schema, direction, place), example }
      : media.fields
        ? toFormContent(media.fields, media.type, example, place)
        : toMediaContent(media, example);
  const { example: shown, ...rest } = described;
  return { [essenceOf(typeOf(schema))]: { ...rest, ...(shown !== undefined && { example: shown }) } };
}

/** JSON that the function writes and reads itself may be any. */
function toMediaContent({ form, type }: Media, example: unknown): { schema: Json; example?: unknown } {
  if (JSON_TYPE.test(type)) return { schema: {}, example: parse(example) };
  if (form === "text") return { schema: { type: "string" }, example };
  return { schema: { type: "string", format: "binary", contentMediaType: essenceOf(type) }, example };
}

function parse(example: unknown): unknown {
  try {
    return JSON.parse(String(example));
  } catch {
    return undefined;
  }
}

/** Bytes as a document can show them: undefined where they are no text. */
function toText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
