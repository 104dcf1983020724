import type { Contract } from "../../contract/contract.ts";
import type { Request } from "../request.ts";
import { readProxyEvent } from "./proxy.ts";
import { rest } from "./rest.ts";
import { isObject, toRecord, type Untrusted } from "./untrusted.ts";

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
    const request = readProxyEvent({ ...event, httpMethod: method, path }, encodeURIComponent);
    return {
      ...request,
      path,
      headers: isObject(event.headers) ? request.headers : undefined,
      route: `${method} ${path}`,
      params: toRecord(event.pathParameters),
    };
  },

  write: rest.write,
};
