import type { Socket } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { contract } from "../contract/contract.ts";
import { bytes, text } from "../contract/schema.ts";
import { serveRaw } from "../testing/serve.ts";
import { createClient, UnexpectedReplyError } from "./client.ts";

// Whatever answers, a call gives a reply, a problem or an error that it documents, and does so in time.

const api = {
  read: contract({
    method: "GET",
    path: "/x",
    summary: "",
    reply: {
      200: z.object({ a: z.number() }),
      201: null,
      204: null,
      302: null,
      404: z.object({ missing: z.string() }),
      410: null,
      422: z.object({ wrong: z.array(z.string()) }),
      503: text("text/plain"),
    },
    problems: {
      "out-of-credit": { status: 403, title: "No credit", members: z.object({ balance: z.number() }) },
      own: { status: 409, title: "Own", type: "https://example.com/own" },
    },
  }),
  page: contract({ method: "GET", path: "/x", summary: "", reply: text() }),
  picture: contract({ method: "GET", path: "/x", summary: "", reply: bytes("image/png") }),
};

type Outcome = Readonly<Record<string, unknown>>;
type Row = readonly [name: string, answer: string | Buffer | ((socket: Socket) => void), outcome: Outcome];

const MAX_BYTES = 100_000;
const HTML =
  "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>";
const JSON_TYPE = "content-type: application/json";
const PROBLEM_TYPE = "content-type: application/problem+json";

function http(status: number, headers: string | readonly string[], body: string | Buffer = ""): Buffer {
  const fields = [headers, `content-length: ${Buffer.byteLength(body)}`].flat().filter(Boolean);
  return Buffer.concat([head(status, fields), Buffer.from(body)]);
}
const head = (status: number, fields: readonly string[]) =>
  Buffer.from(`HTTP/1.1 ${status} X\r\n${fields.map((field) => `${field}\r\n`).join("")}\r\n`, "latin1");
const json = (status: number, value: unknown) => http(status, JSON_TYPE, JSON.stringify(value));
const html = (status: number, body = HTML) => http(status, "content-type: text/html", body);
const problemJson = (status: number, value: unknown) => http(status, PROBLEM_TYPE, JSON.stringify(value));

const ok = (status: number, body?: unknown): Outcome => ({ ok: true, status, body });
const foreign = (status: number, title = `HTTP ${status}`): Outcome => ({
  ok: false,
  status,
  kind: undefined,
  problem: { type: "about:blank", title, status },
});
const refused = (status: number, kind: string | undefined, problem: object): Outcome => ({
  ok: false,
  status,
  kind,
  problem: { type: "about:blank", title: `HTTP ${status}`, status, ...problem },
});
const unexpected = (status: number, fault: string): Outcome => ({
  error: "UnexpectedReplyError",
  message: `read (GET /x) got ${status}: ${fault}`,
});
const network: Outcome = { error: "TypeError" };
const timeout: Outcome = { error: "TimeoutError" };

/** What the client makes of it; `slow` has little time. */
async function outcomeOf(answer: Row[1], name: keyof typeof api, slow = false): Promise<Outcome> {
  const url = await serveRaw((socket) =>
    typeof answer === "function" ? answer(socket) : socket.end(answer),
  );
  const options = { retries: 0, maxReplyBytes: MAX_BYTES, timeoutMs: slow ? 100 : 10_000 };
  try {
    const { headers, ...reply } = await createClient(api, url, options)[name]();
    expect(headers).toBeInstanceOf(Headers);
    return reply;
  } catch (error) {
    if (error instanceof UnexpectedReplyError) {
      expect(error).toMatchObject({ contract: name, headers: expect.any(Headers) });
      expect(error.excerpt.length).toBeLessThanOrEqual(200);
      return { error: error.name, message: error.message };
    }
    return { error: (error as Error).name };
  }
}

const WHOLE = '{"a":12}';
const cannotDecode = unexpected(200, "its body cannot be decoded");
const noJson = (type: string) => unexpected(200, `its content type is ${type}, not JSON`);
const tooLarge = unexpected(200, "its body is larger than maxReplyBytes");
const undeclared = (status: number) => unexpected(status, "the contract has no such status");
const ownType = { type: "urn:problem:out-of-credit", title: "No credit", balance: 1 };

