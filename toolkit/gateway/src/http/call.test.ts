import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z as zodFull } from "zod";
import * as z from "zod/mini";
import { contract } from "../contract/contract.ts";
import { problem } from "../contract/problem.ts";
import { reply } from "../contract/reply.ts";
import { type Schema, text } from "../contract/schema.ts";
import { recorded } from "../testing/recorded.ts";
import { invoke } from "../testing/testing.ts";
import { lambda } from "./lambda.ts";

const draw = contract({
  method: "PUT",
  path: "/draws/{id}/numbers/{position}",
  summary: "Changes a number of a draw",
  params: z.object({ id: z.string(), position: z.coerce.number() }),
  query: z.object({ page: z.optional(z.coerce.number()), tag: z.optional(z.array(z.string())) }),
  headers: z.object({ "if-match": z.optional(z.string()) }),
  cookies: z.object({ session: z.string() }),
  body: z.object({ number: z.number() }),
  example: { number: 7 },
  reply: { 200: z.object({ number: z.number() }), 201: z.object({ created: z.boolean() }), 204: null },
  problems: { "draw-not-found": { status: 404, title: "There is no such draw" } },
});
const event = (change: Record<string, unknown> = {}) =>
  recorded("http", {
    routeKey: "PUT /draws/{id}/numbers/{position}",
    pathParameters: { id: "a b", position: "3" },
    rawQueryString: "page=2&tag=x&tag=y",
    cookies: ["session=s"],
    body: '{"number":9}',
    requestContext: { http: { method: "PUT" }, stage: "$default" },
    ...change,
  });

describe("a function is given each part as its schema gives it", () => {
  test("values and types", async () => {
    const handler = lambda(draw, ({ params, query, headers, cookies, body }) => {
      expectTypeOf(params).toEqualTypeOf<{ id: string; position: number }>();
      expectTypeOf(query).toEqualTypeOf<{ page?: number | undefined; tag?: string[] | undefined }>();
      expectTypeOf(headers).toEqualTypeOf<{ "if-match"?: string | undefined }>();
      expectTypeOf(cookies).toEqualTypeOf<{ session: string }>();
      expectTypeOf(body).toEqualTypeOf<{ number: number }>();
      expect({ params, query, headers, cookies, body }).toEqual({
        params: { id: "a b", position: 3 },
        query: { page: 2, tag: ["x", "y"] },
        headers: {},
        cookies: { session: "s" },
        body: { number: 9 },
      });
      return { number: body.number };
    });
    expect(await invoke(handler, event())).toMatchObject({ status: 200, body: { number: 9 } });
  });

  test("parameters of the path are strings without one, named by the path", () => {
    const look = contract({ method: "GET", path: "/a/{first}/{rest+}", summary: "", reply: z.string() });
    lambda(look, ({ params, body, query, headers, cookies }) => {
      expectTypeOf(params).toEqualTypeOf<{ readonly first: string; readonly rest: string }>();
      expectTypeOf({ body, query, headers, cookies }).toEqualTypeOf<{
        body: undefined;
        query: undefined;
        headers: undefined;
        cookies: undefined;
      }>();
      // @ts-expect-error the path has no such parameter
      params.second;
      return params.rest;
    });
  });

  test("and everything that is wrong is told at once, with its place", async () => {
    const handler = lambda(draw, () => reply(204));
    const wrong = {
      pathParameters: { id: "x", position: "ten" },
      cookies: [],
      body: "{}",
      rawQueryString: "page=x",
    };
    const { status, body } = await invoke(handler, event(wrong));
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      { in: "path", pointer: "#/position", detail: expect.any(String) },
      { in: "query", pointer: "#/page", detail: expect.any(String) },
      { in: "cookie", pointer: "#/session", detail: expect.any(String) },
      { pointer: "#/number", detail: expect.any(String) },
    ]);
  });
});

describe("what is wrong with several parts of a request", () => {
  const strict = z.looseObject(
    Object.fromEntries(Array.from({ length: 15 }, (_, n) => [`f${n}`, z.string()])),
  );
  const many = contract({
    method: "POST",
    path: "/many",
    summary: "",
    query: strict,
    headers: strict,
    body: strict,
    example: {},
    reply: { 204: null },
  });
  const handler = lambda(many, () => reply(204));

  test("is told up to twenty in all, the first part first", async () => {
    const { body } = await invoke(handler, { body: "{}" });
    const parts = body.errors.map(({ in: part = "body" }: { in?: string }) => part);
    expect(parts).toEqual([...Array(15).fill("query"), ...Array(5).fill("header")]);
  });

  test("is not forgotten where the body is missing besides", async () => {
    const { status, body } = await invoke(handler, { body: null });
    expect(status).toBe(422);
    expect(body.errors[0]).toMatchObject({ in: "query", pointer: "#/f0" });
  });

  test("is a missing body where there is nothing else", async () => {
    const { query: _, headers: __, ...alone } = many;
    const { status, body } = await invoke(
      lambda(alone, () => reply(204)),
      { body: null },
    );
    expect({ status, type: body.type }).toEqual({ status: 400, type: "urn:problem:missing-body" });
  });
});

