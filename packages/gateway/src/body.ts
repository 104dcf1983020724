import { isUtf8 } from "node:buffer";
import type { Contract } from "./contract.ts";
import { curl } from "./curl.ts";
import { describeJsonError } from "./json-error.ts";
import { Problem } from "./problem.ts";
import { type Request, urlOf } from "./request.ts";
import type { Schema } from "./schema.ts";

const DEFAULT_MAX_BODY_BYTES = 65_536;
const JSON_TYPE = /^application\/(?:[\w.!#$&^+-]+\+)?json$/;
const UTF_8 = /^charset="?utf-?8"?$/;

/** The body before its schema: a JSON value, text or bytes; or the problem that the caller is told. */
export function readBody(contract: Contract, { mediaType }: Schema, request: Request): unknown {
  const { body, isBase64Encoded } = request;
  if (!body) {
    return new Problem("missing-body", `Send a body: ${curl(contract, urlOf(request))}`);
  }
  if (!accepts(mediaType, request.headers)) {
    return new Problem("unsupported-media-type", `Send it like this: ${curl(contract, urlOf(request))}`, {
      headers: { "accept-post": mediaType ?? "application/json" },
    });
  }
  const limit = contract.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
  if (Buffer.byteLength(body, isBase64Encoded ? "base64" : "utf8") > limit) {
    return new Problem("body-too-large", `Send at most ${limit} bytes.`);
  }
  if (mediaType === undefined) {
    const text = decode(body, isBase64Encoded);
    return text instanceof Problem ? text : parse(text);
  }
  return mediaType.startsWith("text/") ? decode(body, isBase64Encoded) : decodeBytes(body, isBase64Encoded);
}

/** An event without any headers, such as one written by hand, is taken to be of the right type. */
function accepts(mediaType: string | undefined, headers: Request["headers"]): boolean {
  if (headers === undefined) return true;
  const [type = "", ...parameters] = (headers["content-type"] ?? "").toLowerCase().split(";");
  if (mediaType !== undefined) return type.trim() === mediaType.split(";")[0];
  const charset = parameters.map((parameter) => parameter.trim()).find((name) => name.startsWith("charset"));
  return JSON_TYPE.test(type.trim()) && (charset === undefined || UTF_8.test(charset));
}

function decode(body: string, isBase64Encoded: boolean): string | Problem {
  if (!isBase64Encoded) return body;
  const bytes = decodeBytes(body, isBase64Encoded);
  if (bytes instanceof Problem) return bytes;
  return isUtf8(bytes) ? bytes.toString() : new Problem("malformed-body", "Send the body in UTF-8.");
}

function decodeBytes(body: string, isBase64Encoded: boolean): Buffer | Problem {
  if (!isBase64Encoded) return Buffer.from(body);
  const bytes = Buffer.from(body, "base64");
  if (bytes.toString("base64") === body) return bytes;
  return new Problem("malformed-body", "The event says that its body is base64, and it is not.");
}

function parse(text: string): unknown {
  // RFC 8259 lets a reader ignore a byte order mark, and some editors write one.
  const json = text.startsWith("\ufeff") ? text.slice(1) : text;
  try {
    return JSON.parse(json);
  } catch {
    return new Problem("malformed-json", `Send valid JSON: ${describeJsonError(json)}.`);
  }
}
