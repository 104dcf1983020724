import type { StandardSchemaV1 } from "@standard-schema/spec";
import { quoteWord } from "./shell.ts";

/** Any schema of https://standardschema.dev: zod, valibot, arktype and others. It stands for a JSON value. */
export type Schema<Input = unknown, Output = Input> = StandardSchemaV1<Input, Output> & {
  /** What it stands for instead, where `text` or `bytes` made it. */
  readonly media?: Media;
};

export type Media = {
  readonly form: "text" | "bytes";
  /** With its parameters, such as `text/html; charset=utf-8`. */
  readonly type: string;
  /** The content codings that are taken, such as `gzip`; and `identity`, which is none. */
  readonly encodings: readonly string[];
  /** Whether a request's content type is this one, whatever its parameters. */
  accepts(contentType: string): boolean;
  /** A curl command, up to where its address follows, made to send such a body. */
  sendWith(curl: string, body: unknown): string;
};

export type Input<S extends Schema> = StandardSchemaV1.InferInput<S>;
export type Output<S extends Schema> = StandardSchemaV1.InferOutput<S>;

/** A body of text, such as `text("text/html; charset=utf-8")`. */
export function text(type = "text/plain; charset=utf-8"): Schema<string> {
  return mediaSchema("text", type, [], (value) => typeof value === "string");
}

/**
 * A body of bytes, such as `bytes("image/png")`. A request's bytes that are compressed are refused, but for the `encodings`
 * that the function says it decodes: it gets them as they came. Its contract asks for the header `content-encoding` then.
 *
 *     bytes("text/csv", { encodings: ["gzip"] })
 */
export function bytes(
  type: string,
  { encodings = [] }: { readonly encodings?: readonly string[] } = {},
): Schema<Uint8Array> {
  return mediaSchema("bytes", type, encodings, (value) => value instanceof Uint8Array);
}

function mediaSchema<T>(
  form: Media["form"],
  type: string,
  encodings: readonly string[],
  isOne: (value: unknown) => boolean,
): Schema<T> {
  const validate = (value: unknown): StandardSchemaV1.Result<T> =>
    isOne(value) ? { value: value as T } : { issues: [{ message: `Give a body of ${type}.` }] }; // just checked
  const media: Media = {
    form,
    type,
    encodings: [...encodings, "identity"],
    sendWith,
    accepts: (given) => essenceOf(given) === essenceOf(type),
  };
  return { media, "~standard": { version: 1, vendor: "lucky", validate } };
}

function essenceOf(type: string): string {
  return type.replace(/;.*/s, "").trim().toLowerCase();
}

/** Text as a word of the command, and what no word can be from a pipe, which every shell's own printf can fill. */
function sendWith(curl: string, body: unknown): string {
  if (typeof body === "string" && !body.includes("\0"))
    return `${curl} ${body.startsWith("@") ? "--data-raw" : "-d"} ${quoteWord(body)}`;
  const octets = typeof body === "string" ? new TextEncoder().encode(body) : (body as Uint8Array); // of no other type
  const format = Array.from(octets, (octet) => `\\${octet.toString(8).padStart(3, "0")}`).join("");
  return octets.length > 0 ? `printf '${format}' | ${curl} --data-binary @-` : `${curl} --data-binary ''`;
}
