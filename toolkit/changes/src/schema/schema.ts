export type Json = { readonly [key: string]: unknown };

/** A JSON Schema 2020-12, as OpenAPI 3.1 has it. */
export type Schema = Json | boolean;

/** What a `$ref` of a document leads to. Throws an error where there is nothing. */
export function resolveRef(ref: string, document: Json): unknown {
  const [, pointer] = /^#((?:\/.*)?)$/.exec(ref) ?? [];
  const words = (pointer ?? "").split("/").slice(1).map(unescapePointer);
  let found: unknown = pointer === undefined ? undefined : document;
  for (const word of words)
    found = isJson(found) || Array.isArray(found) ? Reflect.get(found, word) : undefined;
  if (found === undefined)
    throw new Error(`The document refers to ${JSON.stringify(ref)}, which is not in it.`);
  return found;
}

/** https://datatracker.ietf.org/doc/html/rfc6901, as a URI fragment. */
function unescapePointer(word: string): string {
  return decodeURIComponent(word).replaceAll("~1", "/").replaceAll("~0", "~");
}

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A schema that was found in a document: what is none allows anything. */
export function toSchema(value: unknown): Schema {
  return isJson(value) || value === false ? value : true;
}

/** A record that was found in a document. */
export function toJson(value: unknown): Json {
  return isJson(value) ? value : {};
}

/** The same text for equal values, whatever the order of their keys. */
export function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, item) =>
      isJson(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
    ) ?? "undefined"
  );
}

/** Whether it is the same in both documents, with all that it refers to. */
export function isUnchanged(value: unknown, before: Json, after: Json, known = new Set<string>()): boolean {
  if (Array.isArray(value)) return value.every((each) => isUnchanged(each, before, after, known));
  if (!isJson(value)) return true;
  const { $ref, ...rest } = value;
  if (!Object.values(rest).every((each) => isUnchanged(each, before, after, known))) return false;
  if (typeof $ref !== "string" || known.has($ref)) return true;
  known.add($ref);
  const target = resolveRef($ref, before);
  return (
    canonical(target) === canonical(resolveRef($ref, after)) && isUnchanged(target, before, after, known)
  );
}
