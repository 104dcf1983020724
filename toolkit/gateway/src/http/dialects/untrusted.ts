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

/** Names in lower case, repeated values joined as RFC 9110 does; undefined where there is no object. */
export function headersOf(value: unknown): StringRecord | undefined {
  return isObject(value) ? toRecord(value, lowerCase) : undefined;
}

/**
 * One header. Most gateways write names in lower case, so it is mostly found without a look at the others; a name in lower
 * case goes before the same in capitals.
 */
export function findHeader(headers: unknown, name: string): string | undefined {
  const content = isObject(headers) ? headers[name] : undefined;
  return typeof content === "string" ? content : headersOf(headers)?.[name];
}

export function toRecord(value: unknown, rename?: (name: string) => string): StringRecord {
  const record: Record<string, string> = Object.create(null);
  if (!isObject(value)) return record;
  // Every request comes through here, mostly with texts alone: nothing is made that is not kept.
  for (const name of Object.keys(value)) {
    const content = value[name];
    const key = rename ? rename(name) : name;
    if (typeof content === "string") {
      record[key] = content;
    } else {
      const texts = textsOf(content);
      if (texts.length > 0) record[key] = texts.join(key === "cookie" ? "; " : ", ");
    }
  }
  return record;
}

export function textsOf(content: unknown): readonly string[] {
  if (typeof content === "string") return [content];
  return Array.isArray(content) ? content.filter((text) => typeof text === "string") : [];
}

export function lowerCase(name: string): string {
  return name.toLowerCase();
}

/** Puts a query together again; `encode` is for names and values that the gateway has decoded. */
export function toQuery(parameters: unknown, encode: (text: string) => string): string {
  const pairs = Object.entries(fieldsOf<Record<string, unknown>>(parameters)).flatMap(([name, value]) =>
    textsOf(value).map((text) => `${encode(name.toWellFormed())}=${encode(text.toWellFormed())}`),
  );
  return pairs.join("&");
}
