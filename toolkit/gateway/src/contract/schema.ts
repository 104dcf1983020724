import type { StandardSchemaV1 } from "@standard-schema/spec";
import { printf } from "./printf.ts";
import { quoteWord } from "./shell.ts";

/** Any schema of https://standardschema.dev: zod, valibot, arktype and others. It stands for a JSON value. */
export type Schema<Input = unknown, Output = Input> = StandardSchemaV1<Input, Output> & {
  /** What it stands for instead, where `text` or `bytes` made it. */
  readonly media?: Media;
  /** Where `oneOf` made it: the schemas of bodies of several media types. */
  readonly several?: readonly Schema[];
  /** Likewise: that of a request's body. Where none takes it, one that refuses it, and says what all take. */
  choose?(request: BodyHead): Schema;
};

/** What of a request says how to read its body. */
export type BodyHead = {
  readonly contentType: string | undefined;
  readonly headers: object | undefined;
  readonly body: string | undefined;
};

export type Media = {
  /** What the function gets, or what `read` takes apart. */
  readonly form: "text" | "bytes";
  /** With its parameters, such as `text/html; charset=utf-8`. */
  readonly type: string;
  /** The content codings that are taken, such as `gzip`; and `identity`, which is none. */
  readonly encodings: readonly string[];
  /** Whether a request's content type is this one, whatever its parameters. */
  accepts(contentType: string): boolean;
  /** A curl command, up to where its address follows, made to send such a body. */
  sendWith(curl: string, body: unknown): string;
  /** Takes the bytes of a request's body apart, in their place; gives a Problem where they are malformed. */
  read?(input: { body?: unknown }, head: BodyHead): unknown;
  /** Makes of a value what `fetch` sends, which knows its content type. */
  encode?(value: unknown): URLSearchParams | FormData;
  /** Of a form. */
  readonly fields?: Fields;
};

/** What a form has: for its document and its example. */
export type Fields = {
  /** Of an object with the fields that are text. */
  readonly schema: Schema;
  readonly files: Readonly<Record<string, FileRule>>;
  /** Holds a value to them at once, unless the schema takes its time. */
  check(value: unknown): ReturnType<Schema["~standard"]["validate"]>;
};

/** What a file of a form must be. */
export type FileRule = {
  /** Such as `image/png`, or `image/*`; any unless told. */
  readonly types?: readonly string[];
  /** Of each; as much as the body may have unless told. */
  readonly maxBytes?: number;
  /** Where there may be several, and the function gets a list: so many at most. */
  readonly atMost?: number;
  /** Whether it may be left out; of several, all. */
  readonly optional?: boolean;
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
    sendWith: (curl, body) => sendWith(`${curl} -H ${quoteWord(`content-type: ${type}`)}`, body),
    accepts: (given) => essenceOf(given) === essenceOf(type),
  };
  return { media, "~standard": { version: 1, vendor: "lucky", validate } };
}

/** A media type without its parameters. */
export function essenceOf(type: string): string {
  return type.replace(/;.*/s, "").trim().toLowerCase();
}

/** Text as a word of the command, and what no word can be from a pipe. */
function sendWith(curl: string, body: unknown): string {
  if (typeof body === "string" && !body.includes("\0"))
    return `${curl} ${body.startsWith("@") ? "--data-raw" : "-d"} ${quoteWord(body)}`;
  const octets = typeof body === "string" ? new TextEncoder().encode(body) : (body as Uint8Array); // of no other type
  return octets.length > 0 ? `${printf(octets)} | ${curl} --data-binary @-` : `${curl} --data-binary ''`;
}
