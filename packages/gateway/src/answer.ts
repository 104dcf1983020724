import { isUtf8 } from "node:buffer";
import type { Reply } from "./reply.ts";

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
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 9110 forbids these three in a field's value
const FORBIDDEN = /[\r\n\u0000]/;
const JSON_TYPE = /[/+]json\b/i;
const TEXTUAL = /^text\/|[/+](?:json|xml|yaml|javascript|x-www-form-urlencoded)\b/i;

/**
 * Makes a reply ready to send: JSON unless its media type says otherwise, bytes in base64 unless they are text.
 * Throws a TypeError for what HTTP or JSON cannot say.
 */
export function toAnswer({ status, body, headers, cookies }: Reply, mediaType?: string): Answer {
  if (!Number.isInteger(status) || status < 200 || status > 599)
    throw new TypeError(`${status} is no final status`);
  const fields: Record<string, string> = { "content-type": mediaType ?? "application/json" };
  for (const [name, value] of Object.entries(headers)) {
    if (!TOKEN.test(name) || FORBIDDEN.test(value)) throw new TypeError(`the header ${name} is malformed`);
    fields[name.toLowerCase()] = value;
  }
  if (cookies.some((cookie) => FORBIDDEN.test(cookie))) throw new TypeError("a cookie is malformed");
  if (status === 204 || status === 304) {
    delete fields["content-type"];
    return { status, headers: fields, cookies, body: "", isBase64Encoded: false };
  }
  return { status, headers: fields, cookies, ...encode(body, fields, mediaType === undefined) };
}

function encode(
  body: unknown,
  headers: Readonly<Record<string, string>>,
  isValue: boolean,
): Pick<Answer, "body" | "isBase64Encoded"> {
  const type = headers["content-type"] ?? "";
  if (body instanceof Uint8Array) {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    const isText = TEXTUAL.test(type) && !headers["content-encoding"] && isUtf8(bytes);
    return { body: bytes.toString(isText ? "utf8" : "base64"), isBase64Encoded: !isText };
  }
  // A string is the body itself where the contract, or the reply's own headers, say that it is no JSON value.
  if (typeof body === "string" && !(isValue && JSON_TYPE.test(type))) return { body, isBase64Encoded: false };
  const json: string | undefined = JSON.stringify(body);
  if (json === undefined) throw new TypeError(`a reply of type ${typeof body} has no JSON`);
  return { body: json, isBase64Encoded: false };
}
