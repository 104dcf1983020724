import { isUtf8 } from "node:buffer";
import type { Reply } from "../contract/reply.ts";
import type { Media, Schema } from "../contract/schema.ts";

/** What goes back to the caller, before a dialect writes it as its gateway wants it. */
export type Answer = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
};

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/** RFC 9110, section 5.5: printable, spaces and tabs, and what Latin-1 adds. */
const FIELD_VALUE = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;
const JSON_TYPE = /[/+]json\b/i;
const TEXTUAL = /^text\/|[/+](?:json|xml|yaml|javascript|x-www-form-urlencoded)\b/i;

/**
 * Makes a reply ready to send, in the form that its schema stands for: JSON, text, bytes (in base64 unless they are
 * text), or nothing where there is no schema. Throws a TypeError for what HTTP or JSON cannot say.
 */
export function toAnswer(
  { status, body, headers, cookies }: Reply,
  schema: Pick<Schema, "media"> | null,
): Answer {
  const fields: Record<string, string> = {};
  const setCookies = [...cookies];
  if (schema !== null) fields["content-type"] = schema.media?.type ?? "application/json";
  for (const [name, value] of Object.entries(headers)) {
    if (!TOKEN.test(name) || !FIELD_VALUE.test(value)) throw new TypeError(`the header ${name} is malformed`);
    if (name.toLowerCase() === "set-cookie") setCookies.push(value);
    else fields[name.toLowerCase()] = String(value);
  }
  if (!setCookies.every((cookie) => FIELD_VALUE.test(cookie))) throw new TypeError("a cookie is malformed");
  const encoded = schema === null ? { body: "", isBase64Encoded: false } : encode(body, fields, schema.media);
  return { status, headers: fields, cookies: setCookies, ...encoded };
}

function encode(
  body: unknown,
  headers: Readonly<Record<string, string>>,
  media: Media | undefined,
): Pick<Answer, "body" | "isBase64Encoded"> {
  const type = headers["content-type"] ?? "";
  if (body instanceof Uint8Array) {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    const isText = TEXTUAL.test(type) && isUtf8(bytes); // which nothing compressed is
    return { body: bytes.toString(isText ? "utf8" : "base64"), isBase64Encoded: !isText };
  }
  // A string is the body itself where the contract, or the reply's own headers, say that it is no JSON value.
  if (typeof body === "string" && (media !== undefined || !JSON_TYPE.test(type)))
    return { body, isBase64Encoded: false };
  const json: string | undefined = JSON.stringify(body);
  if (json === undefined) throw new TypeError(`a reply of type ${typeof body} has no JSON`);
  return { body: json, isBase64Encoded: false };
}