const rows: Readonly<Record<string, readonly Row[]>> = {
  "a status that went well": [
    ["what is due", json(200, { a: 1 }), ok(200, { a: 1 })],
    ["what a newer server adds", json(200, { a: 1, b: 2 }), ok(200, { a: 1, b: 2 })],
    ["HTML", html(200, "<p>Log in first</p>"), noJson("text/html")],
    ["HTML that calls itself JSON", http(200, JSON_TYPE, HTML), cannotDecode],
    ["JSON that calls itself text", http(200, "content-type: text/plain", WHOLE), noJson("text/plain")],
    ["JSON without a type", http(200, "", WHOLE), noJson("missing")],
    [
      "JSON of a type of its own",
      http(200, "content-type: application/vnd.x+json", WHOLE),
      ok(200, { a: 12 }),
    ],
    [
      "a type in capitals",
      http(200, "content-type: Application/JSON; Charset=UTF-8", WHOLE),
      ok(200, { a: 12 }),
    ],
    [
      "two types",
      http(200, [JSON_TYPE, "content-type: text/html"], WHOLE),
      noJson("application/json, text/html"),
    ],
    [
      "another charset",
      http(200, `${JSON_TYPE}; charset=iso-8859-1`, WHOLE),
      noJson("application/json; charset=iso-8859-1"),
    ],
    ["a byte order mark", http(200, JSON_TYPE, `\ufeff${WHOLE}`), ok(200, { a: 12 })],
    ["UTF-16", http(200, JSON_TYPE, Buffer.from(`\ufeff${WHOLE}`, "utf16le")), cannotDecode],
    ["no UTF-8", http(200, JSON_TYPE, Buffer.from('{"a":"\xff"}', "latin1")), cannotDecode],
    ["nothing", http(200, JSON_TYPE), unexpected(200, "its body is empty")],
    ["spaces", http(200, JSON_TYPE, "  "), cannotDecode],
    ["two values", http(200, JSON_TYPE, `${WHOLE}${WHOLE}`), cannotDecode],
    ["NaN", http(200, JSON_TYPE, '{"a":NaN}'), cannotDecode],
    ["a prefix against scripts", http(200, JSON_TYPE, `)]}',\n${WHOLE}`), cannotDecode],
    ["a text that is deep", http(200, JSON_TYPE, "[".repeat(50_000)), cannotDecode],
    ...Array.from(WHOLE, (_, end): Row => {
      const cut = WHOLE.slice(0, end);
      return [
        `JSON that is cut: ${cut}`,
        http(200, JSON_TYPE, cut),
        end > 0 ? cannotDecode : unexpected(200, "its body is empty"),
      ];
    }),
    [
      "a 201 with the body that it has not",
      json(201, {}),
      unexpected(201, "it has a body, and the contract none for this status"),
    ],
    ["a 201 with none", http(201, ""), ok(201)],
    ["a 204 with a body, which HTTP drops", json(204, { a: 1 }), ok(204)],
    ["a 202", json(202, { a: 1 }), undeclared(202)],
    ["a 202 with none", http(202, ""), undeclared(202)],
    ["a 202 with a location", http(202, "location: /y"), undeclared(202)],
    ["a 205", http(205, ""), undeclared(205)],
    ["a 206", json(206, { a: 1 }), undeclared(206)],
    ["a 226", html(226), undeclared(226)],
    [
      "a problem",
      problemJson(200, { type: "about:blank", title: "No" }),
      refused(200, undefined, { title: "No" }),
    ],
  ],
  "a redirect": [
    ["that is declared", http(302, "location: /y"), ok(302)],
    ["that is declared, without a location", http(302, ""), ok(302)],
    [
      "that is declared, with HTML",
      http(302, ["location: /y", "content-type: text/html"], HTML),
      unexpected(302, "it has a body, and the contract none for this status"),
    ],
    ...[301, 303, 307, 308].flatMap((status): Row[] => [
      [
        `of ${status}`,
        http(status, "location: https://elsewhere.example/x"),
        unexpected(status, "a redirect to https://elsewhere.example/x, which is not followed"),
      ],
      [`of ${status} without a location`, http(status, ""), undeclared(status)],
    ]),
    ["to itself", http(301, "location: /x"), unexpected(301, "a redirect to /x, which is not followed")],
    [
      "to no URL",
      http(301, "location: http://[x"),
      unexpected(301, "a redirect to http://[x, which is not followed"),
    ],
    [
      "to a script",
      http(301, "location: javascript:x"),
      unexpected(301, "a redirect to javascript:x, which is not followed"),
    ],
    ["that is none", http(300, ""), undeclared(300)],
    ["to what is cached", http(304, ""), undeclared(304)],
    ["to a proxy", http(305, "location: /x"), unexpected(305, "a redirect to /x, which is not followed")],
  ],
  "what others answer": [
    ["API Gateway's 403", json(403, { message: "Forbidden" }), foreign(403, "Forbidden")],
    [
      "a REST API's 403",
      json(403, { message: "Missing Authentication Token" }),
      foreign(403, "Missing Authentication Token"),
    ],
    ["a function URL's 403", json(403, { Message: "Forbidden" }), foreign(403, "Forbidden")],
    ["API Gateway's 403 of null", json(403, { message: null }), foreign(403)],
    [
      "API Gateway's 404, where a 404 is declared",
      json(404, { message: "Not Found" }),
      foreign(404, "Not Found"),
    ],
    [
      "API Gateway's 413",
      json(413, { message: "Request Entity Too Large" }),
      foreign(413, "Request Entity Too Large"),
    ],
    ["API Gateway's 429", json(429, { message: "Too Many Requests" }), foreign(429, "Too Many Requests")],
    [
      "API Gateway's 500",
      json(500, { message: "Internal Server Error" }),
      foreign(500, "Internal Server Error"),
    ],
    [
      "API Gateway's 502",
      json(502, { message: "Internal server error" }),
      foreign(502, "Internal server error"),
    ],
    ["API Gateway's 503", json(503, { message: "Service Unavailable" }), foreign(503, "Service Unavailable")],
    [
      "API Gateway's 504",
      json(504, { message: "Endpoint request timed out" }),
      foreign(504, "Endpoint request timed out"),
    ],
    ...[502, 503, 504].map((status): Row => [`a load balancer's ${status}`, html(status), foreign(status)]),
    [
      "CloudFront's 403",
      html(403, "<HTML><TITLE>ERROR: The request could not be satisfied</TITLE></HTML>"),
      foreign(403),
    ],
    ["nginx's 404, where a 404 is declared", html(404), foreign(404)],
    ["nginx's 410, where an empty one is declared", html(410), foreign(410)],
    [
      "S3's XML",
      http(403, "content-type: application/xml", "<Error><Code>AccessDenied</Code></Error>"),
      foreign(403),
    ],
    ["plain text", http(500, "content-type: text/plain", "upstream connect error"), foreign(500)],
    ["a type of nobody", http(500, "", "no"), foreign(500)],
    ["nothing", http(500, ""), foreign(500)],
    ["JSON that is cut", http(500, JSON_TYPE, '{"message":"In'), foreign(500)],
    ["JSON of null", json(500, null), foreign(500)],
    ["JSON of text", json(500, "no"), foreign(500)],
    ["JSON of a list", json(500, [{ message: "no" }]), foreign(500)],
    ["a message that is none", json(500, { message: { a: 1 } }), foreign(500)],
    ["a message that is empty", json(500, { message: "" }), foreign(500)],
    ["a message that is long", json(500, { message: "x".repeat(5000) }), foreign(500)],
    ["a problem that does not say so", json(403, ownType), foreign(403)],
    ["a status of nobody", http(600, "", "no"), foreign(600)],
  ],
  "an error that is declared": [
    ["a 404 of its shape", json(404, { missing: "x" }), ok(404, { missing: "x" })],
    ["a 404 of another", json(404, { missing: 1 }), foreign(404)],
    ["a 404 of its shape that calls itself HTML", html(404, '{"missing":"x"}'), foreign(404)],
    ["a 404 that is cut", http(404, JSON_TYPE, '{"missing":"x"'), foreign(404)],
    ["a 404 of nothing", http(404, JSON_TYPE), foreign(404)],
    ["a 410 of nothing", http(410, ""), ok(410)],
    ["a 410 of something", json(410, { message: "Gone" }), foreign(410, "Gone")],
    ["a 422 of its shape", json(422, { wrong: ["a"] }), ok(422, { wrong: ["a"] })],
    [
      "the gateway's own 422",
      problemJson(422, {
        type: "urn:problem:invalid-request",
        title: "The request breaks the contract",
        status: 422,
        wrong: ["a"],
        errors: [{ pointer: "#/a", detail: "Give one." }],
      }),
      refused(422, "invalid-request", {
        type: "urn:problem:invalid-request",
        title: "The request breaks the contract",
        wrong: ["a"],
        errors: [{ pointer: "#/a", detail: "Give one." }],
      }),
    ],
    ["a 503 of its text", http(503, "content-type: text/plain; charset=utf-8", "later"), ok(503, "later")],
    ["a 503 of text in no UTF-8", http(503, "content-type: text/plain", Buffer.of(0xff)), foreign(503)],
    ["a 503 in a charset of nobody", http(503, "content-type: text/plain; charset=x", "later"), foreign(503)],
  ],
  "what claims to be a problem": [
    ["one of the contract", problemJson(403, ownType), refused(403, "out-of-credit", ownType)],
    [
      "one with a type of its own",
      problemJson(409, { type: "https://example.com/own", title: "Own" }),
      refused(409, "own", { type: "https://example.com/own", title: "Own" }),
    ],
    [
      "with a charset",
      http(409, `${PROBLEM_TYPE}; charset=utf-8`, '{"title":"No"}'),
      refused(409, undefined, { title: "No" }),
    ],
    [
      "of a type that nobody declares",
      problemJson(409, { type: "urn:problem:x", title: "X" }),
      refused(409, undefined, { type: "urn:problem:x", title: "X" }),
    ],
    ["null", problemJson(403, null), foreign(403)],
    ["a list", problemJson(403, [1]), foreign(403)],
    ["text", problemJson(403, "no"), foreign(403)],
    ["a number", problemJson(403, 1), foreign(403)],
    ["nothing", http(403, PROBLEM_TYPE), foreign(403)],
    ["no JSON", http(403, PROBLEM_TYPE, "<p>"), foreign(403)],
    [
      "members of other types",
      problemJson(403, { type: 1, title: [], detail: {}, instance: 7, errors: {} }),
      foreign(403),
    ],
    [
      "errors of text",
      problemJson(403, { title: "No", errors: "boo" }),
      refused(403, undefined, { title: "No" }),
    ],
    [
      "errors of which some are none",
      problemJson(403, {
        errors: ["boo", null, { pointer: 1, detail: "x" }, { pointer: "#/a", detail: "x" }],
      }),
      refused(403, undefined, { errors: [{ pointer: "#/a", detail: "x" }] }),
    ],
    [
      "another status",
      problemJson(403, { title: "No", status: 200 }),
      refused(403, undefined, { title: "No" }),
    ],
    [
      "a status of text",
      problemJson(403, { title: "No", status: "403" }),
      refused(403, undefined, { title: "No" }),
    ],
    [
      "a type that every object has",
      problemJson(403, { type: "urn:problem:constructor" }),
      refused(403, undefined, { type: "urn:problem:constructor" }),
    ],
  ],
  "what is large": [
    [
      "a body within the limit",
      json(200, { a: 1, b: "x".repeat(90_000) }),
      ok(200, { a: 1, b: "x".repeat(90_000) }),
    ],
    ["a body of the limit", http(200, JSON_TYPE, WHOLE.padEnd(MAX_BYTES)), ok(200, { a: 12 })],
    ["a body above it", http(200, JSON_TYPE, WHOLE.padEnd(MAX_BYTES + 1)), tooLarge],
    [
      "gzip that swells a thousand times",
      http(200, [JSON_TYPE, "content-encoding: gzip"], gzipSync(Buffer.alloc(20_000_000, " "))),
      tooLarge,
    ],
    [
      "brotli that swells",
      http(200, [JSON_TYPE, "content-encoding: br"], brotliCompressSync(Buffer.alloc(20_000_000, " "))),
      tooLarge,
    ],
    ["a body that never ends", endless(200, JSON_TYPE), tooLarge],
    [
      "a problem",
      problemJson(500, { title: "x".repeat(MAX_BYTES) }),
      unexpected(500, "its body is larger than maxReplyBytes"),
    ],
    ["HTML that never ends, which nobody reads", endless(502, "content-type: text/html"), foreign(502)],
    ["a header", http(200, [JSON_TYPE, `x-a: ${"x".repeat(100_000)}`], WHOLE), network],
  ],
  "what is no HTTP, or breaks off": [
    ["nothing at all", (socket) => socket.end(), network],
    ["a reset", (socket) => socket.resetAndDestroy(), network],
    ["garbage", "garbage\r\n\r\n", network],
    ["half a head", "HTTP/1.1 200 OK\r\ncontent-ty", network],
    [
      "a body shorter than its length",
      Buffer.concat([head(200, [JSON_TYPE, "content-length: 99"]), Buffer.from(WHOLE)]),
      network,
    ],
    [
      "a body longer than its length",
      Buffer.concat([head(200, [JSON_TYPE, "content-length: 7"]), Buffer.from(WHOLE)]),
      cannotDecode,
    ],
    [
      "two lengths",
      Buffer.concat([head(200, [JSON_TYPE, "content-length: 8", "content-length: 9"]), Buffer.from(WHOLE)]),
      network,
    ],
    [
      "a length that is none",
      Buffer.concat([head(200, [JSON_TYPE, "content-length: x"]), Buffer.from(WHOLE)]),
      network,
    ],
    [
      "no length, and an end",
      Buffer.concat([head(200, [JSON_TYPE]), Buffer.from(WHOLE)]),
      ok(200, { a: 12 }),
    ],
    ["chunks that end", chunked('8\r\n{"a":12}\r\n0\r\n\r\n'), ok(200, { a: 12 })],
    ["chunks without an end", chunked('8\r\n{"a":12}\r\n'), network],
    ["chunks of no length", chunked("x\r\n"), network],
    ["gzip that is none", http(200, [JSON_TYPE, "content-encoding: gzip"], WHOLE), network],
    [
      "gzip that is cut",
      http(200, [JSON_TYPE, "content-encoding: gzip"], gzipSync(WHOLE.repeat(99)).subarray(0, 20)),
      cannotDecode, // Node.js gives what it has
    ],
    ["gzip", http(200, [JSON_TYPE, "content-encoding: gzip"], gzipSync(WHOLE)), ok(200, { a: 12 })],
    [
      "gzip twice",
      http(200, [JSON_TYPE, "content-encoding: gzip, gzip"], gzipSync(gzipSync(WHOLE))),
      ok(200, { a: 12 }),
    ],
    ["a coding of nobody", http(200, [JSON_TYPE, "content-encoding: x"], gzipSync(WHOLE)), cannotDecode],
    ["early hints first", Buffer.concat([head(103, ["link: </a>"]), json(200, { a: 1 })]), ok(200, { a: 1 })],
    ["another protocol", head(101, ["upgrade: x", "connection: upgrade"]), network],
    ["the same header twice", http(200, [JSON_TYPE, "x-a: 1", "x-a: 2"], WHOLE), ok(200, { a: 12 })],
  ],
};

