import { isUtf8 } from "node:buffer";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Contract, Schema } from "./contract.ts";
import { curl } from "./curl.ts";
import { describeJsonError } from "./json-error.ts";
import { type FieldProblem, Problem } from "./problem.ts";
import { type Request, urlOf } from "./request.ts";

const DEFAULT_MAX_BODY_BYTES = 65_536;
const JSON_TYPE = /^application\/(?:[\w.!#$&^+-]+\+)?json$/;
const UTF_8 = /^charset="?utf-?8"?$/;

/** The body as its schema gives it, or the problem that the caller is told. */
export async function readBody(contract: Contract, schema: Schema, request: Request): Promise<unknown> {
  const text = decode(contract, request);
  if (text instanceof Problem) return text;
  const value = parse(text);
  if (value instanceof Problem) return value;
  const result = await schema["~standard"].validate(value);
  if (result.issues === undefined) return result.value;
  return new Problem("invalid-body", "Correct the fields named in errors, then send it again.", {
    errors: result.issues.map(toFieldProblem),
  });
}

/** The body's text, once its type and its size are known to be right. */
function decode(contract: Contract, request: Request): string | Problem {
  const { body, isBase64Encoded } = request;
  if (!body) {
    return new Problem("missing-body", `Send a JSON body: ${curl(contract, urlOf(request))}`);
  }
  if (!isJson(request.headers)) {
    return new Problem("unsupported-media-type", `Send it as JSON: ${curl(contract, urlOf(request))}`, {
      headers: { "accept-post": "application/json" },
    });
  }
  const limit = contract.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
  if (Buffer.byteLength(body, isBase64Encoded ? "base64" : "utf8") > limit) {
    return new Problem("body-too-large", `Send at most ${limit} bytes.`);
  }
  if (!isBase64Encoded) return body;
  const bytes = Buffer.from(body, "base64");
  if (bytes.toString("base64") !== body) {
    return new Problem("malformed-body", "The event says that its body is base64, and it is not.");
  }
  return isUtf8(bytes) ? bytes.toString() : new Problem("malformed-body", "Send the body in UTF-8.");
}

/** An event without any headers, such as one written by hand, is taken to be JSON. */
function isJson(headers: Request["headers"]): boolean {
  if (headers === undefined) return true;
  const [type = "", ...parameters] = (headers["content-type"] ?? "").toLowerCase().split(";");
  const charset = parameters.map((parameter) => parameter.trim()).find((name) => name.startsWith("charset"));
  return JSON_TYPE.test(type.trim()) && (charset === undefined || UTF_8.test(charset));
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

function toFieldProblem({ message, path = [] }: StandardSchemaV1.Issue): FieldProblem {
  return { pointer: ["#", ...path.map(toPointerToken)].join("/"), detail: message };
}

/** RFC 6901, section 6: escaped for the pointer, then for the fragment of a URI. */
function toPointerToken(segment: PropertyKey | StandardSchemaV1.PathSegment): string {
  const key = String(typeof segment === "object" ? segment.key : segment);
  return encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
}
