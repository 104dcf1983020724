import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Act, answer, drop, refusal, startRawServer } from "../testing/raw-server.ts";
import { awsCall, dynamodb } from "./aws-call.ts";
import { AwsError, ThrottledError, UnavailableError, UnknownOutcomeError } from "./aws-error.ts";
import { clock } from "./clock.ts";

const ordinary = { ...clock };
const before = { ...process.env };
let waits: number[];
let stop: () => Promise<void> = async () => {};

beforeEach(() => {
  waits = [];
  clock.wait = async (ms) => void waits.push(ms);
});
afterEach(async () => {
  Object.assign(clock, ordinary);
  process.env = { ...before };
  await stop();
});

async function serve(...acts: Act[]) {
  const server = await startRawServer(...acts);
  stop = server.stop;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: server.url,
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "key",
    AWS_SECRET_ACCESS_KEY: "secret",
  });
  return server;
}
const call = (isRepeatable = false) => awsCall(dynamodb, "PutItem", { a: "ü" }, { isRepeatable });
const once = () => call().catch((error: unknown) => error);
const again = () => call(true).catch((error: unknown) => error);
const fine = answer(200, { fine: true });

describe("a call", () => {
  test("is a signed POST of JSON, and gives the answer", async () => {
    const { requests } = await serve(fine);
    process.env.AWS_SESSION_TOKEN = "token";
    expect(await call()).toEqual({ fine: true });
    const [request = ""] = requests;
    expect(request).toMatch(/^POST \/ HTTP\/1.1\r\n/);
    expect(request).toMatch(/\r\nx-amz-target: DynamoDB_20120810\.PutItem\r\n/);
    expect(request).toMatch(/\r\ncontent-type: application\/x-amz-json-1\.0\r\n/);
    expect(request).toMatch(/\r\nx-amz-security-token: token\r\n/);
    expect(request).toMatch(
      /\r\nauthorization: AWS4-HMAC-SHA256 Credential=key\/\d{8}\/eu-central-1\/dynamodb\/aws4_request, /,
    );
    expect(request).toMatch(/\r\ncontent-length: 10\r\n/);
    expect(request).toMatch(/\r\n\r\n\{"a":"ü"\}$/);
  });

  test("keeps its connection", async () => {
    const { connections } = await serve(fine);
    await call();
    await call();
    expect(connections()).toBe(1);
  });

  test("of what must not be done twice has a new connection after a rest, and where the clock went back", async () => {
    const { connections } = await serve(fine);
    const start = clock.now();
    await call();
    clock.now = () => start + 5000;
    await call(true);
    expect(connections()).toBe(1);
    clock.now = () => start + 10_000;
    await call();
    expect(connections()).toBe(2);
    clock.now = () => start;
    await call();
    expect(connections()).toBe(3);
  });

  test("after its connection was closed has another", async () => {
    const { connections, closeIdle } = await serve(fine);
    await call(true);
    await closeIdle();
    expect(await call(true)).toEqual({ fine: true });
    expect(connections()).toBe(2);
  });

  test("has 50 connections at most", async () => {
    const { connections, requests } = await serve(fine);
    await Promise.all(Array.from({ length: 120 }, () => call()));
    expect(requests).toHaveLength(120);
    expect(connections()).toBeLessThanOrEqual(50);
  });

  test("without a region or with an endpoint that is none says so, and is not repeated", async () => {
    await serve(fine);
    process.env.AWS_ENDPOINT_URL_DYNAMODB = "";
    process.env.AWS_ENDPOINT_URL = "";
    process.env.AWS_REGION = "";
    expect(await again()).toEqual(new Error("AWS_REGION is not set, so there is no dynamodb to call"));
    process.env.AWS_ENDPOINT_URL = "nowhere";
    expect(await again()).toBeInstanceOf(TypeError);
    expect(waits).toEqual([]);
  });
});