function endless(status: number, type: string) {
  return (socket: Socket) => {
    socket.write(head(status, [type, "transfer-encoding: chunked"]));
    const write = () => {
      while (socket.writable && socket.write(`1000\r\n${" ".repeat(4096)}\r\n`));
    };
    socket.on("drain", write);
    write();
  };
}

function chunked(chunks: string): Buffer {
  return Buffer.concat([head(200, [JSON_TYPE, "transfer-encoding: chunked"]), Buffer.from(chunks)]);
}

describe.each(Object.entries(rows))("%s", (_, table) => {
  test.each(table)("%s", async (_, answer, outcome) => {
    expect(await outcomeOf(answer, "read")).toEqual(outcome);
  });
});

describe("what is slow ends in time:", () => {
  test.each<Row>([
    ["silence", () => {}, timeout],
    ["a head", (socket) => socket.write("HTTP/1.1 200 OK\r\n"), timeout],
    ["a body", (socket) => socket.write(head(200, [JSON_TYPE, "content-length: 9"])), timeout],
    [
      "a body that drips",
      (socket) => {
        socket.write(head(200, [JSON_TYPE, "content-length: 99999"]));
        const timer = setInterval(() => socket.write(" "), 5);
        socket.on("close", () => clearInterval(timer));
      },
      timeout,
    ],
    ["a problem's body", (socket) => socket.write(head(500, [PROBLEM_TYPE, "content-length: 9"])), timeout],
    [
      "HTML, which nobody waits for",
      (socket) => socket.write(head(502, ["content-type: text/html", "content-length: 9"])),
      foreign(502),
    ],
  ])("%s", async (_, answer, outcome) => {
    expect(await outcomeOf(answer, "read", true)).toEqual(outcome);
  });
});