describe("a function answers with what its contract has", () => {
  test("a plain value is a 200, reply says more, problem says what went wrong", async () => {
    const answer = (value: Parameters<typeof reply> | unknown) =>
      invoke(
        lambda({ ...draw, reply: draw.reply }, () => value as { number: number }),
        event(),
      );
    expect(await answer({ number: 1 })).toMatchObject({ status: 200, body: { number: 1 } });
    expect(await answer(reply(201, { created: true }))).toMatchObject({
      status: 201,
      body: { created: true },
    });
    expect(await answer(reply(204))).toMatchObject({ status: 204, body: "" });
    expect(await answer(problem("draw-not-found", "Draw it first."))).toMatchObject({ status: 404 });
  });

  test("what the contract does not name is left out of the reply", async () => {
    const user = { number: 1, passwordHash: "secret" };
    expect(
      (
        await invoke(
          lambda(draw, () => user),
          event(),
        )
      ).body,
    ).toEqual({ number: 1 });
  });

  test("anything else does not compile", () => {
    // @ts-expect-error number is a number
    lambda(draw, () => ({ number: "1" }));
    // @ts-expect-error number is missing
    lambda(draw, async () => ({}));
    // @ts-expect-error there is no status 202
    lambda(draw, () => reply(202, { created: true }));
    // @ts-expect-error a 201 has another body
    lambda(draw, () => reply(201, { number: 1 }));
    // @ts-expect-error a 204 has no body
    lambda(draw, () => reply(204, { number: 1 }));
    // @ts-expect-error the contract has no such problem
    lambda(draw, () => problem("draw-lost", ""));
    // @ts-expect-error a 200 has a body
    lambda(draw, () => {});
    // @ts-expect-error a plain value is a 200, and this contract has none
    lambda(contract({ method: "GET", path: "/", summary: "", reply: { 204: null } }), () => "x");
    // @ts-expect-error text is a string
    lambda(contract({ method: "GET", path: "/", summary: "", reply: text() }), () => 7);
  });
});

describe("a contract", () => {
  const base = {
    method: "POST",
    path: "/x",
    summary: "",
    body: z.object({ n: z.number() }),
    reply: z.string(),
  } as const;

  test("with a body needs an example that fits it", () => {
    contract({ ...base, example: { n: 1 } });
    // @ts-expect-error a body needs an example
    contract(base);
    // @ts-expect-error n is a number
    contract({ ...base, example: { n: "1" } });
  });

  test("has a path that starts with a slash, and a method that HTTP has", () => {
    // @ts-expect-error a path starts with a slash
    contract({ method: "GET", path: "x", summary: "", reply: z.string() });
    // @ts-expect-error there is no such method
    contract({ method: "FETCH", path: "/x", summary: "", reply: z.string() });
  });
});

describe("any Standard Schema will do", () => {
  const schemas = {
    "zod/mini": z.object({ name: z.string(), count: z.number() }),
    zod: zodFull.object({ name: zodFull.string(), count: zodFull.number() }),
    valibot: v.object({ name: v.string(), count: v.number() }),
    arktype: type({ name: "string", count: "number" }),
  } satisfies Record<string, Schema<{ name: string; count: number }>>;

  test.each(Object.entries(schemas))("%s", async (_, body) => {
    const example = { name: "x", count: 1 };
    const echo = contract({ method: "POST", path: "/x", summary: "", body, example, reply: body });
    const handler = lambda(echo, (call) => {
      expectTypeOf(call.body).toEqualTypeOf<{ name: string; count: number }>();
      return call.body;
    });
    expect((await invoke(handler, { body: JSON.stringify(example) })).body).toEqual(example);
    const refused = await invoke(handler, { body: '{"name":1,"count":"x"}' });
    expect(refused.status).toBe(422);
    const pointers = refused.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers.sort()).toEqual(["#/count", "#/name"]);
  });

  test("one that takes its time as well", async () => {
    const slow: Schema<string> = {
      "~standard": { version: 1, vendor: "test", validate: async (value) => ({ value: `${value}!` }) },
    };
    const echo = contract({
      method: "POST",
      path: "/x",
      summary: "",
      body: slow,
      example: "x",
      reply: z.string(),
    });
    expect(
      (
        await invoke(
          lambda(echo, ({ body }) => body),
          { body: '"x"' },
        )
      ).body,
    ).toBe("x!");
  });
});