describe("what AWS refuses", () => {
  test("is an error of AWS's name, with what it says besides", async () => {
    const reasons = { CancellationReasons: [{ Code: "None" }] };
    const { requests } = await serve(refusal("TransactionCanceledException", "no", 400, reasons));
    const error = (await again()) as AwsError;
    expect(error).toBeInstanceOf(AwsError);
    expect(error).toMatchObject({
      name: "TransactionCanceledException",
      message: "no",
      status: 400,
      details: reasons,
    });
    expect(requests).toHaveLength(1);
  });

  test.each([
    "ProvisionedThroughputExceededException",
    "ThrottlingException",
    "RequestLimitExceeded",
    "TransactionInProgressException",
    "TransactionConflictException",
  ])("for a while, as %s, is done later, and never twice", async (name) => {
    const { requests } = await serve(refusal(name), refusal(name), fine);
    expect(await once()).toEqual({ fine: true });
    expect(requests).toHaveLength(3);
    expect(waits).toHaveLength(2);
    expect(new Set(requests.map((request) => request.split("\r\n\r\n")[1])).size).toBe(1);
  });

  test("for ever ends after five tries, with growing waits", async () => {
    const { requests } = await serve(refusal("ThrottlingException", "Rate exceeded"));
    expect(await once()).toEqual(new ThrottledError("dynamodb PutItem was tried 5 times: Rate exceeded"));
    expect(requests).toHaveLength(5);
    for (const [nth, ms] of waits.entries()) expect(ms).toBeLessThanOrEqual(25 * 2 ** (nth + 1));
  });

  test("is not tried again where there is no time", async () => {
    let left = 10_000;
    const { requests } = await serve((socket, request) => {
      left = 200; // as its answer goes out
      refusal("ThrottlingException")(socket, request);
    });
    clock.remainingMs = () => left;
    expect(await once()).toBeInstanceOf(ThrottledError);
    expect(requests).toHaveLength(1);
    left = 100;
    expect(await once()).toEqual(new Error("dynamodb PutItem was not sent: the function has no time left"));
  });
});

const half: Act = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"fine":');
};
const html = "<html>502</html>";

describe.each<[fault: string, ...acts: Act[]]>([
  ["drops the connection before an answer", drop],
  [
    "drops it half-way in the answer",
    (socket, request) => {
      half(socket, request);
      setImmediate(() => socket.destroy());
    },
  ],
  [
    "ends it half-way in the answer",
    (socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"),
  ],
  ["closes it without a word", (socket) => socket.end()],
  ["answers no HTTP", (socket) => socket.end("hello\r\n\r\n")],
  ["answers 500", refusal("InternalServerError", "failed", 500)],
  ["answers 503", answer(503, "")],
  ["answers 502 with HTML", answer(502, html, "text/html")],
  ["answers 200 with HTML", answer(200, html, "text/html")],
  ["answers 200 with half of JSON", answer(200, '{"fine":')],
  ["answers 403 with HTML", answer(403, html, "text/html")],
])("where the other side %s", (_, act) => {
  test("what may be done twice is repeated", async () => {
    const { requests } = await serve(act, act, fine);
    expect(await again()).toEqual({ fine: true });
    expect(requests).toHaveLength(3);
  });

  test("and is an error in the end", async () => {
    const { requests } = await serve(act);
    expect(await again()).toBeInstanceOf(UnavailableError);
    expect(requests).toHaveLength(5);
  });

  test("what may not is done once, and its outcome is unknown", async () => {
    const { requests } = await serve(act, fine);
    const error = await once();
    expect(error).toBeInstanceOf(UnknownOutcomeError);
    expect(String(error)).toMatch(/^UnknownOutcomeError: dynamodb PutItem may or may not have been done: ./);
    expect(requests).toHaveLength(1);
    expect(waits).toEqual([]);
  });
});

describe("where no answer comes in time", () => {
  test.each<[what: string, ...acts: Act[]]>([
    ["at all", () => {}],
    ["as a whole", half],
  ])("%s, the try is over, and its outcome unknown", async (_, act) => {
    const { requests } = await serve(act);
    clock.remainingMs = () => 250;
    expect(await once()).toBeInstanceOf(UnknownOutcomeError);
    expect(requests).toHaveLength(1);
    const error = await again();
    expect(error).toBeInstanceOf(UnavailableError);
    expect(String(error)).toMatch(/was tried \d times: no answer in 50 ms$/);
  });
});

test("what was never sent is repeated whatever it is, and is no unknown outcome", async () => {
  const server = await serve(fine);
  await server.stop();
  stop = async () => {};
  const error = await once();
  expect(error).toBeInstanceOf(UnavailableError);
  expect(String(error)).toContain("ECONNREFUSED");
  expect(waits).toHaveLength(4);
});
