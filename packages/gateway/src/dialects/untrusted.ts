import type { StringRecord } from "../request.ts";

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

/** Each name with its texts, whether the event lists them or has one alone; other values are dropped. */
export function entriesOf(value: unknown): [name: string, texts: string[]][] {
  if (!isObject(value)) return [];
  return Object.entries(value).map(([name, content]) => [name, [content].flat().filter(isText)]);
}

/** Names in lower case, repeated values joined as RFC 9110 does; undefined where there is no object. */
export function toHeaders(value: unknown): StringRecord | undefined {
  return isObject(value) ? toRecord(value, (name) => name.toLowerCase()) : undefined;
}

export function toRecord(value: unknown, rename = (name: string) => name): StringRecord {
  const record: Record<string, string> = Object.create(null);
  for (const [name, texts] of entriesOf(value)) {
    const key = rename(name);
    const separator = key === "cookie" ? "; " : ", ";
    if (texts.length > 0) record[key] = texts.join(separator);
  }
  return record;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
