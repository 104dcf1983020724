import {
  InvokeCommand,
  type InvokeCommandInput,
  LambdaClient,
  ListFunctionsCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { InvocationResult } from "../lambda/environment.ts";
import type { InvokeOptions } from "../lambda/invoke-options.ts";
import { type AwsEndpoint, startAwsEndpoint } from "./aws-endpoint.ts";
import { type ApiInvocation, createInvokeApi } from "./invoke-api.ts";

// The real SDK is the client; what runs functions is a stand-in that says what a function did.

type Outcome = InvocationResult | "throttled" | "event-too-large";

const events: [string, string][] = [];
const given: (InvokeOptions | undefined)[] = [];
const invocations: ApiInvocation[] = [];
const waits: number[] = [];
let outcomes: Outcome[] = [];

const api = createInvokeApi({
  async invoke(name, event, options) {
    events.push([name, event]);
    given.push(options);
    return outcomes.shift() ?? succeeded('{"message":"Hi"}');
  },
  names: () => ["greet", "lucky-numbers"],
  onInvocation: (invocation) => invocations.push(invocation),
  wait: async (milliseconds) => waits.push(milliseconds),
});
const endpoint: AwsEndpoint = await startAwsEndpoint({ lambda: api });
const client = new LambdaClient({
  endpoint: endpoint.url,
  region: "us-east-1",
  credentials: { accessKeyId: "a", secretAccessKey: "b" },
  maxAttempts: 1,
});

afterAll(() => {
  client.destroy();
  endpoint.close();
});
beforeEach(() => {
  for (const list of [events, given, invocations, waits]) list.splice(0);
  outcomes = [];
});

function succeeded(payload: string, lines: readonly string[] = ["one", "two"]): InvocationResult {
  return {
    payload,
    isFunctionError: false,
    logs: lines.map((text) => ({ from: "function", text })),
    report: { requestId: "r", durationMs: 1, memorySizeMb: 128, status: "success" },
    environment: 1,
  };
}

function failed(errorType = "Error"): InvocationResult {
  return { ...succeeded(JSON.stringify({ errorType, errorMessage: "no" })), isFunctionError: true };
}

const invoke = (input: Partial<InvokeCommandInput> = {}) =>
  client.send(
    new InvokeCommand({ FunctionName: "greet", Payload: Buffer.from('{"name":"Anna"}'), ...input }),
  );
const textOf = (payload: Uint8Array | undefined) => Buffer.from(payload ?? []).toString();

describe("Invoke", () => {
  test("runs the function and gives its result", async () => {
    const { StatusCode, Payload, ExecutedVersion, FunctionError, LogResult, $metadata } = await invoke();
    expect([StatusCode, textOf(Payload), ExecutedVersion]).toEqual([200, '{"message":"Hi"}', "$LATEST"]);
    expect([FunctionError, LogResult]).toEqual([undefined, undefined]);
    expect($metadata.requestId).toMatch(/^[\da-f-]{36}$/);
    expect(given).toEqual([{ requestId: $metadata.requestId, clientContext: undefined }]);
    expect(events).toEqual([["greet", '{"name":"Anna"}']]);
    expect(invocations).toMatchObject([{ functionName: "greet", type: "RequestResponse", status: 200 }]);
  });

  test("gives an error of the function as a result", async () => {
    outcomes = [failed()];
    const { StatusCode, Payload, FunctionError } = await invoke();
    expect([StatusCode, FunctionError]).toEqual([200, "Unhandled"]);
    expect(JSON.parse(textOf(Payload))).toEqual({ errorType: "Error", errorMessage: "no" });
  });

  test("gives the last 4 KB of the log when it is asked for", async () => {
    outcomes = [succeeded("null", ["x".repeat(5000), "last"])];
    const { LogResult = "" } = await invoke({ LogType: "Tail" });
    const tail = Buffer.from(LogResult, "base64").toString();
    expect([tail.length, tail.endsWith("xxx\nlast\n")]).toEqual([4096, true]);
  });

  test.each([
    "greet",
    "greet:$LATEST",
    "greet:live",
    "123456789012:function:greet",
    "arn:aws:lambda:us-east-1:123456789012:function:greet",
    "arn:aws:lambda:us-east-1:123456789012:function:greet:$LATEST",
  ])("knows a function as %s", async (FunctionName) => {
    expect((await invoke({ FunctionName })).StatusCode).toBe(200);
    expect(events[0]?.[0]).toBe("greet");
  });

  test("gives a function {} where there is no payload", async () => {
    await client.send(new InvokeCommand({ FunctionName: "greet" }));
    expect(events).toEqual([["greet", "{}"]]);
  });

  test("gives a function the client's context", async () => {
    const ClientContext = Buffer.from('{"custom":{"name":"Zoë"}}').toString("base64");
    await invoke({ ClientContext });
    expect(given).toMatchObject([{ clientContext: '{"custom":{"name":"Zoë"}}' }]);
  });

  test("runs nothing in a dry run", async () => {
    expect((await invoke({ InvocationType: "DryRun" })).StatusCode).toBe(204);
    expect(events).toEqual([]);
  });
});

describe("what Lambda refuses", () => {
  const big = Buffer.from(JSON.stringify("x".repeat(6 * 1024 * 1024 - 1)));
  test.each<[string, Partial<InvokeCommandInput>, string, string]>([
    [
      "an unknown function",
      { FunctionName: "nobody" },
      "ResourceNotFoundException",
      "Function not found: arn:aws:lambda:us-east-1:123456789012:function:nobody",
    ],
    [
      "an unknown version",
      { Qualifier: "7" },
      "ResourceNotFoundException",
      "Function not found: arn:aws:lambda:us-east-1:123456789012:function:greet:7",
    ],
    [
      "what is no JSON",
      { Payload: Buffer.from("{no}") },
      "InvalidRequestContentException",
      "Could not parse request body into json: ",
    ],
    [
      "an event of more than 6 MB",
      { Payload: big },
      "RequestTooLargeException",
      "smaller than 6291456 bytes",
    ],
    [
      "one of more than 1 MB that nobody waits for",
      { Payload: big.subarray(0, 1024 * 1024 + 1), InvocationType: "Event" },
      "RequestTooLargeException",
      "smaller than 1048576 bytes",
    ],
    [
      "a type that there is not",
      { InvocationType: "Later" as "Event" },
      "ValidationException",
      "[Event, RequestResponse, DryRun]",
    ],
    ["a type of log that there is not", { LogType: "Head" as "Tail" }, "ValidationException", "[None, Tail]"],
  ])("%s", async (_, input, name, message) => {
    const error = await invoke(input).catch((error) => error);
    expect(error.name).toBe(name);
    expect(error.message).toContain(message);
    expect(events).toEqual([]);
  });

  test("more events at once than there are environments", async () => {
    outcomes = ["throttled"];
    const error = await invoke().catch((error) => error);
    expect([error.name, error.Reason, error.$metadata.httpStatusCode]).toEqual([
      "TooManyRequestsException",
      "ConcurrentInvocationLimitExceeded",
      429,
    ]);
    expect(invocations).toMatchObject([{ status: 429, failure: expect.stringContaining("--concurrency") }]);
  });

  test("any other call, by a name that says so", async () => {
    const error = await client.send(new ListFunctionsCommand({})).catch((error) => error);
    expect([error.name, error.message]).toEqual([
      "UnknownOperationException",
      expect.stringContaining("knows Invoke alone"),
    ]);
  });
});

describe("an event that nobody waits for", () => {
  const settled = (attempts: number) =>
    expect.poll(() => invocations.length, { timeout: 60_000, interval: 1 }).toBe(attempts);

  test("is taken at once, and run", async () => {
    const { StatusCode, Payload } = await invoke({ InvocationType: "Event" });
    expect([StatusCode, textOf(Payload)]).toEqual([202, ""]);
    await settled(1);
    expect(invocations[0]).toMatchObject({ type: "Event", status: 202, outcome: { isFunctionError: false } });
    expect(waits).toEqual([]);
  });

  test("is tried twice more where it fails", async () => {
    outcomes = [failed(), failed(), failed(), failed()];
    await invoke({ InvocationType: "Event" });
    await settled(3);
    expect(waits).toEqual([1000, 2000]);
    expect(events).toHaveLength(3);
    expect(invocations.map(({ failure }) => failure)).toEqual([
      "tried again in 1 s (Lambda waits a minute, then two)",
      "tried again in 2 s (Lambda waits a minute, then two)",
      undefined,
    ]);
  });

  test("waits for an environment as long as it takes, and has its tries then", async () => {
    outcomes = ["throttled", "throttled", "throttled", "throttled", failed()];
    await invoke({ InvocationType: "Event" });
    await settled(6);
    expect(waits).toEqual([1000, 1000, 1000, 1000, 1000]);
  });
});
