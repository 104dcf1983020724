import { gzipSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { type Contract, contract } from "../contract/contract.ts";
import { type Reply, reply } from "../contract/reply.ts";
import { bytes, type Schema, text } from "../contract/schema.ts";
import { recorded } from "../testing/recorded.ts";
import { invoke } from "../testing/testing.ts";
import { lambda } from "./lambda.ts";

const base: Contract = contract({ method: "GET", path: "/my/path", summary: "Answers", reply: z.unknown() });
const COOKIES = ["a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT; Path=/", "b=2"];
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 255);

function answer(value: unknown, schema: Schema = z.unknown(), event = recorded("http-get")) {
  return invoke(
    lambda({ ...base, reply: { 200: schema, 201: schema, 204: null, 304: null } }, () => value),
    event,
  );
}
const spyOnErrors = () => vi.spyOn(console, "error").mockImplementation(() => {});

describe("two cookies, one with a comma in its date,", () => {
  const withCookies = reply(200, "x", { cookies: COOKIES });

  test("are a list in payload 2.0", async () => {
    const { result } = await answer(withCookies);
    expect(result.cookies).toEqual(COOKIES);
    expect(result.headers).not.toHaveProperty("set-cookie");
  });

  test("are a multi-value header in payload 1.0", async () => {
    const { result } = await answer(withCookies, undefined, recorded("rest-get"));
    expect(result.multiValueHeaders).toEqual({ "set-cookie": COOKIES });
    expect(result.headers).toEqual({ "content-type": "application/json" });
  });

  test("are a list for a load balancer with multi-value headers", async () => {
    const { result } = await answer(withCookies, undefined, recorded("alb-multi-value-get"));
    expect(result).not.toHaveProperty("headers");
    expect(result.multiValueHeaders).toEqual({ "content-type": ["application/json"], "set-cookie": COOKIES });
  });

  test("cannot both pass a load balancer without: the first does, and the log says so", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const { result } = await answer(withCookies, undefined, recorded("alb-get"));
    expect(result.headers).toEqual({ "content-type": "application/json", "set-cookie": COOKIES[0] });
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ lostCookies: 1 }));
  });
});

describe("a reply without a body", () => {
  test.each([204, 304])("of status %i has no content type either", async (status) => {
    const { result } = await answer(reply(status, undefined, { headers: { etag: '"1"' } }));
    expect(result).toEqual({
      isBase64Encoded: false,
      statusCode: status,
      headers: { etag: '"1"' },
      body: "",
    });
  });
});

describe("a reply that the contract gives no body", () => {
  test.each([201, 202, 205, 303])("has none, whatever its status: %i", async (status) => {
    const redirect: Contract = { ...base, reply: { [status]: null } };
    const value = reply(status, undefined, { headers: { location: "/draws/7" } });
    const { result } = await invoke(
      lambda(redirect, () => value),
      recorded("http-get"),
    );
    expect(result).toMatchObject({ statusCode: status, headers: { location: "/draws/7" }, body: "" });
    expect(result.headers).not.toHaveProperty("content-type");
  });
});

describe("a Set-Cookie among the headers", () => {
  test("is a cookie like the others", async () => {
    const value = reply(200, "x", { headers: { "Set-Cookie": "b=2" }, cookies: ["a=1"] });
    expect((await answer(value)).result.cookies).toEqual(["a=1", "b=2"]);
    const { result } = await answer(value, undefined, recorded("rest-get"));
    expect(result.multiValueHeaders).toEqual({ "set-cookie": ["a=1", "b=2"] });
    expect(result.headers).not.toHaveProperty("set-cookie");
  });
});

describe("bytes", () => {
  test.each(["image/png", "application/wasm", "application/octet-stream", "font/woff2"])(
    "of %s are base64",
    async (type) => {
      const { result } = await answer(PNG, bytes(type));
      expect(result).toMatchObject({
        isBase64Encoded: true,
        headers: { "content-type": type },
        body: Buffer.from(PNG).toString("base64"),
      });
    },
  );

  test.each([
    "application/vnd.api+json",
    "image/svg+xml",
    "application/yaml",
    "text/html",
    "application/javascript",
  ])("of %s are text", async (type) => {
    const { result } = await answer(Buffer.from('"é"'), bytes(type));
    expect(result).toMatchObject({ isBase64Encoded: false, body: '"é"' });
  });

  test("that are compressed are base64, whatever their type", async () => {
    const zipped = gzipSync("hello");
    const { result } = await answer(
      reply(200, zipped, { headers: { "Content-Encoding": "gzip" } }),
      bytes("text/html"),
    );
    expect(result).toMatchObject({ isBase64Encoded: true, body: zipped.toString("base64") });
  });

  test("that are no UTF-8 are base64, even if they are called text", async () => {
    const { result } = await answer(Uint8Array.of(0xff), bytes("text/plain"));
    expect(result).toMatchObject({ isBase64Encoded: true, body: "/w==" });
  });

  test("of a larger buffer are only their own part", async () => {
    const { result } = await answer(new Uint8Array(PNG.buffer, 1, 3), bytes("image/png"));
    expect(result.body).toBe(Buffer.from("PNG").toString("base64"));
  });
});

