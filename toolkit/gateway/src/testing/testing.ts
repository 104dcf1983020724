import { gunzipSync } from "node:zlib";
import type { Context } from "../http/events.ts";
import type { Handler } from "../http/lambda.ts";

/** What Lambda gives a handler, with a fixed request id and all of its time left. */
export const context: Context = {
  awsRequestId: "8f0d4a3e-0000-4000-8000-7b8c9d0e1f2a",
  functionName: "test",
  functionVersion: "$LATEST",
  invokedFunctionArn: "arn:aws:lambda:eu-central-1:123456789012:function:test",
  logGroupName: "/aws/lambda/test",
  logStreamName: "test",
  memoryLimitInMB: "1024",
  getRemainingTimeInMillis: () => 20_000,
};

/** Runs a handler as Lambda does, the event and the result through JSON, and reads the reply's body. */
export async function invoke(
  handler: Handler,
  event: unknown,
  given: Partial<Context> = {},
): Promise<TestReply> {
  const throughJson = (value: unknown) => JSON.parse(JSON.stringify(value));
  const result = throughJson(await handler(throughJson(event), { ...context, ...given }));
  const headers = Object.fromEntries(
    Object.entries({ ...result.multiValueHeaders, ...result.headers }).map(([name, value]) => [
      name,
      String(value),
    ]),
  );
  const isCompressed = headers["content-encoding"] === "gzip" && result.isBase64Encoded;
  const body = isCompressed ? gunzipSync(Buffer.from(result.body, "base64")).toString() : result.body;
  const isJson = /[/+]json$/.test(headers["content-type"] ?? "") && body !== "";
  return { status: result.statusCode, headers, body: isJson ? JSON.parse(body) : body, result };
}

export type TestReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed where it is JSON, and decompressed where a contract asked for it. */
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
  readonly body: any;
  /** As the gateway gets it. */
  readonly result: Readonly<Record<string, unknown>>;
};
