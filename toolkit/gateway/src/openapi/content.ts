import { typeOf } from "../contract/one-of.ts";
import type { Schema } from "../contract/schema.ts";
import { toFormContent } from "./form-content.ts";
import { type Components, type Direction, type Json, toJson } from "./json-schema.ts";

/** The body of a request by its media types; of several the example is of the first. */
export function toRequestContent(body: Schema, example: unknown, components: Components): Json {
  const contents = (body.several ?? [body]).map((schema, index) =>
    toContent(schema, "request", index === 0 ? example : undefined, components),
  );
  return Object.assign({}, ...contents);
}

/** A body by its media type: its schema, and its example where a document can show it. */
export function toContent(
  schema: Schema,
  direction: Direction,
  given: unknown,
  components: Components,
): Json {
  const { media } = schema;
  const example = given instanceof Uint8Array ? toText(given) : given;
  const described =
    media === undefined
      ? { schema: toJson(schema, direction, components), example }
      : media.fields
        ? toFormContent(media.fields, example, components)
        : { schema: media.form === "text" ? { type: "string" } : {}, example };
  const { example: shown, ...rest } = described;
  return { [typeOf(schema)]: { ...rest, ...(shown !== undefined && { example: shown }) } };
}

/** Bytes as a document can show them: undefined where they are no text. */
function toText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
