import { describe, expect, test } from "vitest";
import type { Json } from "../schema/schema.ts";
import { body, documentWith, number, object, reply, said, text } from "../testing/documents.ts";
import { compareDocuments } from "./compare.ts";

type Case = readonly [what: string, before: Json, after: Json, says: string];

const parameters = (...list: readonly Json[]): Json => documentWith({ parameters: list });
const limit = (more: Json = {}): Json => ({ name: "limit", in: "query", schema: number, ...more });

const problems = (status: number, ...types: readonly string[]): Json => ({
  [status]: {
    content: {
      "application/problem+json": {
        schema: object({ type: text, detail: text }),
        examples: Object.fromEntries(types.map((type) => [type, { value: { type: `urn:problem:${type}` } }])),
      },
    },
  },
});
const ownProblem = (members: Json): Json =>
  documentWith({
    responses: {
      403: {
        content: {
          "application/problem+json": {
            schema: {
              anyOf: [object({ type: { const: "urn:problem:own" }, ...members }), object({ type: text })],
            },
            examples: { plain: { value: { type: "urn:problem:plain" } } },
          },
        },
      },
    },
  });
const content = (...types: readonly string[]): Json => ({
  content: Object.fromEntries(types.map((type) => [type, { schema: text }])),
});
const secured = (...security: readonly Json[]): Json =>
  documentWith(
    { security },
    {
      components: {
        securitySchemes: {
          key: { type: "apiKey", in: "header", name: "x-key" },
          sameKey: { type: "apiKey", in: "header", name: "x-key", description: "Under another name." },
          login: { type: "oauth2", flows: {} },
        },
      },
    },
  );
const photo = (contentType?: string): Json =>
  documentWith({
    requestBody: {
      content: {
        "multipart/form-data": {
          schema: object({ photo: text }),
          ...(contentType && { encoding: { photo: { contentType } } }),
        },
      },
    },
  });
const replyHeader = (header?: Json): Json =>
  documentWith({ responses: { 200: { headers: header ? { ETag: { schema: text, ...header } } : {} } } });
const paths = (all: Json): Json => ({ openapi: "3.1.0", paths: all });
const item = (name: string): Json => ({
  get: { parameters: [{ name, in: "path", required: true, schema: text }], responses: {} },
});