describe("text and bytes", () => {
  test.each<[name: "page" | "picture", what: string, answer: Buffer, outcome: Outcome]>([
    ["page", "text of nothing", http(200, "content-type: text/plain"), ok(200, "")],
    [
      "page",
      "text in a charset",
      http(200, "content-type: text/plain; charset=latin1", Buffer.of(0xfc)),
      ok(200, "ü"),
    ],
    ["page", "text of another type", http(200, "content-type: text/csv", "a,b"), ok(200, "a,b")],
    ["page", "text of no type", http(200, "", "a"), ok(200, "a")],
    [
      "page",
      "text in no UTF-8",
      http(200, "content-type: text/plain", Buffer.of(0xff)),
      { error: "UnexpectedReplyError", message: "page (GET /x) got 200: its body cannot be decoded" },
    ],
    [
      "page",
      "HTML for text",
      html(200),
      {
        error: "UnexpectedReplyError",
        message: "page (GET /x) got 200: its content type is text/html, not text/plain; charset=utf-8",
      },
    ],
    ["picture", "bytes of nothing", http(200, "content-type: image/png"), ok(200, new Uint8Array())],
    [
      "picture",
      "bytes of another type",
      http(200, "content-type: image/gif", Buffer.of(1, 255)),
      ok(200, Uint8Array.of(1, 255)),
    ],
    [
      "picture",
      "HTML for bytes",
      html(200),
      {
        error: "UnexpectedReplyError",
        message: "picture (GET /x) got 200: its content type is text/html, not image/png",
      },
    ],
  ])("%s: %s", async (name, _, answer, outcome) => {
    expect(await outcomeOf(answer, name)).toEqual(outcome);
  });
});

