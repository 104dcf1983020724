import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { contract } from "../contract/contract.ts";
import { eventsFolder } from "../testing/recorded.ts";
import { context } from "../testing/testing.ts";
import { lambda } from "./lambda.ts";
import { UnsupportedEventError } from "./unsupported-event-error.ts";

const ping = contract({ method: "GET", path: "/ping", summary: "Pings", reply: z.string() });
const handler = lambda(ping, () => "pong");
const folder = new URL("other/", eventsFolder);

const sources = {
  "sqs.json": "an event from aws:sqs",
  "s3.json": "an event from aws:s3",
  "sns.json": "an event from aws:sns",
  "kinesis.json": "an event from aws:kinesis",
  "dynamodb.json": "an event from aws:dynamodb",
  "eventbridge.json": "an event from aws.events",
  "cognito.json": "an event from Cognito",
  "cloudfront.json": "an event from CloudFront",
  "kafka.json": "an event from aws:kafka",
  "mq.json": "an event from aws:mq",
  "rabbitmq.json": "an event from aws:rmq",
  "documentdb.json": "an event from aws:docdb",
  "alarm.json": "an event from aws.cloudwatch",
  "cloudwatch-logs.json": "an event from CloudWatch Logs",
  "firehose.json": "an event from Firehose",
  "lex.json": "an event from Lex",
  "appsync.json": "an event from AppSync",
  "cloudformation.json": "an event from CloudFormation",
  "bedrock-agent.json": "an event from Bedrock",
  "vpc-lattice-v1.json": "an event from VPC Lattice",
  "vpc-lattice.json": "an event from VPC Lattice",
  "websocket-message.json": "an event from an API Gateway WebSocket API",
  "websocket.json": "an event from an API Gateway WebSocket API",
  "authorizer-rest.json": "an event from API Gateway, for an authorizer",
  "authorizer-http.json": "an event from API Gateway, for an authorizer",
};

describe("an event that is not an HTTP request is refused by name", () => {
  test("and every recorded one is tried", () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(sources).sort());
  });

  test.each(Object.entries(sources))("%s", async (file, source) => {
    const event = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
    const refusal = handler(event, context);
    await expect(refusal).rejects.toBeInstanceOf(UnsupportedEventError);
    await expect(refusal).rejects.toThrow(`What came is ${source}.`);
  });

  test.each([
    [null, "null"],
    ["text", "a string"],
    [7, "a number"],
    [[], "a list"],
    [{}, "an object with no fields"],
    [{ key1: "value1", key2: "value2" }, "an object with key1, key2"],
    [Object.fromEntries([..."abcdefghij"].map((name) => [name, 1])), "an object with a, b, c, d, e, f, g, h"],
  ])("%j", async (event, description) => {
    await expect(handler(event, context)).rejects.toThrow(`What came is ${description}.`);
  });

  test.each([
    ["a field's name of a megabyte", { ["x".repeat(1_000_000)]: 1 }],
    [
      "a thousand fields",
      Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`${index}`.repeat(50), 1])),
    ],
    ["a source of a megabyte", { Records: [{ eventSource: "x".repeat(1_000_000) }] }],
    ["a source that is no text", { Records: [{ eventSource: { a: 1 } }], source: null }],
    ["names that objects inherit", { Records: "__proto__", requestContext: ["constructor"], constructor: 1 }],
  ])("in a few words, even with %s", async (_, event) => {
    const refusal = await handler(event, context).catch((error: Error) => error);
    expect(refusal).toBeInstanceOf(UnsupportedEventError);
    expect((refusal as Error).message.length).toBeLessThan(600);
    expect((refusal as Error).message).toMatch(/What came is an (object with|event from) [\w, …]+\./);
  });
});
