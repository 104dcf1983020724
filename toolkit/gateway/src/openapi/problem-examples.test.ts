import { describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { type Contract, contract } from "../contract/contract.ts";
import { form } from "../contract/form.ts";
import { multipart } from "../contract/multipart.ts";
import { oneOf } from "../contract/one-of.ts";
import { bytes, text } from "../contract/schema.ts";
import { lambda } from "../http/lambda.ts";
import { context, invoke } from "../testing/testing.ts";
import { documentOf, get } from "./testing/document.ts";

const Person = z.object({ name: z.string(), age: z.optional(z.number()) });
const put = contract({
  method: "PUT",
  path: "/people/{id}",
  summary: "Writes it",
  headers: z.object({ authorization: z.string() }),
  query: z.object({ page: z.coerce.number() }),
  body: Person,
  example: { name: "Ada" },
  examples: { headers: { authorization: "Bearer x" }, query: { page: "1" } },
  maxBodyBytes: 9,
  reply: { 204: null },
});
const sent = { authorization: "Bearer x", "content-type": "application/json", host: "api.example.com" };
const event = (parts: object = {}) => ({
  version: "2.0",
  routeKey: "PUT /people/{id}",
  rawPath: "/prod/people/id",
  rawQueryString: "page=1",
  headers: sent,
  pathParameters: { id: "id" },
  requestContext: { http: { method: "PUT", path: "/prod/people/id" }, stage: "prod" },
  body: '{"name":1}',
  isBase64Encoded: false,
  ...parts,
});

/** The examples of all problems of an operation, by their codes. */
async function examplesOf(contract: Contract): Promise<Readonly<Record<string, { readonly value: object }>>> {
  const { paths } = await documentOf({ it: contract });
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
  const [operation] = Object.values<any>(Object.values<object>(paths)[0] ?? {});
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
  const contents = Object.values<any>(operation.responses).map(
    ({ content }) => content?.["application/problem+json"],
  );
  return Object.assign({}, ...contents.map((content) => content?.examples));
}

describe("each problem of the gateway's own has the example that a caller gets:", () => {
  const fail = () => {
    throw new Error("x");
  };
  test.each<[kind: string, event: object, run?: () => unknown, left?: number]>([
    ["missing-body", event({ body: undefined })],
    ["malformed-json", event({ body: '{"a":' })],
    ["malformed-body", event({ body: "/w==", isBase64Encoded: true })],
    ["body-too-large", event({ body: '{"name":"123"}' })],
    ["unsupported-media-type", event({ headers: { ...sent, "content-type": "text/plain" } })],
    ["unauthenticated", event({ headers: { host: sent.host } })],
    ["invalid-request", event({ body: "{}" })],
    ["internal-error", event({ body: '{"name":1}' }), fail],
    ["out-of-time", event({ body: '{"name":1}' }), () => new Promise(() => {}), 0],
  ])("%s", async (kind, event, run, left) => {
    vi.spyOn(console, "info").mockImplementation(() => {});
    vi.spyOn(console, "error").mockImplementation(() => {});
    const ran = run ? { ...put, body: z.any(), maxBodyBytes: 99 } : put;
    const handler = lambda(ran as typeof put, (run ?? fail) as () => never); // whatever it returns
    const { body } = await invoke(
      handler,
      event,
      left === undefined ? {} : { getRemainingTimeInMillis: () => left },
    );
    const { value } = (await examplesOf(put))[kind] ?? {};
    expect(value).toEqual({ ...body, instance: "a-request-id" });
    expect(body.instance).toBe(context.awsRequestId);
  });
});

describe("the example of a broken contract has what its own schemas find", () => {
  const post = (parts: Partial<Contract>): Contract => ({ ...get("/a/{id}"), method: "POST", ...parts });
  const [pointer, message] = ["#/a", "Give one."];
  const one = z.string(message).check(z.minLength(3, message));
  test.each<[string, Partial<Contract>, object | undefined]>([
    ["a body", { body: z.object({ a: one }), example: { a: "xxx" } }, { pointer, detail: message }],
    [
      "a body of which nothing is required",
      { body: z.partial(z.object({ a: one })), example: {} },
      { pointer: "#", detail: expect.stringMatching(/^Invalid input/) },
    ],
    ["a form", { body: form(z.object({ a: one })), example: { a: "xxx" } }, { pointer, detail: message }],
    [
      "either of two",
      { body: oneOf(form(z.object({ a: one })), Person), example: { a: "xxx" } },
      { pointer, detail: message },
    ],
    [
      "a form with a file",
      {
        body: multipart(z.object({}), { files: { a: {} } }),
        example: { a: { name: "", type: "", bytes: new Uint8Array() } },
      },
      { pointer, detail: "Send a file." },
    ],
    [
      "a query",
      { query: z.object({ a: one }), examples: { query: { a: "xxx" } } },
      { in: "query", pointer, detail: message },
    ],
    [
      "a query of which nothing is required",
      { query: z.object({ list: z.optional(z.array(z.string())), a: z.optional(one) }) },
      { in: "query", pointer, detail: message },
    ],
    ["a cookie", { cookies: z.object({ a: z.optional(one) }) }, { in: "cookie", pointer, detail: message }],
    [
      "a parameter of the path",
      { params: z.object({ id: z.string().check(z.regex(/^id$/, message)) }) },
      { in: "path", pointer: "#/id", detail: message },
    ],
    [
      "authorization alone",
      { headers: z.object({ authorization: z.string() }), examples: { headers: { authorization: "x" } } },
      undefined,
    ],
    ["bytes", { body: bytes("image/png"), example: Uint8Array.of(1) }, undefined],
    [
      "a schema that takes its time",
      { query: z.pipe(z.any(), z.any().check(z.refine(async () => true))) },
      undefined,
    ],
  ])("of %s", async (_, parts, error) => {
    const { value } = (await examplesOf(post(parts)))["invalid-request"] ?? {};
    expect(value).toMatchObject({ type: "urn:problem:invalid-request", status: 422 });
    expect((value as { errors?: unknown }).errors).toEqual(error && [error]);
  });
});

test("a problem of the contract's own has an example with its members and its type", async () => {
  const problems = {
    lost: { status: 404, title: "It is lost" },
    poor: {
      status: 403,
      title: "There is no credit",
      type: "https://example.com/poor",
      members: z.object({ left: z.number() }),
      example: { left: 3 },
    },
    unknown: { status: 403, title: "Nobody shows it", members: z.object({ n: z.number() }) },
  };
  const { lost, poor, unknown } = await examplesOf(get("/a", { problems }));
  const instance = "a-request-id";
  expect(lost).toEqual({
    value: { type: "urn:problem:lost", title: "It is lost", status: 404, detail: "It is lost.", instance },
  });
  expect(poor?.value).toMatchObject({
    left: 3,
    type: "https://example.com/poor",
    detail: "There is no credit.",
  });
  expect(unknown).toBeUndefined();
});

test("members with an id, or of several kinds, are all there", async () => {
  const One = z.object({ kind: z.literal("one"), a: z.string() });
  z.globalRegistry.add(One, { id: "One" });
  const members = z.discriminatedUnion("kind", [One, z.object({ kind: z.literal("two"), b: z.number() })]);
  const { paths } = await documentOf({
    it: get("/a", { problems: { odd: { status: 409, title: "Odd", members } } }),
  });
  const { schema } = paths["/a"].get.responses[409].content["application/problem+json"];
  expect(schema).not.toHaveProperty("additionalProperties");
  expect(schema.properties).toMatchObject({
    type: { const: "urn:problem:odd" },
    kind: { type: "string", enum: ["one", "two"] },
    a: { type: "string" },
    b: { type: "number" },
  });
  expect(schema.required).toEqual(["type", "title", "status", "detail", "instance", "kind"]);
});

test("members of any names are so in the document", async () => {
  const members = z.catchall(z.object({ a: z.string() }), z.number());
  const { paths } = await documentOf({
    it: get("/a", { problems: { odd: { status: 409, title: "Odd", members } } }),
  });
  const { schema } = paths["/a"].get.responses[409].content["application/problem+json"];
  expect(schema).toMatchObject({ additionalProperties: { type: "number" } });
});

test("no more errors are shown than it takes to see what they are", async () => {
  const query = z.object({ a: z.string(), b: z.string(), c: z.string(), d: z.string() });
  const examples = { query: { a: "1", b: "2", c: "3", d: "4" } };
  const { value } = (await examplesOf(get("/a", { query, examples })))["invalid-request"] ?? {};
  expect((value as { errors?: unknown[] }).errors).toHaveLength(3);
});

test("a body of text has the example of what is too large without making it of JSON", async () => {
  const put = { ...get("/a"), method: "PUT", body: text(), example: "x", maxBodyBytes: 3 } as const;
  expect((await examplesOf(put))["body-too-large"]?.value).toMatchObject({ detail: "Send at most 3 bytes." });
});
