import { type Described, definitionOf } from "../contract/definition.ts";
import { isFile } from "../contract/form-file.ts";
import type { Schema } from "../contract/schema.ts";
import { toText } from "../contract/url.ts";

/** What runs a schema of zod backward, with no import of zod; see http/reply-check.ts. */
type Encoder = {
  readonly _zod: {
    readonly run: (
      start: { value: unknown; issues: [] },
      context: { direction: "backward"; async: true },
    ) => Encoded | Promise<Encoded>;
  };
};
type Encoded = { readonly value: unknown; readonly issues: readonly unknown[] };

export type EncodedFields = Readonly<Record<string, readonly (string | object)[]>>;

/**
 * The fields of a query, of headers or of a form, each as the texts that are sent; a file stays what it is. Text is sent as it
 * is, and another value as its schema of zod encodes it, so that a codec's Date is what the codec makes of it. Where a schema
 * has no way back, null and undefined are left out, and what has no text is refused with a TypeError.
 */
export async function encodeFields(
  part: string,
  schema: Schema | undefined,
  values: object,
): Promise<EncodedFields> {
  const { shape = {} } = definitionOf(schema as Described | undefined); // if zod made it
  const entries = Object.entries(values).map(async ([name, value]) => [
    name,
    await encode(`${part}.${name}`, shape[name], value),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

async function encode(
  place: string,
  schema: Described | undefined,
  value: unknown,
): Promise<(string | object)[]> {
  const { element } = definitionOf(schema);
  const isList = Array.isArray(value);
  if (value === undefined) return [];
  if (typeof value === "string" || isFile(value) || value instanceof Blob) return [value];
  const isWire = isList && element && value.every((item) => typeof item === "string");
  if (schema && !isWire && hasEncoding(schema)) {
    const encoded = await runBackward(schema, value);
    if (encoded?.issues.length === 0) return [encoded.value].flat().flatMap((item) => toTexts(place, item));
  }
  if (!isList) return toTexts(place, value);
  return (await Promise.all(value.map((item) => encode(place, element, item)))).flat();
}

function toTexts(place: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const isText =
    value instanceof Date ? !Number.isNaN(value.getTime()) : !/object|function|symbol/.test(typeof value);
  if (isText) return [toText(value)];
  throw new TypeError(`${place} cannot be sent as text: give text, a number, a truth value or a Date`);
}

const encodings = new WeakMap<Described, boolean>();

/** Whether some part of a schema has a codec: what is coerced takes null for 0, and has no need of one. Looked up once a schema. */
function hasEncoding(schema: Described): boolean {
  const known = encodings.get(schema) ?? looksEncoded(schema);
  encodings.set(schema, known);
  return known;
}

function looksEncoded(schema: Described): boolean {
  try {
    return /"type":"(?:pipe|lazy)"/.test(JSON.stringify(schema));
  } catch {
    return true; // it holds itself
  }
}

/** Undefined where it has no way back. */
async function runBackward(schema: Described, value: unknown): Promise<Encoded | undefined> {
  const { _zod } = schema as Described & Encoder; // which whatever zod has made is
  try {
    return await _zod.run({ value, issues: [] }, { direction: "backward", async: true });
  } catch {
    return undefined;
  }
}