test("the error has what has answered", async () => {
  const url = await serveRaw((socket) =>
    socket.end(http(200, ["content-type: text/html", "x-a: 1"], `<p>é${"x".repeat(999)}`)),
  );
  const error = await createClient(api, url)
    .read()
    .catch((reason: unknown) => reason);
  if (!(error instanceof UnexpectedReplyError)) throw error;
  expect(error).toMatchObject({ contract: "read", status: 200, excerpt: `<p>é${"x".repeat(196)}` });
  expect(error.headers.get("x-a")).toBe("1");
  expect(error).not.toHaveProperty("cause");
  const cut = await serveRaw((socket) => socket.end(http(200, JSON_TYPE, "{")));
  await expect(createClient(api, cut).read()).rejects.toMatchObject({
    cause: expect.any(SyntaxError),
    excerpt: "{",
  });
});

test("the limit is 32 MiB unless told", async () => {
  const swelling = (size: number) => (socket: Socket) =>
    socket.end(http(200, [JSON_TYPE, "content-encoding: gzip"], gzipSync(WHOLE.padEnd(size))));
  const read = async (size: number) => createClient(api, await serveRaw(swelling(size))).read();
  expect(await read(2 ** 25)).toMatchObject({ ok: true, body: { a: 12 } });
  await expect(read(2 ** 25 + 1)).rejects.toThrow("its body is larger than maxReplyBytes");
});

