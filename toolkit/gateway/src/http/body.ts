import { isUtf8 } from "node:buffer";
import type { Contract } from "../contract/contract.ts";
import { curl } from "../contract/curl.ts";
import { JSON_TYPE } from "../contract/json-type.ts";
import { Problem } from "../contract/problem.ts";
import type { Media } from "../contract/schema.ts";
import type { CallInput } from "./call.ts";
import { toQuery } from "./dialects/untrusted.ts";
import { describeJsonError } from "./json-error.ts";
import { DEEPEST_NESTING, isNestedTooDeeply } from "./json-nesting.ts";
import { type Request, urlOf } from "./request.ts";

const DEFAULT_MAX_BODY_BYTES = 65_536;
const LONGEST_URL = 1000;
type Refusal = Problem | undefined;

/** Reads the body that the contract asks for, to be held to its schema: a JSON value, text, bytes, a form, or none. */
export function readBody(contract: Contract, request: Request, input: CallInput): Refusal | Promise<Refusal> {
  const { body, isBase64Encoded } = request;
  const schema = contract.body?.choose?.(request) ?? contract.body;
  const media = schema?.media;
  if (!schema || !(body || media)) return undefined; // of text and bytes there may be none: an empty file
  const { contentType = "" } = request;
  // An event without any headers, such as one written by hand, is taken to be of the right type, and so is an empty file.
  const isTyped = contentType || (body && request.headers);
  if (isTyped && !(media?.accepts(contentType) ?? JSON_TYPE.test(contentType)))
    return refuse(contract, request, "accept", media?.type ?? "application/json");
  const limit = contract.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
  if (body && Buffer.byteLength(body, isBase64Encoded ? "base64" : "utf8") > limit) {
    return new Problem("body-too-large", `Send at most ${limit} bytes.`);
  }
  const content = decode(body ?? "", isBase64Encoded, media);
  if (media || content instanceof Problem) {
    // JSON that can be read is not compressed, and a look at the headers takes time.
    const encoding = request.headers?.["content-encoding"] || "identity";
    const encodings = media?.encodings ?? ["identity"];
    if (!encodings.includes(encoding.toLowerCase()))
      return refuse(contract, request, "accept-encoding", encodings.join(", "));
    if (content instanceof Problem) return content;
  }
  input.body = content;
  return media?.read?.(input, request) as Refusal; // it gives nothing else
}

function refuse(contract: Contract, request: Request, header: string, taken: string): Problem {
  return new Problem("unsupported-media-type", `Send it like this: ${callByHand(contract, request)}`, {
    headers: { [header]: taken },
  });
}

/**
 * The command that calls the function, without the caller's query: it may hold what is no business of a log on the way. Nor
 * does it repeat an address of any length.
 */
export function callByHand(contract: Contract, { headers, rawPath }: Request): string {
  const rawQuery = toQuery(contract.examples?.query, encodeURIComponent);
  const url = urlOf({ headers, rawPath, rawQuery });
  return curl(contract, url.length > LONGEST_URL ? contract.path : url);
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
  try {
    const value: unknown = JSON.parse(json);
    if (!isNestedTooDeeply(value, json)) return value;
  } catch {
    return new Problem("malformed-json", `Send valid JSON: ${describeJsonError(json)}.`);
  }
  return new Problem("malformed-json", `Nest at most ${DEEPEST_NESTING} levels.`);
}
