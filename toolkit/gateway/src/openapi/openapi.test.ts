import { Validator } from "@seriousme/openapi-schema-validator";
import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { z as zodFull } from "zod";
import * as z from "zod/mini";
import { type Contract, contract } from "../contract/contract.ts";
import { form } from "../contract/form.ts";
import { findRouteConflict } from "../contract/routes.ts";
import { bytes, type Schema, text } from "../contract/schema.ts";
import { findMistake } from "./mistake.ts";
import { toOpenApi } from "./openapi.ts";

const info = { title: "Test", version: "1", server: "https://api.example.com" };
const change = contract({
  method: "PUT",
  path: "/draws/{id}/files/{path+}",
  summary: "Changes a draw",
  description: "At length.",
  params: z.object({ id: z.string().check(z.meta({ description: "The draw's" })), path: z.string() }),
  query: z.object({ page: z.optional(z.coerce.number().check(z.int())), sort: z.string() }),
  headers: z.object({ "if-match": z.string() }),
  cookies: z.object({ session: z.optional(z.string()) }),
  body: z.object({ n: z.int().check(z.gte(1)) }),
  example: { n: 1 },
  examples: {
    params: { id: "7", path: "2026/report.txt" },
    query: { sort: "name" },
    headers: { "if-match": '"1"' },
    cookies: { session: "s1" },
  },
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
      {
        name: "id",
        in: "path",
        required: true,
        description: "The draw's",
        schema: { type: "string" },
        example: "7",
      },
      { name: "path", in: "path", required: true, schema: { type: "string" }, example: "2026/report.txt" },
      { name: "page", in: "query", required: false, schema: expect.objectContaining({ type: "integer" }) },
      { name: "sort", in: "query", required: true, schema: { type: "string" }, example: "name" },
      { name: "if-match", in: "header", required: true, schema: { type: "string" }, example: '"1"' },
      { name: "session", in: "cookie", required: false, schema: { type: "string" }, example: "s1" },
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

  test("has examples of the type that its schema has", async () => {
    const list = contract({
      method: "GET",
      path: "/a/{b}",
      summary: "",
      query: z.object({ page: z.coerce.number(), all: z.stringbool(), tag: z.array(z.string()) }),
      examples: { params: { b: "7" }, query: { page: "2", all: "false", tag: ["a", "b"] } },
      reply: z.string(),
    });
    const made = JSON.parse(JSON.stringify(toOpenApi({ list }, info)));
    const { parameters } = made.paths["/a/{b}"].get;
    expect(parameters.map(({ example }: { example: unknown }) => example)).toEqual([
      "7",
      2,
      "false",
      ["a", "b"],
    ]);
    expect(await new Validator().validate(made)).toEqual({ valid: true });
  });

  test.each([
    [text("text/csv"), "a,b\n", "a,b\n"],
    [bytes("text/csv"), new TextEncoder().encode("é,b"), "é,b"],
    [bytes("image/png"), Uint8Array.of(0x89, 0x50), undefined],
  ])("has the example of a body that is no JSON, where a document can show it", (body, example, shown) => {
    const put = { method: "PUT", path: "/a", summary: "", body, example, reply: { 204: null } } as const;
    // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
    const { paths }: any = toOpenApi({ put }, info);
    expect(paths["/a"].put.requestBody.content[body.media?.type ?? ""].example).toBe(shown);
  });

  test.each<[body: Schema, example: unknown, isMissed: boolean]>([
    [bytes("image/png"), Uint8Array.of(), false],
    [text(), "", false],
    [form(z.object({ a: z.string() })), { a: "x" }, true],
    [z.string(), "x", true],
  ])(
    "has the problem of a missing body, and requires one, where there must be one",
    (body, example, isMissed) => {
      const put = { method: "PUT", path: "/a", summary: "", body, example, reply: { 204: null } } as const;
      const described = JSON.stringify(toOpenApi({ put }, info));
      expect(described.includes("missing-body")).toBe(isMissed);
      expect(described.includes(`"requestBody":{"required":${isMissed}`)).toBe(true);
    },
  );

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

  test("has the 401 of a contract that asks for authorization, and of no other", () => {
    const base = { method: "GET", path: "/a", summary: "", reply: z.string() } as const;
    const statuses = (contract: Contract) => {
      const { paths } = toOpenApi({ a: contract }, info) as {
        paths: Record<string, { get: { responses: object } }>; // such is a document
      };
      return Object.keys(paths["/a"]?.get.responses ?? {});
    };
    const headers = z.object({ authorization: z.optional(z.string()) });
    expect(statuses(contract({ ...base, headers }))).toContain("401");
    expect(statuses(contract({ ...base, query: headers }))).not.toContain("401");
  });

  test("shares a path with those of other methods", () => {
    const get = contract({ method: "GET", path: "/draws", summary: "", reply: z.string() });
    const post = contract({ method: "POST", path: "/draws", summary: "", reply: bytes("image/png") });
    const { paths } = toOpenApi({ get, post }, info) as { paths: Record<string, object> };
    expect(Object.keys(paths["/draws"] ?? {})).toEqual(["get", "post"]);
  });
});

