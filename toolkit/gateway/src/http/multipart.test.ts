import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod/mini";
import { contract } from "../contract/contract.ts";
import { type FormFile, multipart } from "../contract/multipart.ts";
import { oneOf } from "../contract/one-of.ts";
import type { FileRule, Schema } from "../contract/schema.ts";
import { recorded } from "../testing/recorded.ts";
import { invoke } from "../testing/testing.ts";
import type { Call } from "./call.ts";
import { lambda } from "./lambda.ts";

const Upload = multipart(z.object({ title: z.string(), tags: z.optional(z.array(z.string())) }), {
  files: {
    photo: { types: ["image/png", "image/gif"], maxBytes: 10 },
    notes: { types: ["text/*"], atMost: 2, optional: true },
  },
  maxParts: 6,
});
const example = { title: "x", photo: { name: "a.png", type: "image/png", bytes: Uint8Array.of(0, 255) } };
const declare = <S extends Schema>(body: S) =>
  ({
    method: "POST",
    path: "/lucky_numbers",
    summary: "",
    body,
    example,
    maxBodyBytes: 5_000,
    reply: z.unknown(),
  }) as const;

/** What came, with the bytes of files as text in Latin-1. */
const handlerOf = (body: Schema) =>
  lambda(declare(body), ({ body: value = null }) =>
    JSON.parse(JSON.stringify(value, (_, each) => (each instanceof Uint8Array ? latin1(each) : each))),
  );
const latin1 = (octets: Uint8Array) => Buffer.from(octets).toString("latin1");

type Sent = { readonly type?: string; readonly body: Uint8Array | string; readonly headers?: object };
const post = (schema: Schema, { type, body, headers }: Sent) =>
  invoke(handlerOf(schema), {
    headers: { host: "x", ...(type && { "content-type": type }), ...headers },
    body: Buffer.from(body as string, "latin1").toString("base64"),
    isBase64Encoded: true,
  });

/** As fetch and browsers send it. */
async function encode(pairs: readonly (readonly [string, string | File])[]): Promise<Sent> {
  const data = new FormData();
  for (const [name, value] of pairs) data.append(name, value);
  const response = new Response(data);
  return { type: response.headers.get("content-type") ?? "", body: await response.bytes() };
}
const file = (name: string, content: string | Uint8Array<ArrayBuffer>, type = "image/png") =>
  new File([content], name, { type });
const send = async (pairs: readonly (readonly [string, string | File])[], schema: Schema = Upload) =>
  post(schema, await encode(pairs));
const title = ["title", "x"] as const;
const photo = ["photo", file("a.png", Uint8Array.of(0, 255, 13, 10))] as const;
const PHOTO = { name: "a.png", type: "image/png", bytes: "\0\xff\r\n" };

const part = (head: string, content = "") => `--b\r\n${head}\r\n\r\n${content}\r\n`;
const field = (name: string, content = "") => part(`content-disposition: form-data; name="${name}"`, content);
const TYPE = "multipart/form-data; boundary=b";

