import { type Contract, replySchema } from "../contract/contract.ts";
import { JSON_TYPE } from "../contract/json-type.ts";
import { essenceOf, type Schema } from "../contract/schema.ts";
import { kindOf, toForeignProblem, toProblem } from "./client-problem.ts";
import { type Body, readBody, release } from "./read-body.ts";
import { UnexpectedReplyError } from "./unexpected-reply-error.ts";

export type Operation = { readonly name: string; readonly contract: Contract };

/** Reads a body, but for what a proxy writes for people: that is given up. */
export async function readReply(
  { contract }: Operation,
  response: Response,
  maxBytes: number,
): Promise<Body | undefined> {
  const { status } = response;
  const type = typeOf(response);
  const schema = replySchema(contract, status);
  const isReadable = status < 400 || schema === null || JSON_TYPE.test(type) || accepts(schema, type);
  if (isReadable) return readBody(response, maxBytes);
  release(response);
  return undefined;
}

/**
 * A reply of the contract, or a problem. Throws an UnexpectedReplyError for what is neither. The shape of a reply that went
 * well is the gateway's business, so that an older client lives with a newer server; one from 400 on may be another's, and is
 * the contract's where its schema takes it.
 */
export async function toClientReply(operation: Operation, response: Response, body: Body | undefined) {
  const { contract } = operation;
  const { status, headers } = response;
  const { bytes = new Uint8Array(), isWhole = true } = body ?? {};
  const unexpected = (fault: string, cause?: unknown) =>
    new UnexpectedReplyError(operation, response, fault, { body: bytes, cause });
  if (!isWhole) throw unexpected("its body is larger than maxReplyBytes");

  const type = typeOf(response);
  const schema = replySchema(contract, status);
  if (essenceOf(type) === "application/problem+json") {
    const problem = toProblem(status, jsonOf(bytes));
    return { ok: false, status, headers, kind: kindOf(contract, problem.type), problem };
  }
  if (status >= 400) {
    const own = await readOwn(schema, type, bytes);
    if (own) return { ok: true, status, headers, ...own };
    return {
      ok: false,
      status,
      headers,
      kind: undefined,
      problem: toForeignProblem(status, jsonOf(bytes)),
    };
  }
  if (schema === undefined) throw unexpected(whyUndeclared(response));
  if (schema === null) {
    if (bytes.length > 0) throw unexpected("it has a body, and the contract none for this status");
    return { ok: true, status, headers, body: undefined };
  }
  if (!mayBe(schema, type))
    throw unexpected(`its content type is ${type || "missing"}, not ${schema.media?.type ?? "JSON"}`);
  try {
    return { ok: true, status, headers, body: decode(schema, type, bytes) };
  } catch (cause) {
    throw unexpected(bytes.length > 0 ? "its body cannot be decoded" : "its body is empty", cause);
  }
}

function whyUndeclared({ type, status, headers }: Response): string {
  if (type === "opaqueredirect")
    return "a redirect, which is not followed, and of which a browser shows nothing";
  const to = status >= 300 && headers.get("location");
  return to ? `a redirect to ${to}, which is not followed` : "the contract has no such status";
}

/** The body of a reply from 400 on, where it is one that the contract declares. */
async function readOwn(
  schema: Schema | null | undefined,
  type: string,
  bytes: Uint8Array,
): Promise<{ readonly body: unknown } | undefined> {
  if (!schema) return schema === null && bytes.length === 0 ? { body: undefined } : undefined;
  if (!accepts(schema, type)) return undefined;
  try {
    const body = decode(schema, type, bytes);
    return (await schema["~standard"].validate(body)).issues ? undefined : { body };
  } catch {
    return undefined; // it is no JSON, or the schema cannot say
  }
}

/** A function may give its text or bytes another type; but a page of HTML in their place is a proxy's, or a login's. */
function mayBe(schema: Schema, type: string): boolean {
  return accepts(schema, type) || (schema.media !== undefined && essenceOf(type) !== "text/html");
}

function accepts(schema: Schema | null | undefined, type: string): boolean {
  return schema ? (schema.media?.accepts(type) ?? JSON_TYPE.test(type)) : false;
}

/** Throws where the bytes are not what their type says. */
function decode({ media }: Schema, type: string, bytes: Uint8Array): unknown {
  if (media?.form === "bytes") return bytes;
  const [, charset = "utf-8"] = /;\s*charset="?([^\s;"]+)/i.exec(type) ?? [];
  const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
  return media ? text : JSON.parse(text);
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function typeOf({ headers }: Response): string {
  return headers.get("content-type") ?? "";
}
