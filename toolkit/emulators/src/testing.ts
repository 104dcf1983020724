import type { Dynamo } from "./dynamodb.ts";

/** What DynamoDB answers, as it comes over the wire. */
export type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

/** Calls an operation as a client would, signature and all. */
export async function call(
  { url }: Pick<Dynamo, "url">,
  operation: string,
  request: object,
  headers = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `DynamoDB_20120810.${operation}`,
      authorization: "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/dynamodb/aws4_request",
      ...headers,
    },
    body: JSON.stringify(request),
  });
  return { status: response.status, body: (await response.json()) as Answer["body"] }; // an object, always
}

/** The result of a call that must succeed. */
export async function result(
  dynamo: Pick<Dynamo, "url">,
  operation: string,
  request: object,
): Promise<Answer["body"]> {
  const { status, body } = await call(dynamo, operation, request);
  if (status !== 200) throw new Error(`${operation}: ${JSON.stringify(body)}`);
  return body;
}

/** The error of a call that must fail: its name and message, and what else it has. */
export async function failure(
  dynamo: Pick<Dynamo, "url">,
  operation: string,
  request: object,
): Promise<object> {
  const { status, body } = await call(dynamo, operation, request);
  if (status === 200) throw new Error(`${operation} succeeded: ${JSON.stringify(body)}`);
  const { __type, message, ...rest } = body;
  return { name: String(__type).replace(/^.*#/, ""), message, ...rest };
}

/** A definition with one key, `id`. */
export const byId = (name: string) => ({ name, partition: { name: "id", type: "S" as const }, indexes: {} });
