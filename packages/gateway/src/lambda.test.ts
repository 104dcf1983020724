import { describe, expect, expectTypeOf, test, vi } from "vitest";
import * as z from "zod/mini";
import functionUrl from "../events/function-url.json" with { type: "json" };
import http from "../events/http.json" with { type: "json" };
import rest from "../events/rest.json" with { type: "json" };
import { contract } from "./contract.ts";
import { lambda } from "./lambda.ts";
import { context, invoke } from "./testing.ts";

const greet = contract({
  method: "POST",
  path: "/greetings",
  summary: "Greets",
  body: z.object({ name: z.string(), count: z.number() }),
  example: { name: "SilentByte", count: 1 },
  reply: z.object({ message: z.string() }),
});
const handler = lambda(greet, ({ body }) => ({ message: `Hi, ${body.name}` }));
const result = {
  isBase64Encoded: false,
  statusCode: 200,
  headers: { "content-type": "application/json" },
  body: '{"message":"Hi, SilentByte"}',
};

describe("a handler answers in the dialect that asked", () => {
  test.each([
    ["an HTTP API (payload 2.0)", http],
    ["a function URL", functionUrl],
    ["a REST API (payload 1.0)", rest],
    ["the article's bare event", { body: '{"name":"SilentByte", "count": 10}' }],
  ])("%s", async (_, event) => {
    expect(await handler(event, context)).toEqual(result);
  });

  test("in base64 too", async () => {
    const event = { ...http, body: Buffer.from(http.body).toString("base64"), isBase64Encoded: true };
    expect(await handler(event, context)).toEqual(result);
  });
});

describe("whatever the function throws", () => {
  const thrown = [
    new TypeError("password is hunter2"),
    "a string",
    undefined,
    null,
    Symbol("s"),
    Object.create(null),
  ];

  test.each(thrown)("becomes a 500 that tells nothing, and one line in the log", async (error) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const failing = lambda(greet, () => {
      throw error;
    });
    const reply = await invoke(failing, http);
    expect(reply.status).toBe(500);
    expect(reply.body).toEqual({
      type: "urn:problem:internal-error",
      title: "Something went wrong",
      status: 500,
      detail: "Try again later. If it happens again, report the instance.",
      instance: context.awsRequestId,
    });
    expect(log.mock.calls).toEqual([[{ route: "POST /greetings", requestId: context.awsRequestId, error }]]);
  });

  test("so does a rejected promise", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const failing = lambda(greet, () => Promise.reject(new Error("no")));
    expect(await invoke(failing, http)).toMatchObject({ status: 500 });
    expect(log).toHaveBeenCalledOnce();
  });

  test.each([[undefined], [10n], [() => 1]])("so does a reply that has no JSON: %s", async (value) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const anything = contract({ method: "GET", path: "/", summary: "Anything", reply: z.unknown() });
    expect(
      await invoke(
        lambda(anything, () => value),
        { body: null },
      ),
    ).toMatchObject({ status: 500 });
    expect(log).toHaveBeenCalledOnce();
  });
});

describe("types derive from the contract", () => {
  test("the body's", () => {
    lambda(greet, ({ body }) => {
      expectTypeOf(body).toEqualTypeOf<{ name: string; count: number }>();
      return { message: "" };
    });
  });

  test("the reply's: a wrong one does not compile", () => {
    // @ts-expect-error message is a string
    lambda(greet, () => ({ message: 7 }));
    // @ts-expect-error message is missing
    lambda(greet, async () => ({}));
  });

  test("the example's: it must be there and fit", () => {
    const { example: _, ...rest } = greet;
    // @ts-expect-error a body needs an example
    contract(rest);
    // @ts-expect-error count is a number
    contract({ ...greet, example: { name: "x", count: "10" } });
    // @ts-expect-error a path starts with a slash
    contract({ ...greet, path: "greetings" });
  });

  test("and there is no body where the contract has none", () => {
    const plain = contract({ method: "GET", path: "/", summary: "Plain", reply: z.string() });
    lambda(plain, ({ body }) => {
      expectTypeOf(body).toEqualTypeOf<undefined>();
      return "";
    });
  });
});
