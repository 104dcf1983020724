import type { StandardSchemaV1 } from "@standard-schema/spec";

/** Any schema of https://standardschema.dev: zod, valibot, arktype and others. It stands for a JSON value. */
export type Schema<Input = unknown, Output = Input> = StandardSchemaV1<Input, Output> & {
  /** What it stands for instead, where `text` or `bytes` made it. */
  readonly media?: Media;
};

export type Media = {
  readonly form: "text" | "bytes";
  /** With its parameters, such as `text/html; charset=utf-8`. */
  readonly type: string;
};

export type Input<S extends Schema> = StandardSchemaV1.InferInput<S>;
export type Output<S extends Schema> = StandardSchemaV1.InferOutput<S>;

/** A body of text, such as `text("text/html; charset=utf-8")`. */
export function text(type = "text/plain; charset=utf-8"): Schema<string> {
  return mediaSchema({ form: "text", type }, (value) => typeof value === "string");
}

/** A body of bytes, such as `bytes("image/png")`. */
export function bytes(type: string): Schema<Uint8Array> {
  return mediaSchema({ form: "bytes", type }, (value) => value instanceof Uint8Array);
}

function mediaSchema<T>(media: Media, accepts: (value: unknown) => boolean): Schema<T> {
  const validate = (value: unknown): StandardSchemaV1.Result<T> =>
    accepts(value) ? { value: value as T } : { issues: [{ message: `Give a body of ${media.type}.` }] }; // just checked
  return { media, "~standard": { version: 1, vendor: "lucky", validate } };
}
