import type { StandardSchemaV1 } from "@standard-schema/spec";
import { validateQuery } from "../http/query-lists.ts";
import { type FormMedia, type FormSchema, isOfType, toTexts } from "./form.ts";
import { type FormFile, isFile } from "./form-file.ts";
import { keyOf } from "./issue-key.ts";
import { sendMultipartWith } from "./multipart-curl.ts";
import { Problem } from "./problem.ts";
import { essenceOf, type FileRule, type Input, type Output, type Schema } from "./schema.ts";
import { pairsOf, toText } from "./url.ts";

export type { FormFile } from "./form-file.ts";

type Rules = Readonly<Record<string, FileRule>>;
export type MultipartOptions<Files extends Rules> = {
  /** The files by the name of their field; a rule may be `{}`. */
  readonly files?: Files;
  /** So many fields and files in all; 100 unless told. */
  readonly maxParts?: number;
};

type FileOf<Rule> = Rule extends { readonly atMost: number } ? readonly FormFile[] : FormFile;
type FilesOf<Files extends Rules> = {
  readonly [Name in keyof Files as IsOptional<Files[Name]> extends true ? never : Name]: FileOf<Files[Name]>;
} & {
  readonly [Name in keyof Files as IsOptional<Files[Name]> extends true ? Name : never]?: FileOf<Files[Name]>;
};
type IsOptional<Rule> = Rule extends { readonly optional: true } ? true : false;

const TYPE = "multipart/form-data";

/**
 * A body as HTML forms with files send it: fields as `form` has them, and files beside them, each `{ name, type, bytes }`. All
 * of it together has at most the contract's `maxBodyBytes`.
 *
 *     body: multipart(z.object({ title: z.string() }), {
 *       files: {
 *         photo: { types: ["image/*"], maxBytes: 1_000_000 },
 *         papers: { types: ["application/pdf"], atMost: 5, optional: true }, // a list
 *       },
 *     })
 */
export function multipart<S extends Schema, const Files extends Rules = Record<never, never>>(
  schema: S,
  { files, maxParts = 100 }: MultipartOptions<Files> = {},
): FormSchema<Input<S> & FilesOf<Files>, Output<S> & FilesOf<Files>, typeof TYPE, S> {
  type Out = Output<S> & FilesOf<Files>;
  const rules: Rules = files ?? {};
  const check = (value: unknown, given: ReturnType<Schema["~standard"]["validate"]>) => {
    const found = filesOf(value, rules);
    const finish = (result: StandardSchemaV1.Result<unknown>): StandardSchemaV1.Result<Out> => {
      const ofTexts = result.issues?.map((issue) =>
        isOfFile(issue, value) ? { ...issue, message: "Send text, not a file." } : issue,
      );
      const issues = [...(ofTexts ?? []), ...issuesOf(found, rules)];
      if (result.issues || issues.length > 0) return { issues };
      return { value: { ...(result.value as object), ...toValue(found, rules) } as Out }; // as both say
    };
    return given instanceof Promise ? given.then(finish) : finish(given);
  };
  const textsOf = (value: unknown) => {
    const texts = Object.entries(Object(value)).filter(
      ([name, items]) => !(Object.hasOwn(rules, name) || [items].flat().some(isFile)),
    );
    return toTexts(Object.fromEntries(texts));
  };
  const media: FormMedia<typeof TYPE, S> = {
    form: "bytes",
    type: TYPE,
    encodings: ["identity"],
    accepts: (given) => isOfType(given, TYPE),
    sendWith: (curl, value) => sendMultipartWith(curl, pairsOf(value)),
    async read(input, { contentType = "" }) {
      const bytes = input.body as Uint8Array; // of this form
      input.body = undefined;
      if (bytes.length === 0) return undefined; // it is missing
      const boundary = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType)?.slice(1).find(Boolean);
      if (!boundary) return new Problem("malformed-body", `Send its boundary: ${TYPE}; boundary=x.`);
      const { readParts } = await import("./multipart-parts.ts"); // which only functions need, and pages do not load
      const parts = readParts(bytes, boundary, { files: rules, maxParts });
      if (!(parts instanceof Problem)) input.body = parts;
      return parts instanceof Problem ? parts : undefined;
    },
    encode: toFormData,
    fields: {
      schema,
      files: rules,
      check: (value) => check(value, schema["~standard"].validate(textsOf(value))),
    },
  };
  const validate = (value: unknown) => check(value, validateQuery(schema, textsOf(value)));
  return { media, "~standard": { version: 1, vendor: "lucky", validate } };
}

type Found = ReadonlyMap<string, readonly unknown[]>;

/** What a form has under the name of each file. */
function filesOf(value: unknown, rules: Rules): Found {
  const given: Record<string, unknown> = Object(value);
  return new Map(
    Object.keys(rules).map((name) => [
      name,
      Object.hasOwn(given, name) ? [given[name]].flat().filter((item) => item !== undefined) : [],
    ]),
  );
}

function issuesOf(found: Found, rules: Rules): StandardSchemaV1.Issue[] {
  return Object.entries(rules).flatMap(([name, rule]) => {
    const message = mistakeOf(found.get(name) ?? [], rule);
    return message === undefined ? [] : [{ message, path: [name] }];
  });
}

/** Whether an issue is with a field that has a file, which the schema of the texts has not seen. */
function isOfFile({ path: [name = ""] = [] }: StandardSchemaV1.Issue, value: unknown): boolean {
  const key = keyOf(name);
  return Object.hasOwn(Object(value), key) && [Object(value)[key]].flat().some(isFile);
}

function mistakeOf(items: readonly unknown[], { types, maxBytes, atMost = 1, optional }: FileRule) {
  if (items.length === 0) return optional ? undefined : "Send a file.";
  if (!items.every(isFile)) return "Send a file, not text.";
  if (items.length > atMost) return atMost === 1 ? "Send one file." : `Send at most ${atMost} files.`;
  if (types && !items.every(({ type }) => types.some((each) => covers(each, type))))
    return `Send ${types.join(" or ")}.`;
  if (maxBytes !== undefined && items.some(({ bytes }) => bytes.length > maxBytes))
    return `Send at most ${maxBytes} bytes.`;
  return undefined;
}

/** Whether a type, such as an `image` of any kind, is that of a file. */
function covers(type: string, given: string): boolean {
  const [essence, pattern] = [essenceOf(given), type.toLowerCase()];
  return pattern.endsWith("/*") ? essence.startsWith(pattern.slice(0, -1)) : essence === pattern;
}

function toValue(found: Found, rules: Rules): object {
  const entries = [...found].flatMap(([name, items]) => {
    if (items.length === 0) return [];
    return [[name, rules[name]?.atMost === undefined ? items[0] : items]];
  });
  return Object.fromEntries(entries);
}

function toFormData(value: unknown): FormData {
  const data = new FormData();
  for (const [name, item] of pairsOf(value)) {
    if (item instanceof Blob) data.append(name, item);
    // A copy, as a Blob takes no memory that is shared.
    else if (isFile(item))
      data.append(name, new Blob([new Uint8Array(item.bytes)], { type: item.type }), item.name);
    else data.append(name, toText(item));
  }
  return data;
}
