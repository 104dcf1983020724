import { isUtf8 } from "node:buffer";
import type { Contract } from "../contract/contract.ts";
import { curl } from "../contract/curl.ts";
import { Problem } from "../contract/problem.ts";
import type { Media } from "../contract/schema.ts";
import type { CallInput } from "./call.ts";
import { describeJsonError } from "./json-error.ts";
import { DEEPEST_NESTING, isNestedTooDeeply } from "./json-nesting.ts";
import { type Request, urlOf } from "./request.ts";

const DEFAULT_MAX_BODY_BYTES = 65_536;
/** Where each method tells what it takes: RFC 9110, section 15.5.16; RFC 5789; the W3C's Linked Data Platform. */
const ACCEPT: Readonly<Record<string, string>> = { POST: "accept-post", PATCH: "accept-patch" };
const JSON_TYPE = /^\s*application\/(?:[\w.!#$&^+-]+\+)?json\s*(?:;|$)/i;
const CHARSET = /;\s*charset([^;]*)/i;
const UTF_8 = /^="?utf-?8"?\s*$/i;

/** Reads the body that the contract asks for, to be held to its schema: a JSON value, text, bytes, or none. */
export function readBody(contract: Contract, request: Request, input: CallInput): Problem | undefined {
  const { body, isBase64Encoded } = request;
  if (!contract.body || !body) return undefined;
  const { media } = contract.body;
  if (!accepts(media, request)) {
    const headers = { [ACCEPT[contract.method] ?? "accept"]: media?.type ?? "application/json" };
    return new Problem("unsupported-media-type", `Send it like this: ${callByHand(contract, request)}`, {
      headers,
    });
  }
  const limit = contract.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
  if (Buffer.byteLength(body, isBase64Encoded ? "base64" : "utf8") > limit) {
    return new Problem("body-too-large", `Send at most ${limit} bytes.`);
  }
  const content = decode(body, isBase64Encoded, media);
  if (content instanceof Problem) return content;
  input.body = content;
  return undefined;
}

/** The command that calls the function, without the query: it may hold what is no business of a log on the way. */
export function callByHand(contract: Contract, { headers, rawPath }: Request): string {
  return curl(contract, urlOf({ headers, rawPath, rawQuery: "" }));
}

/** An event without any headers, such as one written by hand, is taken to be of the right type. */
function accepts(media: Media | undefined, request: Request): boolean {
  const { contentType = "" } = request;
  if (contentType === "" && request.headers === undefined) return true;
  if (media !== undefined) return essenceOf(contentType) === essenceOf(media.type);
  const [, charset = "=utf-8"] = CHARSET.exec(contentType) ?? [];
  return JSON_TYPE.test(contentType) && UTF_8.test(charset);
}

function essenceOf(type: string): string {
  return type.replace(/;.*/s, "").trim().toLowerCase();
}

/** A JSON value, or what the contract's media type asks for. */
function decode(body: string, isBase64Encoded: boolean, media: Media | undefined): unknown {
  const bytes = isBase64Encoded ? Buffer.from(body, "base64") : undefined;
  if (bytes && bytes.toString("base64") !== body) {
    return new Problem("malformed-body", "The event says that its body is base64, and it is not.");
  }
  if (media?.form === "bytes") return bytes ?? Buffer.from(body);
  if (bytes && !isUtf8(bytes)) return new Problem("malformed-body", "Send the body in UTF-8.");
  const text = bytes?.toString() ?? body;
  return media === undefined ? parse(text) : text;
}

function parse(text: string): unknown {
  // RFC 8259 lets a reader ignore a byte order mark, and some editors write one.
  const json = text.startsWith("\ufeff") ? text.slice(1) : text;
  if (isNestedTooDeeply(json))
    return new Problem("malformed-json", `Nest at most ${DEEPEST_NESTING} levels.`);
  try {
    return JSON.parse(json);
  } catch {
    return new Problem("malformed-json", `Send valid JSON: ${describeJsonError(json)}.`);
  }
}