describe("a form with files", () => {
  test.each(["http", "function-url", "rest", "alb", "alb-multi-value"])("is read from %s", async (name) => {
    const { type = "", body } = await encode([title, photo]);
    const { headers, multiValueHeaders } = recorded(name);
    const change = {
      ...(headers !== undefined && { headers: { host: "x", "Content-Type": type } }),
      ...(multiValueHeaders !== undefined && { multiValueHeaders: { host: ["x"], "Content-Type": [type] } }),
      body: Buffer.from(body).toString("base64"),
      isBase64Encoded: true,
    };
    const reply = await invoke(handlerOf(Upload), recorded(name, change));
    expect(reply).toMatchObject({ status: 200, body: { title: "x", photo: PHOTO } });
  });

  test("gives lists of fields and of files, and single ones", async () => {
    const text = file("a.txt", "a", "text/plain");
    const { body } = await send([
      ["tags", "1"],
      title,
      ["notes", text],
      photo,
      ["tags", "2"],
      ["notes", text],
    ]);
    const note = { name: "a.txt", type: "text/plain", bytes: "a" };
    expect(body).toEqual({ title: "x", tags: ["1", "2"], photo: PHOTO, notes: [note, note] });
    const { body: lone } = await send([["tags", "1"], title, photo, ["notes", text]]);
    expect(lone).toEqual({ title: "x", tags: ["1"], photo: PHOTO, notes: [note] });
  });

  test("leaves out what browsers send where no file is chosen, and fields that nobody asks for", async () => {
    const none = ["notes", file("", "", "application/octet-stream")] as const;
    const { body } = await send([title, photo, none, ["other", "x"], ["more", file("a", "a")]]);
    expect(body).toEqual({ title: "x", photo: PHOTO });
    const head =
      'content-disposition: form-data; name="f"; filename=""\r\ncontent-type: application/octet-stream';
    const schema = multipart(z.object({}), { files: { f: { optional: true } } });
    expect(await post(schema, { type: TYPE, body: `${part(head)}--b--` })).toMatchObject({
      status: 200,
      body: {},
    });
  });

  test("has an empty file where one is sent", async () => {
    const { body } = await send([title, ["photo", file("a.png", "")]]);
    expect(body.photo).toEqual({ name: "a.png", type: "image/png", bytes: "" });
  });

  test.each(["\u2028", "\u2029"])(
    "is a 400 where a name has %j, at which the parser ends a header",
    async (separator) => {
      expect(await send([title, [`a${separator}b`, "x"]])).toMatchObject({
        status: 400,
        body: { detail: "Give each part a name." },
      });
    },
  );

  test("keeps every name, text and byte that FormData can send", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 20 });
    const anything = multipart(z.record(z.string(), z.unknown()), {
      files: { f: { optional: true, atMost: 9 } },
    });
    await fc.assert(
      fc.asyncProperty(
        text,
        text,
        text,
        fc.uint8Array({ maxLength: 50 }),
        async (name, value, filename, octets) => {
          fc.pre(
            name !== "f" &&
              name !== "__proto__" &&
              filename !== "" &&
              !/%(?:22|0d|0a)|[\u2028\u2029]/i.test(name + filename),
          );
          fc.pre(!/^\ufeff/.test(value)); // a byte order mark is none of a text
          const { body } = await send(
            [
              [name, value],
              ["f", file(filename, octets, "a/b")],
            ],
            anything,
          );
          expect(body).toEqual({
            [name.replace(/\r\n?|\n/g, "\r\n")]: value.replace(/\r\n?|\n/g, "\r\n").toWellFormed(),
            f: [{ name: filename.replace(/\r\n?|\n/g, "\r\n"), type: "a/b", bytes: latin1(octets) }],
          });
        },
      ),
    );
  });

  test("has no field that objects inherit, and none that pollutes", async () => {
    const { body } = await send([title, photo, ["__proto__", "a"], ["constructor", "b"]]);
    expect(body).toEqual({ title: "x", photo: PHOTO });
    const inherited = multipart(z.object({}), { files: { toString: {} } });
    expect(await send([["a", "b"]], inherited)).toMatchObject({ status: 422 });
    const optional = multipart(z.object({}), { files: { toString: { optional: true } } });
    expect(await post(optional, { type: TYPE, body: "" })).toMatchObject({ status: 200, body: {} });
  });

  test.each(['multipart/form-data; charset=UTF-8; boundary="b"', "Multipart/Form-Data;boundary=b"])(
    "may be of type %s",
    async (type) => {
      const body = `${field("title", "x")}--b--`;
      expect(await post(multipart(z.object({ title: z.string() })), { type, body })).toMatchObject({
        status: 200,
        body: { title: "x" },
      });
    },
  );

  test("may be one of several types", async () => {
    const schema = oneOf(Upload, z.object({ url: z.string() }));
    expect((await send([title, photo], schema)).body).toEqual({ title: "x", photo: PHOTO });
    const json = await post(schema, { type: "application/json", body: '{"url":"x"}' });
    expect(json.body).toEqual({ url: "x" });
  });
});

