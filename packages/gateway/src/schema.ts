import type { StandardSchemaV1 } from "@standard-schema/spec";

/**
 * Any schema of https://standardschema.dev: zod, valibot, arktype and others. It stands for JSON unless it names
 * another media type, as those that `text` and `bytes` make do.
 */
export type Schema<Input = unknown, Output = Input> = StandardSchemaV1<Input, Output> & {
  readonly mediaType?: string;
};
export type Input<S extends Schema> = StandardSchemaV1.InferInput<S>;
export type Output<S extends Schema> = StandardSchemaV1.InferOutput<S>;

/** A body of text, such as `text("text/html; charset=utf-8")`. */
export function text(
  mediaType = "text/plain; charset=utf-8",
): Schema<string> & { readonly mediaType: string } {
  return mediaSchema(mediaType, (value) => typeof value === "string");
}

/** A body of bytes, such as `bytes("image/png")`. */
export function bytes(mediaType: string): Schema<Uint8Array> & { readonly mediaType: string } {
  return mediaSchema(mediaType, (value) => value instanceof Uint8Array);
}

function mediaSchema<T>(mediaType: string, accepts: (value: unknown) => boolean) {
  const validate = (value: unknown): StandardSchemaV1.Result<T> =>
    accepts(value) ? { value: value as T } : { issues: [{ message: `Give a body of ${mediaType}.` }] }; // just checked
  return { mediaType, "~standard": { version: 1 as const, vendor: "lucky", validate } };
}
