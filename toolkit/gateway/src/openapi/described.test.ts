import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import type { Contract } from "../contract/contract.ts";
import { gzip } from "../contract/gzip.ts";
import { oneOf } from "../contract/one-of.ts";
import { bytes, text } from "../contract/schema.ts";
import { documentOf, get } from "./testing/document.ts";

const headers = z.object({ authorization: z.string() });
const asking = get("/me", { headers, examples: { headers: { authorization: "Bearer x" } } });

describe("the document", () => {
  test("has the licence, the contact and what else the API says of itself", async () => {
    const about = {
      description: "What it is for.",
      license: { name: "MIT", identifier: "MIT" },
      contact: { url: "https://example.com" },
    };
    const { info } = await documentOf({ a: get("/a") }, about);
    expect(info).toEqual({ title: "Test", version: "1", ...about });
  });

  test("asks for nothing, but where an operation does", async () => {
    const { security, paths } = await documentOf({ a: get("/a"), me: asking });
    expect(security).toEqual([]);
    expect(paths["/a"].get).not.toHaveProperty("security");
    expect(paths["/me"].get.security).toEqual([{ authorization: [] }]);
  });

  test("has each tag once, with what the API says of it", async () => {
    const contracts = {
      c: get("/users/{id}/notes"),
      a: get("/openapi.json"),
      b: get("/users"),
      d: get("/{any}/.well-known"),
      e: get("/{any+}"),
      f: get("/x", { tag: "Odd things" }),
      g: get("/lucky_numbers"),
    };
    const { tags, paths } = await documentOf(contracts, {
      tags: { users: "Who calls.", nobodys: "Not there." },
    });
    expect(tags).toEqual([
      { name: ".well-known", description: "Everything under /.well-known." },
      { name: "Odd things" },
      { name: "lucky-numbers", description: "Everything under /lucky_numbers." },
      { name: "openapi", description: "Everything under /openapi.json." },
      { name: "root", description: "Everything under /." },
      { name: "users", description: "Who calls." },
    ]);
    const taken = Object.values<{ get: { tags: string[] } }>(paths).map(({ get }) => get.tags);
    expect(taken).toEqual(
      ["users", "openapi", "users", ".well-known", "root", "Odd things", "lucky-numbers"].map((tag) => [tag]),
    );
  });

  test("says which operations callers should leave", async () => {
    const { paths } = await documentOf({ a: get("/a", { deprecated: true }), b: get("/b") });
    expect(paths["/a"].get.deprecated).toBe(true);
    expect(paths["/b"].get).not.toHaveProperty("deprecated");
  });

  test("has what API Gateway answers to too many calls, beside the contract's own", async () => {
    const problems = { busy: { status: 429, title: "It is busy" } };
    const { paths, components } = await documentOf({ a: get("/a"), b: get("/b", { problems }) });
    const { TooManyRequests } = components.responses;
    expect(paths["/a"].get.responses[429]).toEqual({ $ref: "#/components/responses/TooManyRequests" });
    expect(TooManyRequests.content["application/json"].example).toEqual({ message: "Too Many Requests" });
    const { description, content } = paths["/b"].get.responses[429];
    expect(description).toBe("It is busy.");
    expect(Object.keys(content)).toEqual(["application/json", "application/problem+json"]);
  });
});

test("responses are in the order of their statuses", async () => {
  const problems = { lost: { status: 404, title: "It is lost" }, late: { status: 401, title: "It is late" } };
  const { paths } = await documentOf({ a: get("/a", { reply: { 409: z.string(), 204: null }, problems }) });
  expect(Object.keys(paths["/a"].get.responses)).toEqual(["204", "401", "404", "409", "429", "500", "503"]);
});

describe("a response has its headers:", () => {
  const string = { type: "string" };
  const headersOf = async (contract: Contract, status: number) => {
    const { paths } = await documentOf({ it: contract });
    // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
    const [operation] = Object.values<any>(Object.values<object>(paths)[0] ?? {});
    return operation.responses[status].headers;
  };
  const located = get("/a", {
    reply: { 201: z.string(), 204: null, 409: z.string() },
    problems: { busy: { status: 409, title: "It is busy" } },
    replyHeaders: { 201: { location: "Where it is" }, 409: { "retry-after": "In seconds" } },
  });

  test.each<[string, Contract, status: number, headers: object | undefined]>([
    [
      "the contract's own",
      located,
      201,
      { location: { description: "Where it is", required: true, schema: string } },
    ],
    [
      "the contract's own where a problem may have them not",
      located,
      409,
      { "retry-after": { description: "In seconds", schema: string } },
    ],
    ["none", located, 204, undefined],
    [
      "that of a caller who is unknown",
      asking,
      401,
      { "www-authenticate": expect.objectContaining({ schema: string }) },
    ],
    [
      "those of a type that is not taken",
      { ...get("/a"), method: "PUT", body: z.string(), example: "" },
      415,
      { accept: expect.anything(), "accept-encoding": expect.anything() },
    ],
    [
      "those of what is compressed",
      get("/a", { reply: z.string(), compress: gzip }),
      200,
      {
        vary: expect.objectContaining({ required: true }),
        "content-encoding": expect.not.objectContaining({ required: true }),
      },
    ],
    [
      "those of bytes, which may be compressed",
      get("/a", { reply: bytes("text/csv"), compress: gzip }),
      200,
      { vary: expect.not.objectContaining({ required: true }), "content-encoding": expect.anything() },
    ],
    [
      "that of no body where others are compressed",
      get("/a", { compress: gzip }),
      204,
      { vary: expect.anything() },
    ],
    ["none of a problem, which is not compressed", get("/a", { compress: gzip }), 500, undefined],
  ])("%s", async (_, contract, status, expected) => {
    expect(await headersOf(contract, status)).toEqual(expected);
  });
});

describe("a body that is no JSON of a schema", () => {
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
  const contentOf = ({ paths }: any) => paths["/a"].get.responses[200].content;

  test.each([
    [
      "text, under its type without parameters",
      text("Text/HTML; charset=utf-8"),
      { "text/html": { schema: { type: "string" } } },
    ],
    ["JSON, which may be any", text("application/json"), { "application/json": { schema: {} } }],
    [
      "JSON of a type of its own",
      text("application/geo+json; charset=utf-8"),
      { "application/geo+json": { schema: {} } },
    ],
    [
      "bytes",
      bytes("image/png"),
      { "image/png": { schema: { type: "string", format: "binary", contentMediaType: "image/png" } } },
    ],
  ])("is %s", async (_, reply, content) => {
    expect(contentOf(await documentOf({ a: get("/a", { reply }) }))).toEqual(content);
  });

  test("has an example of JSON as the JSON that it is, and none that is not", async () => {
    const reply = text("application/json");
    const shown = await documentOf({ a: get("/a", { reply, replyExample: '{"a":[1]}' }) });
    expect(contentOf(shown)["application/json"].example).toEqual({ a: [1] });
    const broken = await documentOf({ a: get("/a", { reply, replyExample: "{" }) });
    expect(contentOf(broken)["application/json"]).not.toHaveProperty("example");
  });

  test("is one of several under each type", async () => {
    const body = oneOf(text("text/plain; charset=utf-8"), z.object({ a: z.string() }));
    const { paths } = await documentOf({ a: { ...get("/a"), method: "PUT", body, example: "x" } });
    expect(Object.keys(paths["/a"].put.requestBody.content)).toEqual(["text/plain", "application/json"]);
  });
});