describe("a form with files that breaks the contract is a 422:", () => {
  const text = file("a.txt", "a", "text/plain");
  test.each<[string, [string, string | File][], string, string]>([
    ["no file", [["title", "x"]], "#/photo", "Send a file."],
    [
      "text for a file",
      [
        ["title", "x"],
        ["photo", "x"],
      ],
      "#/photo",
      "Send a file, not text.",
    ],
    ["a file for text", [["title", text], [...photo]], "#/title", "Send text, not a file."],
    [
      "another type",
      [
        ["title", "x"],
        ["photo", text],
      ],
      "#/photo",
      "Send image/png or image/gif.",
    ],
    ["two for one", [["title", "x"], [...photo], [...photo]], "#/photo", "Send one file."],
    [
      "too many",
      [["title", "x"], [...photo], ["notes", text], ["notes", text], ["notes", text]],
      "#/notes",
      "Send at most 2 files.",
    ],
  ])("%s", async (_, pairs, pointer, detail) => {
    const reply = await send(pairs);
    expect(reply).toMatchObject({ status: 422, body: { errors: [{ pointer, detail }] } });
  });

  test("with all that is wrong at once", async () => {
    const reply = await send([["notes", "x"]]);
    expect(reply.body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([
      "#/title",
      "#/photo",
      "#/notes",
    ]);
  });

  test("a file for a text", async () => {
    expect((await send([["title", file("a", "a")], photo])).body.errors).toMatchObject([
      { pointer: "#/title" },
    ]);
  });
});

describe("a form with files is refused", () => {
  const only = multipart(z.object({ a: z.optional(z.string()) }));

  test.each([
    ["no boundary", "multipart/form-data", field("a")],
    ["an empty boundary", 'multipart/form-data; boundary=""', field("a")],
    ["another boundary", "multipart/form-data; boundary=c", `${field("a")}--b--`],
    ["no end", TYPE, field("a", "x")],
    ["a head alone", TYPE, '--b\r\ncontent-disposition: form-data; name="a"'],
    ["a part without a name", TYPE, `${part("content-disposition: form-data")}--b--`],
    ["a part without a head", TYPE, "--b\r\n\r\nx\r\n--b--"],
    ["what comes before", TYPE, `x\r\n${field("a")}--b--`],
    ["no parts at all", TYPE, "x"],
    ["a text that is not UTF-8", TYPE, `${field("a", "\xff")}--b--`],
    ["a name that is not UTF-8", TYPE, `${field("\xff", "x")}--b--`],
    ["a head without end", TYPE, `--b\r\nx: ${"x".repeat(4_000)}`],
  ])("with 400: %s", async (_, type, body) => {
    const reply = await post(only, { type, body });
    expect(reply).toMatchObject({ status: 400, body: { type: "urn:problem:malformed-body" } });
  });

  test("with 400 where it is missing, with the curl that works", async () => {
    const reply = await post(Upload, { type: TYPE, body: "" });
    expect(reply).toMatchObject({ status: 400, body: { type: "urn:problem:missing-body" } });
    expect(reply.body.detail).toContain("curl --form-string 'title=x' -F ");
  });

  test("with 413 where it has too many parts, of which it reads no more", async () => {
    const parts = Array.from({ length: 7 }, (_, index): [string, string] => [`f${index}`, ""]);
    const reply = await send([...parts]);
    expect(reply).toMatchObject({ status: 413, body: { detail: "Send at most 6 parts." } });
    expect((await send([title, photo, ...parts.slice(0, 4)])).status).toBe(200);
  });

  test("with 413 where a file is too large, by its name", async () => {
    const reply = await send([title, ["photo", file("a", "x".repeat(11))]]);
    expect(reply).toMatchObject({ status: 413, body: { detail: 'Send at most 10 bytes as "photo".' } });
    expect((await send([title, ["photo", file("a", "x".repeat(10))]])).status).toBe(200);
  });

  test("with 413 where all of it is too large", async () => {
    const reply = await send([title, ["more", file("a", "x".repeat(5_000))]]);
    expect(reply).toMatchObject({ status: 413, body: { detail: "Send at most 5000 bytes." } });
  });

  test.each(["multipart/mixed; boundary=b", `${TYPE}; charset=utf-16`, "text/plain", undefined])(
    "with 415 as %s",
    async (type) => {
      const reply = await post(Upload, { body: field("a"), ...(type && { type }) });
      expect(reply).toMatchObject({ status: 415, headers: { accept: "multipart/form-data" } });
    },
  );

  test("with 415 where it is compressed", async () => {
    const reply = await post(Upload, { type: TYPE, body: field("a"), headers: { "content-encoding": "br" } });
    expect(reply).toMatchObject({ status: 415, headers: { "accept-encoding": "identity" } });
  });
});

test("a form with files is typed", () => {
  const typed = contract(declare(Upload));
  type Body = Call<typeof typed>["body"];
  expectTypeOf<Body["photo"]>().toEqualTypeOf<FormFile>();
  expectTypeOf<Body["notes"]>().toEqualTypeOf<readonly FormFile[] | undefined>();
  expectTypeOf<Body["title"]>().toEqualTypeOf<string>();
  // @ts-expect-error no photo
  contract({ ...declare(Upload), example: { title: "x" } });
  // @ts-expect-error a list where one is due
  contract({ ...declare(Upload), example: { title: "x", photo: [example.photo] } });
  expectTypeOf<FileRule["types"]>().toEqualTypeOf<readonly string[] | undefined>();
});
