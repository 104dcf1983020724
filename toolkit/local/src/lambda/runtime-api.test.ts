import { once } from "node:events";
import { createServer, type RequestOptions, request } from "node:http";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { LAMBDA_RESULT_BYTES } from "@lucky/gateway/result-size";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { type RuntimeApi, serveRuntimeApi } from "./runtime-api.ts";
import { makeSecret, watchStrangers } from "./runtime-api-access.ts";

const NEXT = "/2018-06-01/runtime/invocation/next";
const INIT_ERROR = "/2018-06-01/runtime/init/error";

let api: RuntimeApi;
let authority: string;
let base: string;
beforeEach(async () => {
  api = await serve("path");
});

async function serve(place: "path" | "host"): Promise<RuntimeApi> {
  const served = await serveRuntimeApi(place);
  onTestFinished(() => served.close());
  [authority = "", base = ""] = served.address.split(/(?=\/)/);
  return served;
}

type Answer = { status: number | undefined; body: string; headers: NodeJS.Dict<string | string[]> };

/** Asks, on a connection of its own, for a path below the secret. */
async function ask(path: string, { body = "", ...options }: RequestOptions & { body?: string } = {}) {
  return askExactly(base + path, { body, ...options });
}

async function askExactly(path: string, { body = "", ...options }: RequestOptions & { body?: string } = {}) {
  const [hostname, port] = authority.split(":");
  const asked = request({ hostname, port, path, agent: false, ...options }).end(body);
  const [response] = await once(asked, "response");
  return { status: response.statusCode, headers: response.headers, body: await text(response) } as Answer;
}

/** An init error is not taken any more once a client has asked for an event. */
const untilAwaited = () => vi.waitFor(async () => expect((await post(INIT_ERROR)).status).toBe(403));
const post = (path: string, body = "{}") => ask(path, { method: "POST", body });
const report = (id: string, kind: string) => `/2018-06-01/runtime/invocation/${id}/${kind}`;

/** Gives the API an event, and takes it as a client does. */
async function begin(requestId = "1"): Promise<{ settled: ReturnType<RuntimeApi["invoke"]> }> {
  const settled = api.invoke(
    { requestId, event: '"the event"', functionArn: "arn", timeoutMs: 1000 },
    () => {},
  );
  expect((await ask(NEXT)).body).toBe('"the event"');
  return { settled };
}

