import type { Headers } from "../request.ts";

/** An event whose keys are AWS's own and whose values are whatever came: nobody checked them on the way. */
export type Untrusted<T> = { readonly [Key in keyof T]?: unknown };

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value's fields, none where it is not an object. */
export function fieldsOf<T>(value: unknown): Untrusted<T> {
  return isObject(value) ? (value as Untrusted<T>) : {}; // any object fits: every field is optional and unknown
}

export function toText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Names in lower case; values that are not text, or lists of text, are dropped. Undefined without an object. */
export function toHeaders(value: unknown): Headers | undefined {
  if (!isObject(value)) return undefined;
  const headers: Record<string, string> = Object.create(null);
  for (const [name, content] of Object.entries(value)) {
    const text = Array.isArray(content) ? content.filter(toText).join(", ") : toText(content);
    if (text !== undefined) headers[name.toLowerCase()] = text;
  }
  return headers;
}