const OPERATIONS: readonly Case[] = [
  ["a route is gone", paths({ "/a": item("x") }), paths({}), "! GET /a is gone"],
  ["a route is new", paths({}), paths({ "/a": item("x") }), "+ GET /a is new"],
  [
    "a method is another",
    paths({ "/a": { get: {} } }),
    paths({ "/a": { put: {} } }),
    "! GET /a is gone; + PUT /a is new",
  ],
  [
    "a parameter of the path has another name",
    paths({ "/a/{x}": item("x") }),
    paths({ "/a/{id}": item("id") }),
    "same: GET /a/{id}",
  ],
  [
    "a parameter of the path is narrower",
    paths({ "/a/{x}": item("x") }),
    paths({
      "/a/{id}": {
        get: {
          parameters: [{ name: "id", in: "path", required: true, schema: { ...text, format: "uuid" } }],
        },
      },
    }),
    "! GET /a/{id} path id has the format uuid now",
  ],
  ["it is deprecated", documentWith({}), documentWith({ deprecated: true }), "+ is deprecated now"],
  [
    "only words differ",
    documentWith({ summary: "A", operationId: "a" }),
    documentWith({ summary: "B" }),
    "same: POST /a",
  ],
  [
    "a required parameter is new",
    parameters(),
    parameters(limit({ required: true })),
    "! query limit is new and required",
  ],
  ["an optional parameter is new", parameters(), parameters(limit()), "+ query limit is new"],
  ["a parameter is gone", parameters(limit()), parameters(), "! query limit is gone"],
  [
    "a parameter is required",
    parameters(limit()),
    parameters(limit({ required: true })),
    "! query limit is required now",
  ],
  [
    "a parameter is optional",
    parameters(limit({ required: true })),
    parameters(limit()),
    "+ query limit is optional now",
  ],
  [
    "a parameter is narrower",
    parameters(limit()),
    parameters(limit({ schema: { type: "integer" } })),
    "! query limit must be a whole number now",
  ],
  [
    "a parameter has another style",
    parameters(limit()),
    parameters(limit({ explode: false })),
    "! query limit is written in another style",
  ],
  [
    "a parameter has another place",
    parameters(limit()),
    parameters(limit({ in: "header" })),
    "! query limit is gone; + header limit is new",
  ],
  [
    "a header is written otherwise",
    parameters(limit({ in: "header", name: "X-Key" })),
    parameters(limit({ in: "header", name: "x-key" })),
    "same: POST /a",
  ],
  [
    "a parameter of the path's stands in the operation",
    paths({ "/a": { parameters: [limit()], get: {} } }),
    paths({ "/a": { get: { parameters: [limit()] } } }),
    "same: GET /a",
  ],
  ["a required body is new", documentWith({}), body(text), "! body is new and required"],
  [
    "an optional body is new",
    documentWith({}),
    documentWith({ requestBody: content("text/plain") }),
    "+ body is new",
  ],
  ["a body is gone", body(text), documentWith({}), "! body is gone"],
  [
    "a body is required",
    documentWith({ requestBody: content("application/json") }),
    body(text),
    "! body is required now",
  ],
  [
    "a body is optional",
    body(text),
    documentWith({ requestBody: content("application/json") }),
    "+ body is optional now",
  ],
  [
    "a media type is another",
    documentWith({ requestBody: content("application/json") }),
    documentWith({ requestBody: content("text/csv") }),
    "! body is no longer application/json; + body may be text/csv now",
  ],
  [
    "a media type is of a range now",
    documentWith({ requestBody: content("image/png") }),
    documentWith({ requestBody: content("image/*") }),
    "+ body may be image/* now",
  ],
  [
    "a charset is given",
    documentWith({ requestBody: content("text/plain") }),
    documentWith({ requestBody: content("text/plain; charset=utf-8") }),
    "same: POST /a",
  ],
  ["a file may be of less", photo(), photo("image/png"), "! body #/photo is no longer of any type"],
  [
    "a file may be of more",
    photo("image/png"),
    photo("image/png, image/jpeg"),
    "+ body #/photo may be image/jpeg now",
  ],
  ["a file may be of a range", photo("image/png"), photo("image/*"), "+ body #/photo may be image/* now"],
  ["a reply is gone", reply(text), documentWith({}), "! reply 200 is gone"],
  ["a success is new", documentWith({}), reply(text, 202), "! reply 202 is new"],
  ["an error is new", documentWith({}), reply(text, 409), "+ reply 409 is new"],
  [
    "a reply is of a range now",
    reply(text, 404),
    documentWith({ responses: { "4XX": content("application/json") } }),
    "+ reply 4XX is new",
  ],
  [
    "a reply is within the range",
    documentWith({ responses: { default: content("application/json") } }),
    documentWith({ responses: { default: content("application/json"), 404: content("application/json") } }),
    "same: POST /a",
  ],
  [
    "a reply is of another type",
    documentWith({ responses: { 200: content("text/plain") } }),
    documentWith({ responses: { 200: content("text/csv") } }),
    "! reply 200 is no longer text/plain; + reply 200 may be text/csv now",
  ],
  ["a reply's header is new", replyHeader(), replyHeader({}), "+ reply 200 header etag is new"],
  ["a reply's header is gone", replyHeader({}), replyHeader(), "! reply 200 header etag is gone"],
  [
    "a reply's header is optional",
    replyHeader({ required: true }),
    replyHeader({}),
    "! reply 200 header etag is optional now",
  ],
  [
    "a reply's header is wider",
    replyHeader({ schema: { enum: ["a"] } }),
    replyHeader({}),
    '! reply 200 header etag is no longer one of "a" alone',
  ],
  [
    "a problem is gone",
    documentWith({ responses: problems(404, "a", "b") }),
    documentWith({ responses: problems(404, "a") }),
    "! problem b is gone",
  ],
  [
    "a problem is new",
    documentWith({ responses: {} }),
    documentWith({ responses: problems(404, "a") }),
    "+ problem a is new, with the status 404",
  ],
  [
    "a problem has another status",
    documentWith({ responses: problems(404, "a") }),
    documentWith({ responses: problems(410, "a") }),
    "! problem a has the status 410 now, and had 404",
  ],
  [
    "a problem has another field",
    ownProblem({}),
    ownProblem({ balance: number }),
    "+ problem own #/balance is new and required",
  ],
  [
    "a problem's field is gone",
    ownProblem({ balance: number }),
    ownProblem({}),
    "! problem own #/balance is gone",
  ],
  ["security is new", secured(), secured({ key: [] }), "! security is key now, and was none"],
  ["security is gone", secured({ key: [] }), secured(), "+ security is none now, and was key"],
  [
    "security is optional",
    secured({ key: [] }),
    secured({ key: [] }, {}),
    "+ security is key, or none now, and was key",
  ],
  ["security has another name", secured({ key: [] }), secured({ sameKey: [] }), "same: POST /a"],
  [
    "another way is as good",
    secured({ key: [] }),
    secured({ key: [] }, { login: ["read"] }),
    "+ security is key, or login and login (read) now, and was key",
  ],
  [
    "a way is gone",
    secured({ key: [] }, { login: [] }),
    secured({ key: [] }),
    "! security is key now, and was key, or login",
  ],
  [
    "a scope is new",
    secured({ login: ["read"] }),
    secured({ login: ["read", "write"] }),
    "! security is login and login (read) and login (write) now, and was login and login (read)",
  ],
  [
    "security is all operations'",
    secured({ key: [] }),
    { ...secured(), security: [{ key: [] }], paths: { "/a": { post: {} } } },
    "same: POST /a",
  ],
];

describe("an operation that changes", () => {
  test.each(OPERATIONS)("%s", (_, before, after, says) => {
    expect(said(before, after)).toBe(says);
  });

  test("is compared with what a reference leads to", () => {
    const components = {
      parameters: { Limit: limit() },
      requestBodies: { Body: { required: true, content: { "application/json": { schema: text } } } },
      responses: { Ok: { content: { "application/json": { schema: text } } } },
    };
    const before = documentWith(
      {
        parameters: [{ $ref: "#/components/parameters/Limit" }],
        requestBody: { $ref: "#/components/requestBodies/Body" },
        responses: { 200: { $ref: "#/components/responses/Ok" } },
      },
      { components },
    );
    const after = documentWith({
      parameters: [limit()],
      requestBody: components.requestBodies.Body,
      responses: { 200: components.responses.Ok },
    });
    expect(said(before, after)).toBe("same: POST /a");
    expect(said(after, before)).toBe("same: POST /a");
  });

  test.each([{}, { paths: null }, { paths: { "/a": null } }, { paths: { "/a": { get: [] } } }])(
    "is none in a document such as %j",
    (document) => {
      expect(compareDocuments(document, document)).toEqual({ breaks: [], news: [], same: [] });
    },
  );
});