describe("a contract that asks who calls", () => {
  const ask = (authorization: z.ZodMiniType<string | undefined>): Contract => ({
    method: "GET",
    path: "/me",
    summary: "",
    headers: z.object({ authorization, "x-a": z.optional(z.string()) }),
    examples: { headers: { authorization: "Bearer x" } },
    reply: z.string(),
  });
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
  const made: any = toOpenApi({ me: ask(z.string()) }, info);

  test("has a scheme for that, for OpenAPI ignores such a parameter", async () => {
    expect(made.paths["/me"].get.security).toEqual([{ authorization: [] }]);
    expect(made.paths["/me"].get.parameters.map(({ name }: { name: string }) => name)).toEqual(["x-a"]);
    expect(made.components.securitySchemes).toEqual({
      authorization: { type: "apiKey", in: "header", name: "authorization" },
    });
    expect(await new Validator().validate(JSON.parse(JSON.stringify(made)))).toEqual({ valid: true });
  });

  test("but need not be told has none as well", () => {
    // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
    const { paths }: any = toOpenApi({ me: ask(z.optional(z.string())) }, info);
    expect(paths["/me"].get.security).toEqual([{ authorization: [] }, {}]);
  });

  test("has a 401, with its header", () => {
    const { description, headers, content } = made.paths["/me"].get.responses[401];
    expect(description).toBe("The caller is unknown.");
    expect(Object.keys(headers)).toEqual(["www-authenticate"]);
    expect(Object.keys(content["application/problem+json"].examples)).toEqual(["unauthenticated"]);
  });

  test("and others have nothing of it", () => {
    expect(document.components).not.toHaveProperty("securitySchemes");
    expect(operation).not.toHaveProperty("security");
    expect(operation.responses).not.toHaveProperty("401");
  });
});