test("a response that is an error itself is none of the contract", async () => {
  const calling = createClient(api, "", { fetch: async () => Response.error() }).read();
  await expect(calling).rejects.toThrow("read (GET /x) got a response: the contract has no such status");
});

test("whatever answers, it is a reply, a problem, or an UnexpectedReplyError", async () => {
  const type = fc.constantFrom(
    ...["json", "problem+json", "xml", "x"].map((name) => `application/${name}`),
    "text/html",
    "",
  );
  const body = fc.oneof(
    fc.json().map((json) => Buffer.from(json)),
    fc.uint8Array().map((octets) => Buffer.from(octets)),
  );
  const status = fc.constantFrom(200, 201, 202, 301, 302, 400, 403, 404, 410, 422, 500, 503, 599);
  await fc.assert(
    fc.asyncProperty(status, type, body, async (status, type, body) => {
      const send = async () => new Response(body, { status, headers: type ? { "content-type": type } : {} });
      const calling = createClient(api, "", { fetch: send, retries: 0 }).read();
      const reply = await calling.catch((error: unknown) => {
        if (!(error instanceof UnexpectedReplyError)) throw error;
        return { ok: "no reply", status: error.status };
      });
      expect(reply.status).toBe(status);
      if (status >= 400) expect(reply.ok).toBeTypeOf("boolean");
      if (reply.ok === true) expect([200, 201, 302, 404, 410, 422, 503]).toContain(status);
    }),
  );
});
