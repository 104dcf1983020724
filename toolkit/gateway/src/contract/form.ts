import type { StandardSchemaV1 } from "@standard-schema/spec";
import { validateQuery } from "../http/query-lists.ts";
import { Problem } from "./problem.ts";
import { essenceOf, type Fields, type Input, type Media, type Output, type Schema } from "./schema.ts";
import { quoteWord } from "./shell.ts";
import { isThere, pairsOf, toText } from "./url.ts";

/** A schema of a body that is no JSON: its value is made of the bytes that arrive. */
export type FormSchema<In, Out, Type extends string = string, Texts extends Schema = Schema> = Schema<
  In,
  Out
> & {
  readonly media: FormMedia<Type, Texts>;
};
export type FormMedia<Type extends string, Texts extends Schema> = Media & {
  readonly type: Type;
  readonly fields: Fields & { readonly schema: Texts };
};

const TYPE = "application/x-www-form-urlencoded";
/** Octets as a URL escapes them. */
const ESCAPED = /(?:%[\da-f]{2})+/gi;

/**
 * A body as HTML forms send it unless told otherwise. As in a query, each field is a string, or a list of strings where it is
 * repeated or the schema wants a list.
 *
 *     body: form(z.object({ email: z.email(), topic: z.array(z.string()), age: z.coerce.number() }))
 */
export function form<S extends Schema>(schema: S): FormSchema<Input<S>, Output<S>, typeof TYPE, S> {
  const validate = (value: unknown) => validateQuery(schema, toTexts(value)) as Validated<S>; // as the schema has it
  const media: FormMedia<typeof TYPE, S> = {
    form: "text",
    type: TYPE,
    encodings: ["identity"],
    accepts: (given) => isOfType(given, TYPE),
    sendWith: (curl, value) => [curl, ...wordsOf(value)].join(" "),
    read(input) {
      const fields = fieldsOf(String(input.body));
      input.body = input.body === "" ? undefined : fields; // it is missing
      return fields ? undefined : new Problem("malformed-body", "Send UTF-8, percent-encoded.");
    },
    encode: (value) =>
      new URLSearchParams(pairsOf(value).map(([name, item]): [string, string] => [name, toText(item)])),
    fields: { schema, files: {}, check: (value) => schema["~standard"].validate(toTexts(value)) },
  };
  return { media, "~standard": { version: 1, vendor: "lucky", validate } };
}

type Validated<S extends Schema> = Promise<StandardSchemaV1.Result<Output<S>>>;

/** Whether a content type is that one, in no other charset than UTF-8. */
export function isOfType(contentType: string, type: string): boolean {
  const [, charset = "utf-8"] = /;\s*charset="?([^\s;"]*)/i.exec(contentType) ?? [];
  return essenceOf(contentType) === type && /^utf-?8$/i.test(charset);
}

/** A form as it arrives, by name: what is no list of many may be one of a list. */
export function toTexts(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null) return {};
  const texts = Object.entries(value)
    .filter(([, item]) => isThere(item))
    .map(([name, item]) => [name, Array.isArray(item) ? item.filter(isThere).map(toText) : toText(item)]);
  return Object.fromEntries(texts);
}

/** Adds what a form has under that name to what it has already. */
export function addField(fields: Record<string, unknown>, name: string, item: unknown): void {
  const earlier = fields[name];
  if (earlier === undefined) fields[name] = item;
  else if (Array.isArray(earlier)) earlier.push(item);
  else fields[name] = [earlier, item];
}

/**
 * What is sent, by name; undefined where what is escaped is no UTF-8: it would be lost. By hand, for URLSearchParams takes a
 * second for a megabyte of short fields, and four for two.
 */
function fieldsOf(text: string): object | undefined {
  const fields: Record<string, unknown> = Object.create(null);
  try {
    for (const pair of text.split("&")) {
      const [name = "", ...value] = pair.split("=");
      if (pair) addField(fields, decode(name), decode(value.join("=")));
    }
  } catch {
    return undefined;
  }
  return fields;
}

function decode(text: string): string {
  return text.replaceAll("+", " ").replace(ESCAPED, decodeURIComponent);
}

/** Curl escapes what follows a name, but cannot be given a NUL. */
function wordsOf(value: unknown): string[] {
  const words = pairsOf(value).map(([name, item]) => {
    const [before, text] = [encodeURIComponent(name), toText(item)];
    return before && !text.includes("\0")
      ? `--data-urlencode ${quoteWord(`${before}=${text}`)}`
      : `-d ${quoteWord(`${before}=${encodeURIComponent(text)}`)}`;
  });
  return words.length > 0 ? words : ["-d ''"];
}