describe("text", () => {
  test("is sent as it is, with the contract's type", async () => {
    const { result } = await answer("<p>é</p>", text("text/html; charset=utf-8"));
    expect(result).toMatchObject({
      headers: { "content-type": "text/html; charset=utf-8" },
      body: "<p>é</p>",
    });
  });

  test("in a JSON reply is a JSON string", async () => {
    expect((await answer("x")).result.body).toBe('"x"');
  });

  test("may have its type from the reply's own headers", async () => {
    const { result } = await answer(reply(200, "a,b", { headers: { "Content-Type": "text/csv" } }));
    expect(result).toMatchObject({ headers: { "content-type": "text/csv" }, body: "a,b" });
  });

  test("may hold a lone surrogate in JSON, escaped", async () => {
    expect((await answer({ a: "\ud800" })).result.body).toBe('{"a":"\\ud800"}');
  });
});

describe("status and headers", () => {
  test("are those of the reply, names in lower case", async () => {
    const { result } = await answer(reply(201, {}, { headers: { Location: "/draws/7", "X-A": "b" } }));
    expect(result).toMatchObject({
      statusCode: 201,
      headers: { "content-type": "application/json", location: "/draws/7", "x-a": "b" },
    });
  });

  test.each<[string, Reply]>([
    ["a line break in a header", reply(200, "x", { headers: { "x-a": "b\r\nset-cookie: c=d" } })],
    ["a zero byte in a header", reply(200, "x", { headers: { "x-a": "\u0000" } })],
    ["a line break in a cookie", reply(200, "x", { cookies: ["a=b\r\nx: y"] })],
    ["a control character in a header", reply(200, "x", { headers: { "x-a": "\u0001" } })],
    ["an emoji in a header", reply(200, "x", { headers: { "x-a": "🍀" } })],
    ["a space in a header's name", reply(200, "x", { headers: { "x a": "b" } })],
    ["a header without a name", reply(200, "x", { headers: { "": "b" } })],
  ])("are a 500 and logged where HTTP has no such thing: %s", async (_, value) => {
    const log = spyOnErrors();
    const all = new Proxy({}, { get: () => z.unknown(), has: (_target, key) => key !== "~standard" });
    const anything: Contract = { ...base, reply: all };
    const { status, headers } = await invoke(
      lambda(anything, () => value),
      recorded("http-get"),
    );
    expect(status).toBe(500);
    expect(Object.keys(headers)).toEqual(["content-type"]);
    expect(log).toHaveBeenCalledOnce();
  });
});

describe("a reply that is none", () => {
  test.each<[string, unknown]>([
    ["undefined", undefined],
    ["a bigint", 10n],
    ["a function", () => 1],
    ["a symbol", Symbol("s")],
    [
      "a cycle",
      (() => {
        const cycle: { self?: unknown } = {};
        cycle.self = cycle;
        return cycle;
      })(),
    ],
    [
      "an object whose toJSON throws",
      {
        toJSON() {
          throw new Error("no");
        },
      },
    ],
  ])("is a 500 and logged: %s", async (_, value) => {
    const log = spyOnErrors();
    expect((await answer(value)).status).toBe(500);
    expect(log).toHaveBeenCalledOnce();
  });

  test("but looks like a Lambda result is a value like any other", async () => {
    expect((await answer({ statusCode: 404, body: "x" })).body).toEqual({ statusCode: 404, body: "x" });
  });

  test.each([null, 0, false, "", []])("but is JSON is a value like any other: %j", async (value) => {
    expect(await answer(value)).toMatchObject({ status: 200, body: value });
  });
});

describe("a result above Lambda's limit", () => {
  test.each([
    ["by its plain size", "x".repeat(6_291_556)],
    ["by what JSON escapes", "\u0001".repeat(1_100_000)],
    ["by the bytes of its characters", "🍀".repeat(1_600_000)],
  ])("is a 500 and logged with its size: %s", async (_, value) => {
    const log = spyOnErrors();
    expect((await answer(value, text())).status).toBe(500);
    expect(log.mock.calls[0]?.[0].error.message).toMatch(/^the result has \d{7,} bytes; 6291556 are taken$/);
  });

  test("is 1 MB behind a load balancer", async () => {
    const log = spyOnErrors();
    expect((await answer("x".repeat(900_000), text(), recorded("alb-get"))).status).toBe(200);
    expect((await answer("x".repeat(1_000_000), text(), recorded("alb-get"))).status).toBe(500);
    expect(log).toHaveBeenCalledOnce();
  });

  test("is not one of exactly the limit", async () => {
    const { result } = await answer("", text());
    const room = 6_291_556 - Buffer.byteLength(JSON.stringify(result));
    expect((await answer("x".repeat(room), text())).status).toBe(200);
    spyOnErrors();
    expect((await answer("x".repeat(room + 1), text())).status).toBe(500);
  });
});
