import type { Schema } from "../contract/schema.ts";
import { type Components, type Direction, type Json, toJson } from "./json-schema.ts";

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
      ? toJson(schema, direction, components)
      : media.form === "text"
        ? { type: "string" }
        : {};
  return {
    [media?.type ?? "application/json"]: { schema: described, ...(example !== undefined && { example }) },
  };
}

/** Bytes as a document can show them: undefined where they are no text. */
function toText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