describe("the Runtime API hands its event to nobody", () => {
  const taken = vi.fn();
  beforeEach(() => {
    taken.mockReset();
    api.invoke({ requestId: "1", event: '"secret"', functionArn: "arn", timeoutMs: 1000 }, taken);
  });

  test.each([
    ["without the secret", () => askExactly(NEXT)],
    ["with a wrong secret", () => askExactly(`/${"0".repeat(32)}${NEXT}`)],
    ["with the beginning of the secret", () => askExactly(base.slice(0, -1) + NEXT)],
    [
      "by another name for this machine",
      () => ask(NEXT, { headers: { host: authority.replace("127.0.0.1", "localhost") } }),
    ],
    ["by a name that leads here", () => ask(NEXT, { headers: { host: "evil.example" } })],
    ["by another port", () => ask(NEXT, { headers: { host: "127.0.0.1:1" } })],
    ["from a page", () => ask(NEXT, { headers: { origin: "https://evil.example" } })],
    ["from a page without an origin", () => ask(NEXT, { headers: { origin: "null" } })],
    [
      "as an image of a page",
      () => ask(NEXT, { headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" } }),
    ],
    ["as an absolute target", () => askExactly(`http://${authority}${base}${NEXT}`)],
  ])("%s", async (_, asking) => {
    const { status, headers, body } = await asking();
    expect([status, headers.connection]).toEqual([403, "close"]);
    expect(body).not.toContain('"secret"');
    expect(taken).not.toHaveBeenCalled();
    expect((await ask(NEXT)).body).toBe('"secret"');
  });
});

test("the Runtime API hands its event to no other connection while one awaits it", async () => {
  const first = ask(NEXT);
  await untilAwaited();
  expect((await ask(NEXT)).status).toBe(403);
  api.invoke({ requestId: "1", event: '"the event"', functionArn: "arn", timeoutMs: 1000 }, () => {});
  expect((await first).body).toBe('"the event"');
});

test("AWS's client, which takes host:port alone, has an address of its own that nobody else knows", async () => {
  api = await serve("host");
  expect(api.address).toMatch(/^127(\.\d+){3}:\d+$/);
  const { settled } = await begin();
  const [hostname, port] = authority.split(":");
  await expect(once(connect({ host: "127.0.0.1", port: Number(port) }), "connect")).rejects.toThrow(
    "ECONNREFUSED",
  );
  expect((await askExactly(NEXT, { headers: { host: `127.0.0.1:${port}` } })).status).toBe(403);
  expect(hostname).not.toBe("127.0.0.1");
  await post(report("1", "response"), "7");
  expect(await settled).toEqual({ payload: "7", isFunctionError: false });
});

test("where the system has but one loopback address, that is it", () => {
  expect(makeSecret("host", "darwin")).toEqual({ hostname: "127.0.0.1", path: "" });
  expect(makeSecret("path", "darwin").path).toMatch(/^\/[\da-f]{32}$/);
});

describe("a client that holds the secret", () => {
  test("gets the next event although the one that awaited it has gone", async () => {
    const [hostname = "", port] = authority.split(":");
    const gone = connect({ host: hostname, port: Number(port) });
    gone.write(`GET ${base}${NEXT} HTTP/1.1\r\nhost: ${authority}\r\n\r\n`);
    await untilAwaited();
    gone.end().resume();
    await once(gone, "close");
    api.invoke({ requestId: "1", event: '"the event"', functionArn: "arn", timeoutMs: 1000 }, () => {});
    await vi.waitFor(async () => expect((await ask(NEXT)).body).toBe('"the event"'));
  });

  test.each([
    ["an id of nothing", report("0", "response"), 400, "InvalidRequestID"],
    ["an error of nothing", report("0", "error"), 400, "InvalidRequestID"],
    ["an init error after the init", INIT_ERROR, 403, "InvalidStateTransition"],
    ["a path that is none", "/2018-06-01/runtime/nothing", 404, "NotFound"],
    ["another version", "/2020-01-01/runtime/invocation/next", 403, "Forbidden"],
    ["a path below one", `${report("1", "response")}/more`, 404, "NotFound"],
    ["a method of another path", NEXT, 405, "MethodNotAllowed"],
  ])("is told of %s, and answers its own invocation afterwards", async (_, path, status, errorType) => {
    const { settled } = await begin();
    const answer = await post(path);
    expect([answer.status, JSON.parse(answer.body).errorType]).toEqual([status, errorType]);
    expect((await ask(report("1", "response"))).status).toBe(405);
    expect((await post(report("1", "response"), "7")).status).toBe(202);
    expect(await settled).toEqual({ payload: "7", isFunctionError: false });
    expect((await post(report("1", "response"), "8")).status).toBe(400);
  });

  test.each(["", "boo", "[1]", "null", "7", '"text"', '{"errorType":', "\u0000", "\ud800"])(
    "may report the error %j: the invocation ends with one in Lambda's shape",
    async (body) => {
      const { settled } = await begin();
      expect((await post(report("1", "error"), body)).status).toBe(202);
      const { payload, isFunctionError } = await settled;
      expect(isFunctionError).toBe(true);
      expect(JSON.parse(payload)).toMatchObject({ errorType: "Runtime.Unknown" });
    },
  );

  test("may report an init error that is none", async () => {
    const settled = api.invoke(
      { requestId: "1", event: "{}", functionArn: "arn", timeoutMs: 1000 },
      () => {},
    );
    expect((await post(INIT_ERROR, "boo")).status).toBe(202);
    expect(JSON.parse((await settled).payload)).toMatchObject({ errorType: "Runtime.Unknown" });
  });

  test("may send far too much: its size is told, and it is not kept", async () => {
    const { settled } = await begin();
    const size = LAMBDA_RESULT_BYTES * 3;
    expect((await post(report("1", "response"), "x".repeat(size))).status).toBe(413);
    expect(JSON.parse((await settled).payload).errorMessage).toContain(`(${size} bytes)`);
  });

  test("may answer twice at once: the first counts, and the second is not for the next invocation", async () => {
    const { settled } = await begin();
    const [hostname = "", port] = authority.split(":");
    const slow = connect({ host: hostname, port: Number(port) });
    slow.write(
      `POST ${base}${report("1", "response")} HTTP/1.1\r\nhost: ${authority}\r\ncontent-length: 6\r\n\r\n"l`,
    );
    await once(slow, "ready");
    await post(report("1", "response"), '"first"');
    expect((await settled).payload).toBe('"first"');
    const next = await begin("2");
    slow.write('ate"');
    expect(String((await once(slow, "data"))[0])).toMatch(/^HTTP\/1.1 400 .*InvalidRequestID/s);
    await post(report("2", "response"), '"second"');
    expect((await next.settled).payload).toBe('"second"');
  });
});

describe("a connection that nobody has been admitted on", () => {
  async function connectTo(headersMs: number): Promise<{ socket: Socket; closed: Promise<unknown> }> {
    const server = createServer();
    server.headersTimeout = 0;
    watchStrangers(server, headersMs);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const address = server.address();
    const socket = connect({
      host: "127.0.0.1",
      port: typeof address === "object" ? (address?.port ?? 0) : 0,
    });
    socket.on("error", () => {});
    await once(socket, "connect");
    return { socket, closed: once(socket, "close") };
  }

  test("is hung up on when it begins a request and does not get on with it", async () => {
    const { socket, closed } = await connectTo(20);
    socket.write("GET / HTTP/1.1\r\nhost: ");
    await closed;
  });

  test("stays while it is silent", async () => {
    const silent = await connectTo(20);
    const talking = await connectTo(20);
    talking.socket.write("GET");
    await talking.closed;
    expect(silent.socket.readyState).toBe("open");
  });
});
