import type { APIGatewayProxyEvent } from "aws-lambda";
import { encodePath, type Request } from "../request.ts";
import { fieldsOf, lowerCase, toQuery, toRecord, toText, type Untrusted } from "./untrusted.ts";

/** What REST APIs and load balancers send alike; `encode` is for a query that came decoded. */
export function readProxyEvent(
  event: Untrusted<APIGatewayProxyEvent>,
  encode: (text: string) => string,
): Request & { readonly headers: object } {
  const rawPath = toText(event.path) ?? "/";
  const headers = toRecord(mergeFields(event.headers, event.multiValueHeaders), lowerCase);
  const query = mergeFields(event.queryStringParameters, event.multiValueQueryStringParameters);
  return {
    method: (toText(event.httpMethod) ?? "GET").toUpperCase(),
    path: encodePath(rawPath),
    rawPath,
    rawQuery: toQuery(query, encode),
    headers,
    contentType: headers["content-type"],
    body: toText(event.body),
    isBase64Encoded: event.isBase64Encoded === true,
    route: undefined,
    params: undefined,
  };
}

/** The fields of both, the lists first: AWS sends all in both, a person who writes an event by hand perhaps in one. */
function mergeFields(single: unknown, lists: unknown): object {
  return { ...fieldsOf(single), ...fieldsOf(lists) };
}