describe("a document of odd contracts is valid:", () => {
  type Tree = { name: string; children: Tree[] };
  const Tree: z.ZodMiniType<Tree> = z.object({ name: z.string(), children: z.array(z.lazy(() => Tree)) });
  const Shared = zodFull.object({ n: zodFull.number() }).meta({ id: "Shared" });
  const date = zodFull.codec(zodFull.iso.datetime(), zodFull.date(), {
    decode: (text) => new Date(text),
    encode: (date) => date.toISOString(),
  });
  const transform = zodFull.string().transform(Number);
  const get = (reply: Contract["reply"], path: Contract["path"] = "/") =>
    contract({ method: "GET", path, summary: "x", reply });

  test.each<[string, Record<string, Contract>]>([
    ["a schema that holds itself", { tree: get(Tree) }],
    ["a schema with a name", { shared: get(zodFull.object({ a: Shared, b: Shared })) }],
    ["two schemas of one name", { a: get(Shared), b: get(zodFull.array(Shared), "/b") }],
    ["a codec", { date: get(zodFull.object({ at: date, list: zodFull.array(date) })) }],
    [
      "a transform of a query",
      {
        page: {
          ...get(z.string()),
          query: zodFull.object({ page: transform }),
          examples: { query: { page: "2" } },
        },
      },
    ],
    ["text and bytes", { text: get(text("application/json")), bytes: get(bytes("image/png"), "/b") }],
    ["nothing at all", { nothing: get({ 204: null }) }],
    [
      "a reply and a problem of one status",
      {
        both: { ...get({ 404: z.string() }), problems: { lost: { status: 404, title: "Lost" } } },
      },
    ],
  ])("%s", async (_, contracts) => {
    const made = JSON.parse(JSON.stringify(toOpenApi(contracts, info)));
    expect(await new Validator().validate(made)).toEqual({ valid: true });
    const references = [...JSON.stringify(made).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    for (const [, name = ""] of references) expect(made.components.schemas).toHaveProperty([name]);
    expect(JSON.stringify(made)).not.toMatch(/"\$ref":"#(?!\/components)/);
  });

  test("a reply and a problem of one status are both there", () => {
    const both = { ...get({ 404: z.string() }), problems: { lost: { status: 404, title: "Lost" } } };
    // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
    const { paths }: any = toOpenApi({ both }, info);
    expect(Object.keys(paths["/"].get.responses[404].content)).toEqual([
      "application/json",
      "application/problem+json",
    ]);
  });
});

describe("routes that OpenAPI cannot tell apart by themselves", () => {
  const at = (route: string) => {
    const [method, path] = route.split(" ") as [Contract["method"], Contract["path"]]; // as the tests write it
    return contract({ method, path, summary: route, reply: z.string() });
  };
  const toApi = (...routes: string[]) =>
    Object.fromEntries(routes.map((route, index) => [`route-${index}`, at(route)]));
  /** Each operation by its summary, which is its route, and where the document has it. */
  const operationsOf = (api: Record<string, Contract>) => {
    const { paths } = toOpenApi(api, info) as { paths: Record<string, Record<string, { summary: string }>> };
    return Object.fromEntries(
      Object.entries(paths).flatMap(([path, item]) =>
        Object.values(item).map(({ summary }): [string, string] => [summary, path]),
      ),
    );
  };
  const expectValid = async (api: Record<string, Contract>) => {
    const made = JSON.parse(JSON.stringify(toOpenApi(api, info)));
    expect(await new Validator().validate(made)).toEqual({ valid: true });
    const paths = Object.keys(made.paths);
    // "Templated paths with the same hierarchy but different templated names MUST NOT exist as they are identical."
    expect(new Set(paths.map((path) => path.replaceAll(/\{[^}]+\}/g, "{}"))).size).toBe(paths.length);
    for (const [path, item] of Object.entries<object>(made.paths)) {
      const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const { parameters = [] } of Object.values(item)) {
        expect(parameters.map(({ name }: { name: string }) => name)).toEqual(names);
      }
    }
  };

  test.each<[string, Record<string, string>]>([
    ["a greedy path is one of a plain parameter", { "GET /files/{path+}": "/files/{path}" }],
    [
      "and of several where a path has that already, for it takes all paths of one segment",
      { "GET /files/{path}": "/files/{path}", "GET /files/{path+}": "/files/{path1}/{path2}" },
    ],
    [
      "under another name as well",
      { "GET /files/{name}": "/files/{name}", "GET /files/{path+}": "/files/{path1}/{path2}" },
    ],
    [
      "and of as many as it takes",
      {
        "GET /files/{a}": "/files/{a}",
        "GET /files/{a}/{b}": "/files/{a}/{b}",
        "GET /files/{path+}": "/files/{path1}/{path2}/{path3}",
      },
    ],
    [
      "and a longer greedy path goes first, as it does where a route is chosen",
      {
        "GET /files/{path+}": "/files/{path1}/{path2}/{path3}",
        "GET /files/{a}": "/files/{a}",
        "GET /files/{a}/{rest+}": "/files/{a}/{rest}",
      },
    ],
    [
      "other methods share the path, where they name it alike",
      {
        "PUT /files/{path+}": "/files/{path}",
        "GET /files/{path}": "/files/{path}",
        "GET /files/{path+}": "/files/{path1}/{path2}",
        "DELETE /files/{path+}": "/files/{path}",
      },
    ],
    [
      "no name is there twice",
      { "GET /{path1}/{path}": "/{path1}/{path}", "GET /{path1}/{path+}": "/{path1}/{path1_}/{path2}" },
    ],
    ["the path alone", { "GET /draws": "/draws", "PUT /draws": "/draws", "GET /": "/" }],
  ])("%s", async (_, expected) => {
    const routes = Object.keys(expected);
    expect(operationsOf(toApi(...routes))).toEqual(expected);
    expect(operationsOf(toApi(...routes.toReversed()))).toEqual(expected);
    await expectValid(toApi(...routes));
  });

  test("the segments of a greedy parameter say so", () => {
    const params = z.object({ path: z.string().check(z.meta({ description: "Where the file is" })) });
    const greedy = {
      ...at("GET /users/{id}/files/{path+}"),
      params: z.extend(params, { id: z.string() }),
      examples: { params: { path: "2026/may/report.txt" } },
    };
    // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
    const { paths }: any = toOpenApi({ one: at("GET /users/{id}/files/{name}"), greedy }, info);
    const text = { in: "path", required: true, schema: { type: "string" } };
    expect(paths["/users/{id}/files/{path1}/{path2}"].get.parameters).toEqual([
      { ...text, name: "id" },
      { ...text, name: "path1", description: "Segment 1 of path. Where the file is", example: "2026" },
      {
        ...text,
        name: "path2",
        description: "Segment 2 and all that follow of path. Where the file is",
        example: "may/report.txt",
      },
    ]);
  });

  test.each<[mistake: string, parts: Partial<Contract>]>([
    ["contract", { reply: {} }],
    ["example", { query: z.object({ q: z.string() }) }],
    ["body", { reply: z.date() }],
  ])("are refused where a %s is wrong, as where they are loaded", (_, parts) => {
    const api = { one: { ...at("GET /a"), ...parts } };
    expect(findMistake(api)).toContain("one");
    expect(() => toOpenApi(api, info)).toThrow(new TypeError(findMistake(api)));
  });

  test("are refused where they conflict, in the words of the table of routes", () => {
    for (const routes of [
      ["GET /draws/{id}", "GET /draws/{draw}"],
      ["GET /draws/{draw}", "PUT /draws/{id}"],
    ]) {
      const conflict = findRouteConflict(toApi(...routes));
      expect(conflict).toContain("The contracts route-0 and route-1 ");
      expect(() => toOpenApi(toApi(...routes), info)).toThrow(new TypeError(conflict));
    }
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
