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
    [{}, "an empty object"],
    [{ key1: "value1", key2: "value2" }, "an object with key1, key2"],
  ])("%j", async (event, description) => {
    await expect(handler(event, context)).rejects.toThrow(`What came is ${description}.`);
  });
});
