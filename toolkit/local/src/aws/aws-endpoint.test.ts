import { request as send } from "node:http";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, describe, expect, test } from "vitest";
import { startAwsEndpoint } from "./aws-endpoint.ts";

const endpoint = await startAwsEndpoint({
  sqs: async ({ method, url, body }) => ({ status: 200, headers: {}, body: `${method} ${url} ${body}` }),
  broken: async () => Promise.reject(new Error("engine gone")),
});
afterAll(() => endpoint.close());

const signed = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=a/20261125/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

/** With headers that fetch would not send. */
function call(
  headers: Record<string, string>,
  body = "",
  path = "/",
): Promise<{ status: number; text: string; type: string }> {
  return new Promise((resolve, reject) => {
    const request = send(`${endpoint.url}${path}`, { method: "POST", headers }, async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, text, type: response.headers["content-type"] ?? "" });
    });
    request.on("error", reject).end(body);
  });
}

describe("AWS on this machine", () => {
  test("is each service by the name in its signature", async () => {
    expect(await call(signed("sqs"), "hello", "/queue?a=1")).toMatchObject({
      status: 200,
      text: "POST /queue?a=1 hello",
    });
  });

  test("says of a service that is not here what to do, in an error that an SDK throws", async () => {
    const client = new LambdaClient({
      endpoint: endpoint.url,
      region: "us-east-1",
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
    });
    const error = await client.send(new InvokeCommand({ FunctionName: "greet" })).catch((error) => error);
    client.destroy();
    expect(error).toMatchObject({ name: "ServiceNotOnThisMachine", $metadata: { attempts: 1 } });
    expect(error.message).toContain("The service lambda is not on this machine. Run with --aws");
  });

  test.each([
    [
      "dynamodb",
      { "x-amz-target": "DynamoDB_20120810.Scan", "content-type": "application/x-amz-json-1.0" },
      /^\{"__type"/,
    ],
    ["s3", {}, /^<Error><Code>ServiceNotOnThisMachine/],
    ["sts", { "content-type": "application/x-www-form-urlencoded" }, /^<ErrorResponse><Error><Type>Sender/],
  ])("says so in the protocol of %s", async (service, headers, body) => {
    expect(await call({ ...signed(service), ...headers })).toMatchObject({
      status: 400,
      text: expect.stringMatching(body),
    });
  });

  test("refuses a call without a signature, and names of objects", async () => {
    expect(await call({})).toMatchObject({
      status: 400,
      text: expect.stringContaining("without a signature"),
    });
    expect((await call(signed("constructor"))).status).toBe(400);
  });

  test.each([
    ["a page", { origin: "https://example.com" }],
    ["a page of another site", { "sec-fetch-site": "cross-site" }],
    ["a name that leads here", { host: "evil.example:80" }],
  ])("refuses %s", async (_, headers) => {
    const { status, text } = await call({ ...signed("sqs"), ...headers }, "take");
    expect([status, text.includes("take")]).toEqual([403, false]);
  });

  test("takes 20 MB and no more", async () => {
    const most = 20 * 1024 * 1024;
    expect((await call(signed("sqs"), "x".repeat(most))).status).toBe(200);
    expect((await call(signed("sqs"), "x".repeat(most + 1))).status).toBe(413);
  });

  test("answers also where a service fails", async () => {
    expect(await call(signed("broken"))).toMatchObject({
      status: 500,
      text: expect.stringContaining("engine gone"),
    });
  });
});
