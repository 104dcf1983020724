import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { contract } from "../contract/contract.ts";
import { bytes, type Schema, text } from "../contract/schema.ts";
import { recorded } from "../testing/recorded.ts";
import { invoke } from "../testing/testing.ts";
import { lambda } from "./lambda.ts";

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

  test("of exactly the limit in bytes once its base64 is decoded", async () => {
    const body = base64(`{"name":"${"x".repeat(89)}"}`);
    expect(body.length).toBeGreaterThan(100);
    expect(await post(body, "application/json", true)).toMatchObject({ status: 200 });
  });

  test("whatever its Content-Length says", async () => {
    const headers = { ...HOST, "content-type": "application/json", "content-length": "999999" };
    expect(await invoke(handler, { headers, body: '{"name":"x"}' })).toMatchObject({ status: 200 });
  });

  test("with fields that objects inherit as mere names", async () => {
    const body = '{"name":"x","__proto__":{"polluted":1},"constructor":1}';
    expect((await post(body, "application/json")).body).toEqual({ name: "x" });
    expect("polluted" in {}).toBe(false);
  });

  test("with its last field where one comes twice, as JSON.parse does", async () => {
    expect((await post('{"name":"a","name":"b"}', "application/json")).body).toEqual({ name: "b" });
  });

  test("with a byte order mark", async () => {
    expect(await post('\ufeff{"name":"x"}', "application/json")).toMatchObject({ status: 200 });
  });

  test("of exactly the limit in bytes", async () => {
    expect(await post(`{"name":"${"é".repeat(44)}"}`, "application/json")).toMatchObject({ status: 200 });
  });
});

describe("a body made to do harm", () => {
  const open = (body: Schema) =>
    lambda({ method: "POST", path: "/x", summary: "", body, example: 1, reply: z.unknown() }, () => "read");
  const send = (body: Schema, json: string) => invoke(open(body), { body: json });

  test("of ten thousand mistakes is told the first twenty", async () => {
    const { status, body } = await send(
      z.array(z.object({ a: z.string() })),
      `[${Array(20_000).fill("{}")}]`,
    );
    expect(status).toBe(422);
    expect(body.errors).toHaveLength(20);
  });

  test("of an endless name is told the start of it", async () => {
    const json = JSON.stringify({ ["é".repeat(15_000)]: Array(15_000).fill(1) });
    const { status, body } = await send(z.record(z.string(), z.array(z.string())), json);
    expect(status).toBe(422);
    expect(JSON.stringify(body).length).toBeLessThan(30_000);
  });

  test.each([
    { host: `${"a".repeat(20_000)}.example.com` },
    { "x-forwarded-proto": "x".repeat(20_000), ...HOST },
  ])("to an endless address is told a path alone", async (headers) => {
    const { status, body } = await invoke(handler, { headers, body: "1" });
    expect(status).toBe(415);
    expect(body.detail).toBe(`Send it like this: ${CURL.replace("https://api.example.com", "")}`);
  });

  test.each([
    "[".repeat(30_000) + "]".repeat(30_000),
    `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`,
    `${"[".repeat(129)}${"]".repeat(129)}`,
  ])(
    "of endless nesting is refused, before its schema takes a step for each mistake at each level",
    async (json) => {
      const schema = z.unknown();
      const validate = vi.spyOn(schema["~standard"], "validate");
      const { status, body } = await send(schema, json);
      expect({ status, detail: body.detail }).toEqual({ status: 400, detail: "Nest at most 128 levels." });
      expect(validate).not.toHaveBeenCalled();
    },
  );

  test("of brackets in its text alone is no such thing", async () => {
    expect((await send(z.unknown(), JSON.stringify(`${'[{"\\'.repeat(5_000)}`))).status).toBe(200);
    expect((await send(z.unknown(), "[".repeat(128) + "]".repeat(128))).status).toBe(200);
  });

  test("of many lists beside each other is no such thing, and one too deep behind them is", async () => {
    const wide = `[${'[{"a\\\\":"\\"["}],'.repeat(1000)}`;
    expect((await send(z.unknown(), `${wide}1]`)).status).toBe(200);
    const deep = `${"[".repeat(128)}${"]".repeat(128)}`;
    expect((await send(z.unknown(), `${wide}${deep}]`)).body.detail).toBe("Nest at most 128 levels.");
  });
});

