import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { contract } from "./contract.ts";
import { lambda } from "./lambda.ts";
import { invoke } from "./testing.ts";

const echo = contract({
  method: "POST",
  path: "/echo",
  summary: "Answers with what it got",
  body: z.object({ name: z.string(), tags: z.optional(z.record(z.string(), z.array(z.number()))) }),
  example: { name: "it's me" },
  reply: z.unknown(),
  maxBodyBytes: 100,
});
const handler = lambda(echo, ({ body }) => body);
const HOST = { host: "api.example.com" };
const CURL = `curl -H 'content-type: application/json' -d '{"name":"it'\\''s me"}' https://api.example.com/echo`;

function post(body: string | null, contentType?: string, isBase64Encoded = false) {
  const headers = contentType === undefined ? HOST : { ...HOST, "Content-Type": contentType };
  return invoke(handler, { headers, body, isBase64Encoded });
}
const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");

describe("a body is taken", () => {
  test.each([
    "application/json",
    "APPLICATION/JSON",
    "application/json; charset=utf-8",
    'application/json;charset="UTF-8"',
    "application/vnd.api+json; charset=utf8",
    "application/problem+json",
  ])("as %s", async (type) => {
    expect(await post('{"name":"x"}', type)).toMatchObject({ status: 200, body: { name: "x" } });
  });

  test("as JSON where the event has no headers at all", async () => {
    expect(await invoke(handler, { body: '{"name":"x"}' })).toMatchObject({ status: 200 });
  });

  test("in base64", async () => {
    const reply = await post(base64('{"name":"Zoë 🍀"}'), "application/json", true);
    expect(reply).toMatchObject({ status: 200, body: { name: "Zoë 🍀" } });
  });

  test("with a byte order mark", async () => {
    expect(await post('\ufeff{"name":"x"}', "application/json")).toMatchObject({ status: 200 });
  });

  test("of exactly the limit in bytes", async () => {
    expect(await post(`{"name":"${"é".repeat(44)}"}`, "application/json")).toMatchObject({ status: 200 });
  });
});

describe("a body is refused", () => {
  test.each([null, ""])("with 400 where it is missing: %j", async (body) => {
    const reply = await post(body, "application/json");
    expect(reply).toMatchObject({ status: 400, body: { type: "urn:problem:missing-body" } });
    expect(reply.body.detail).toBe(`Send a JSON body: ${CURL}`);
  });

  test.each([
    undefined,
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/json; charset=utf-16",
    "application/jsonp",
    "application/json, text/plain",
    "",
  ])("with 415 and the right curl as %s", async (type) => {
    const reply = await post(base64('{"name":"x"}'), type, true);
    expect(reply).toMatchObject({ status: 415, headers: { "accept-post": "application/json" } });
    expect(reply.body.detail).toBe(`Send it as JSON: ${CURL}`);
  });

  test.each([
    ["plain", "x".repeat(101), false],
    ["of characters that take two bytes", "é".repeat(51), false],
    ["in base64", base64("x".repeat(101)), true],
  ])("with 413 above the limit: %s", async (_, body, isBase64Encoded) => {
    const reply = await post(body, "application/json", isBase64Encoded);
    expect(reply).toMatchObject({ status: 413, body: { detail: "Send at most 100 bytes." } });
  });

  test.each(["{", "%%%", "eyJ9", "eyJuYW1lIjoi=="])(
    "with 400 where its base64 is wrong: %s",
    async (body) => {
      expect(await post(body, "application/json", true)).toMatchObject({ status: 400 });
    },
  );

  test("with 400 where its bytes are not UTF-8", async () => {
    const reply = await post(base64(Buffer.from([0x22, 0xff, 0x22])), "application/json", true);
    expect(reply).toMatchObject({ status: 400, body: { detail: "Send the body in UTF-8." } });
  });

  test("with 400 and the place where it is not JSON", async () => {
    const reply = await post('{"name":', "application/json");
    expect(reply.body).toEqual({
      type: "urn:problem:malformed-json",
      title: "The body is not JSON",
      status: 400,
      detail: "Send valid JSON: it ends too soon, at position 8 (line 1, column 9).",
      instance: "8f0d4a3e-0000-4000-8000-7b8c9d0e1f2a",
    });
  });

  test.each(["null", "[]", '"x"', "7"])("with 422 at the root where it is %s", async (body) => {
    const reply = await post(body, "application/json");
    expect(reply).toMatchObject({ status: 422, body: { errors: [{ pointer: "#" }] } });
  });

  test("with 422 and every wrong field at once, each by its pointer", async () => {
    const reply = await post('{"name":1,"tags":{"a/b~c d":[1,"x"]}}', "application/json");
    expect(reply.status).toBe(422);
    expect(reply.headers["content-type"]).toBe("application/problem+json");
    expect(reply.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      "#/name",
      "#/tags/a~1b~0c%20d/1",
    ]);
  });
});
