import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Schema } from "./schema.ts";

/** What a schema, or that of a form, makes of a value at once; undefined where it takes its time. */
export function validateNow(schema: Schema, value: unknown): StandardSchemaV1.Result<unknown> | undefined {
  const result = schema.media?.fields?.check(value) ?? schema["~standard"].validate(value);
  if (!(result instanceof Promise)) return result;
  result.catch(() => {});
  return undefined;
}