describe("a body that the schema does not require", () => {
  test("may be missing", async () => {
    const optional = contract({
      method: "POST",
      path: "/x",
      summary: "",
      body: z.optional(z.object({ n: z.number() })),
      example: { n: 1 },
      reply: z.string(),
    });
    const handler = lambda(optional, ({ body }) => `got ${body?.n}`);
    expect((await invoke(handler, { body: null })).body).toBe("got undefined");
    expect((await invoke(handler, { body: '{"n":7}' })).body).toBe("got 7");
  });
});

describe("a body of another type than JSON", () => {
  const declare = <S extends ReturnType<typeof text> | ReturnType<typeof bytes>>(body: S) =>
    ({ method: "PUT", path: "/x", summary: "Takes it", body, example: "a,b", reply: z.unknown() }) as const;
  const send = (contentType: string, body: string, isBase64Encoded: boolean) => ({
    headers: { ...HOST, "content-type": contentType },
    body,
    isBase64Encoded,
  });

  test.each([true, false])("is text where the contract says so; in base64: %s", async (isBase64Encoded) => {
    const upper = lambda(declare(text("text/csv; charset=utf-8")), ({ body }) => body.toUpperCase());
    const event = send("text/csv", isBase64Encoded ? base64("a,é") : "a,é", isBase64Encoded);
    expect(await invoke(upper, event)).toMatchObject({ status: 200, body: "A,É" });
  });

  test.each([true, false])("is bytes where the contract says so; in base64: %s", async (isBase64Encoded) => {
    const sum = lambda(declare(bytes("image/png")), ({ body }) => [...body]);
    const event = send("image/png", isBase64Encoded ? "/wE=" : "ab", isBase64Encoded);
    expect(await invoke(sum, event)).toMatchObject({
      status: 200,
      body: isBase64Encoded ? [255, 1] : [97, 98],
    });
  });

  test.each([
    [text("application/xml"), "application/xml", "<a/>"],
    [bytes("text/csv"), "Text/CSV; charset=utf-8", "a,b"],
    [text("text/CSV ; charset=utf-8"), "text/csv", "a,b"],
  ])("goes by what the contract says, not by how its type begins: %#", async (schema, type, body) => {
    const count = lambda(declare(schema), (call) => (call.body as string | Uint8Array).length);
    expect(await invoke(count, send(type, body, false))).toMatchObject({ status: 200, body: body.length });
  });

  test("is refused as any other, with the right curl", async () => {
    const reply = await invoke(
      lambda(declare(text("text/csv")), () => 1),
      send("text/plain", "a", false),
    );
    expect(reply).toMatchObject({ status: 415, headers: { accept: "text/csv" } });
    expect(reply.body.detail).toContain(
      "curl -X PUT -H 'content-type: text/csv' -d a,b https://api.example.com/x",
    );
  });
});

describe("an empty file", () => {
  const put = (body: Schema, event: object) =>
    invoke(
      lambda({ method: "PUT", path: "/x", summary: "", body, example: "x", reply: z.int() }, (call) => {
        const content = call.body as string | Uint8Array; // as its schema says
        expect(typeof content === "string" || content instanceof Uint8Array).toBe(true);
        return content.length;
      }),
      event,
    );

  test.each([
    ["bytes", bytes("image/png"), "image/png"],
    ["text", text("text/csv"), "text/csv"],
  ])("can be stored: %s", async (_, body, type) => {
    for (const headers of [{ "content-type": type }, {}, HOST]) {
      for (const empty of [{ body: "" }, { body: null }, { body: "", isBase64Encoded: true }]) {
        expect(await put(body, { headers, ...empty })).toMatchObject({ status: 200, body: 0 });
      }
    }
    for (const name of ["http", "function-url", "rest", "alb", "alb-multi-value"]) {
      const event = recorded(name, { body: name.startsWith("alb") ? "" : null });
      expect((await put(body, event)).status).not.toBe(400);
    }
  });

  test("of another type is refused as any other", async () => {
    const reply = await put(bytes("image/png"), { headers: { "content-type": "text/plain" }, body: "" });
    expect(reply).toMatchObject({ status: 415, headers: { accept: "image/png" } });
  });

  test("is no JSON", async () => {
    expect(await post("", "application/json")).toMatchObject({ status: 400 });
  });
});

