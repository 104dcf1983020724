import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { contract } from "./contract.ts";
import { toOpenApi } from "./openapi.ts";
import { bytes, type Schema, text } from "./schema.ts";

const info = { title: "Test", version: "1", server: "https://api.example.com" };
const change = contract({
  method: "PUT",
  path: "/draws/{id}/files/{path+}",
  summary: "Changes a draw",
  description: "At length.",
  params: z.object({ id: z.string().check(z.meta({ description: "The draw's" })), path: z.string() }),
  query: z.object({ page: z.optional(z.int()), sort: z.string() }),
  headers: z.object({ "if-match": z.string() }),
  cookies: z.object({ session: z.optional(z.string()) }),
  body: z.object({ n: z.int().check(z.gte(1)) }),
  example: { n: 1 },
  reply: { 200: z.object({ n: z.number() }), 201: text("text/csv"), 204: null },
  replyExample: { n: 1 },
  problems: { "draw-not-found": { status: 404, title: "There is no such draw" } },
});
// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
const document: any = toOpenApi({ "change-draw": change }, info);
const operation = document.paths["/draws/{id}/files/{path}"].put;

describe("an operation", () => {
  test("has its name, summary and description", () => {
    expect(document).toMatchObject({
      openapi: "3.1.0",
      info: { title: "Test" },
      servers: [{ url: info.server }],
    });
    expect(operation).toMatchObject({
      operationId: "changeDraw",
      summary: "Changes a draw",
      description: "At length.",
    });
  });

  test("has its parameters from path, query, headers and cookies", () => {
    expect(operation.parameters).toEqual([
      { name: "id", in: "path", required: true, description: "The draw's", schema: { type: "string" } },
      { name: "path", in: "path", required: true, schema: { type: "string" } },
      { name: "page", in: "query", required: false, schema: expect.objectContaining({ type: "integer" }) },
      { name: "sort", in: "query", required: true, schema: { type: "string" } },
      { name: "if-match", in: "header", required: true, schema: { type: "string" } },
      { name: "session", in: "cookie", required: false, schema: { type: "string" } },
    ]);
  });

  test("has parameters of the path without a schema as strings", () => {
    const plain = contract({ method: "GET", path: "/a/{b}", summary: "", reply: z.string() });
    // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
    const { paths }: any = toOpenApi({ plain }, info);
    expect(paths["/a/{b}"].get.parameters).toEqual([
      { name: "b", in: "path", required: true, schema: { type: "string" } },
    ]);
  });

  test("has its body with its example", () => {
    expect(operation.requestBody).toMatchObject({
      required: true,
      content: { "application/json": { schema: { required: ["n"] }, example: { n: 1 } } },
    });
  });

  test("has each of its replies, by its media type", () => {
    expect(operation.responses[200].content["application/json"].example).toEqual({ n: 1 });
    expect(operation.responses[201].content).toEqual({ "text/csv": { schema: { type: "string" } } });
    expect(operation.responses[204]).not.toHaveProperty("content");
  });

  test("has every problem that it can answer with, its own among them", () => {
    const kinds = Object.values<{ content?: Record<string, { examples?: object }> }>(
      operation.responses,
    ).flatMap(({ content }) => Object.keys(content?.["application/problem+json"]?.examples ?? {}));
    expect(kinds.sort()).toEqual([
      "body-too-large",
      "draw-not-found",
      "internal-error",
      "invalid-request",
      "malformed-body",
      "malformed-json",
      "missing-body",
      "out-of-time",
      "unsupported-media-type",
    ]);
  });

  test("shares a path with those of other methods", () => {
    const get = contract({ method: "GET", path: "/draws", summary: "", reply: z.string() });
    const post = contract({ method: "POST", path: "/draws", summary: "", reply: bytes("image/png") });
    const { paths } = toOpenApi({ get, post }, info) as { paths: Record<string, object> };
    expect(Object.keys(paths["/draws"] ?? {})).toEqual(["get", "post"]);
  });
});

describe("schemas of other libraries", () => {
  const of = (reply: Schema) => contract({ method: "GET", path: "/", summary: "", reply });
  const described = { type: "object", properties: { n: { type: "number" } }, required: ["n"] };
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
  const schemaOf = ({ paths }: any) => paths["/"].get.responses[200].content["application/json"].schema;

  test("are described by their own JSON Schema", () => {
    expect(schemaOf(toOpenApi({ x: of(type({ n: "number" })) }, info))).toEqual(described);
    const wrapped = toStandardJsonSchema(v.object({ n: v.number() }));
    expect(schemaOf(toOpenApi({ x: of(wrapped) }, info))).toMatchObject(described);
  });

  test("or refused, where they have none", () => {
    expect(() => toOpenApi({ x: of(v.object({ n: v.number() })) }, info)).toThrow(
      "a schema of valibot has no JSON Schema",
    );
  });
});
