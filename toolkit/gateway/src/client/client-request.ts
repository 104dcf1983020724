import type { Contract } from "../contract/contract.ts";
import type { Media } from "../contract/schema.ts";
import { fillPath, toQueryString } from "../contract/url.ts";
import { encodeFields } from "./encode-fields.ts";

export type AnyInput = {
  readonly params?: object;
  readonly query?: object;
  readonly headers?: object;
  readonly body?: unknown;
};

/** What of a call is the same each time that it is tried. */
export type Prepared = {
  readonly url: string;
  readonly headers: Headers;
  readonly init: RequestInit & { readonly duplex?: "half" };
};

export async function toRequest(
  contract: Contract,
  base: string,
  { params = {}, query = {}, headers = {}, body }: AnyInput,
): Promise<Prepared> {
  const { method, path } = contract;
  const segments = await encodeFields("params", contract.params, params);
  const filled = fillPath(path, segments);
  const url = base + filled + toQueryString(await encodeFields("query", contract.query, query));
  const sent = new Headers();
  for (const [name, texts] of Object.entries(await encodeFields("headers", contract.headers, headers)))
    if (texts.length > 0) sent.set(name, texts.join(", "));
  const init: RequestInit & { duplex?: "half" } = { method, redirect: "manual" };
  if (contract.body) {
    const { media } = contract.body;
    if (!media?.encode) sent.set("content-type", media?.type ?? "application/json");
    init.body = media ? await encodeBody(media, body) : JSON.stringify(body);
    if (body instanceof ReadableStream) init.duplex = "half"; // as fetch asks for
  }
  return { url, headers: sent, init };
}

async function encodeBody(media: Media, body: unknown): Promise<NonNullable<RequestInit["body"]>> {
  if (!media.encode) return body as NonNullable<RequestInit["body"]>; // as its schema says
  if (body instanceof URLSearchParams) return body;
  if (body instanceof FormData)
    return media.form === "bytes" ? body : new URLSearchParams([...body].map(toPair));
  return media.encode(await encodeFields("body", media.fields?.schema, Object(body)));
}

function toPair([name, item]: [string, string | Blob]): [string, string] {
  if (typeof item === "string") return [name, item];
  throw new TypeError(
    `body.${name} is a file, and this form takes text only: a contract with files has multipart`,
  );
}