describe("a body that is compressed", () => {
  const compressions = {
    gzip: gzipSync,
    deflate: deflateSync,
    br: brotliCompressSync,
    zstd: zstdCompressSync,
  };
  const sendTo = (body: Schema, contentType: string, encoding: string, content: Buffer) => {
    const headers = { ...HOST, "content-type": contentType, "content-encoding": encoding };
    const contract = {
      method: "POST",
      path: "/x",
      summary: "",
      body,
      example: "x",
      reply: z.unknown(),
    } as const;
    const event = { headers, body: content.toString("base64"), isBase64Encoded: true };
    return invoke(
      lambda(contract, (call) => (call.body instanceof Uint8Array ? [...call.body] : call.body)),
      event,
    );
  };

  test.each(Object.entries(compressions))(
    "is refused with 415 and accept-encoding: %s",
    async (encoding, compress) => {
      for (const [schema, type] of [
        [z.object({}), "application/json"],
        [text(), "text/plain"],
        [bytes("image/png"), "image/png"],
      ] as const) {
        const reply = await sendTo(schema, type, encoding, compress("{}"));
        expect(reply).toMatchObject({ status: 415, headers: { "accept-encoding": "identity" } });
        expect(reply.headers).not.toHaveProperty("accept");
        expect(reply.body.detail).toMatch(/^Send it like this: (printf|curl) /);
      }
    },
  );

  test("is taken as it came where the contract says so", async () => {
    const body = bytes("text/csv", { encodings: ["gzip"] });
    const content = gzipSync("a,b");
    expect((await sendTo(body, "text/csv", "gzip", content)).body).toEqual([...content]);
    expect((await sendTo(body, "text/csv", "GZIP", content)).body).toEqual([...content]);
    expect((await sendTo(body, "text/csv", "identity", Buffer.from("a"))).body).toEqual([97]);
    expect(await sendTo(body, "text/csv", "br", content)).toMatchObject({
      status: 415,
      headers: { "accept-encoding": "gzip, identity" },
    });
  });

  test.each(["identity", "Identity", ""])("is not one of the encoding %j", async (encoding) => {
    expect(await sendTo(z.object({}), "application/json", encoding, Buffer.from("{}"))).toMatchObject({
      status: 200,
    });
    expect(await sendTo(z.object({}), "application/json", encoding, Buffer.from("{"))).toMatchObject({
      status: 400,
    });
  });

  test("of the wrong type is told about its type alone", async () => {
    const reply = await sendTo(z.object({}), "text/plain", "gzip", gzipSync("{}"));
    expect(reply).toMatchObject({ status: 415, headers: { accept: "application/json" } });
    expect(reply.headers).not.toHaveProperty("accept-encoding");
  });
});

describe("a plain curl -d, which an HTTP API passes as a form in base64,", () => {
  test("is refused with 415 and the right curl", async () => {
    const reply = await invoke(
      lambda({ ...echo, path: "/lucky_numbers" }, () => 1),
      recorded("http-curl-form"),
    );
    expect(reply.status).toBe(415);
    expect(reply.body.detail).toMatch(
      /curl -H 'content-type: application\/json' -d .* https:\/\/a1b2c3d4e5\./,
    );
  });
});

describe("a body is refused", () => {
  test.each([null, ""])("with 400 where it is missing: %j", async (body) => {
    const reply = await post(body, "application/json");
    expect(reply).toMatchObject({ status: 400, body: { type: "urn:problem:missing-body" } });
    expect(reply.body.detail).toBe(`Send a body: ${CURL}`);
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
    expect(reply).toMatchObject({ status: 415, headers: { accept: "application/json" } });
    expect(reply.body.detail).toBe(`Send it like this: ${CURL}`);
  });

  test.each([
    ["plain", "x".repeat(101), false],
    ["of characters that take two bytes", "é".repeat(51), false],
    ["in base64", base64("x".repeat(101)), true],
  ])("with 413 above the limit: %s", async (_, body, isBase64Encoded) => {
    const reply = await post(body, "application/json", isBase64Encoded);
    expect(reply).toMatchObject({ status: 413, body: { detail: "Send at most 100 bytes." } });
  });

  test("with 413 above 64 KiB where the contract names no limit, whatever Content-Length says", async () => {
    const { maxBodyBytes: _, ...open } = echo;
    const headers = { "content-type": "application/json", "content-length": "2" };
    const send = (size: number) =>
      invoke(
        lambda(open, () => 1),
        { headers, body: JSON.stringify({ name: "x".repeat(size - 11) }) },
      );
    expect((await send(65_536)).status).toBe(200);
    expect((await send(65_537)).status).toBe(413);
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
