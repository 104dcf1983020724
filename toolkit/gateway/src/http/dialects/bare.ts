import type { Contract } from "../../contract/contract.ts";
import type { Request } from "../request.ts";
import { rest } from "./rest.ts";
import { headersOf, toQuery, toRecord, toText, type Untrusted } from "./untrusted.ts";

type BareEvent = {
  body: string | null;
  isBase64Encoded: boolean;
  headers: object;
  pathParameters: object;
  queryStringParameters: object;
};

const FIELDS: readonly string[] = [
  "body",
  "isBase64Encoded",
  "headers",
  "pathParameters",
  "queryStringParameters",
] satisfies (keyof BareEvent)[];

/**
 * What people write by hand to call a function: `{"body": "…"}`, as in the article. It names no route, so it is
 * taken to mean the contract's own; its result is that of a REST API.
 */
export const bare = {
  maxResultBytes: rest.maxResultBytes,

  recognizes(event: Untrusted<BareEvent>): boolean {
    return "body" in event && Object.keys(event).every((key) => FIELDS.includes(key));
  },

  read(event: Untrusted<BareEvent>, { method, path }: Contract): Request {
    const headers = headersOf(event.headers);
    return {
      method,
      path,
      rawPath: path,
      rawQuery: toQuery(event.queryStringParameters, encodeURIComponent),
      headers,
      contentType: headers?.["content-type"],
      body: toText(event.body),
      isBase64Encoded: event.isBase64Encoded === true,
      route: `${method} ${path}`,
      params: toRecord(event.pathParameters),
    };
  },

  write: rest.write,
};
