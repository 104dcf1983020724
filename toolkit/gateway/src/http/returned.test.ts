import { describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod/mini";
import { type Contract, contract } from "../contract/contract.ts";
import { problem } from "../contract/problem.ts";
import { reply } from "../contract/reply.ts";
import { invoke } from "../testing/testing.ts";
import { type CallWith, type Handler, lambda, type Returned, type Run } from "./lambda.ts";

const base = { method: "GET", path: "/x/{id}", summary: "" } as const;
const health = contract({ ...base, reply: z.object({ status: z.literal("ok") }) });
const pair = contract({ ...base, reply: z.object({ at: z.tuple([z.number(), z.string()]) }) });
const shape = contract({
  ...base,
  reply: {
    200: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("circle"), radius: z.number() }),
      z.object({ kind: z.literal("square"), side: z.number() }),
    ]),
    201: z.object({ status: z.literal("made") }),
    204: null,
  },
  problems: { lost: { status: 404, title: "It is lost" } },
});
const list = contract({ ...base, reply: z.object({ tags: z.array(z.string()) }) });

const event = { body: null, pathParameters: { id: "1" } };
const bodyOf = async (handler: Handler) => (await invoke(handler, event)).body;

describe("an ordinary function compiles, and runs, that returns", () => {
  test("the headers that its reply declares, in any case, or such as are only known when it runs", async () => {
    const made = contract({
      ...base,
      reply: { 200: z.string(), 201: z.string(), 204: null },
      replyHeaders: { 201: { location: "Where it is", "set-cookie": "Who calls" } },
    });
    const known: Record<string, string> = { location: "/x/7" };
    const handlers = [
      lambda(made, () => reply(201, "x", { headers: { Location: "/x/7", "x-a": "b" }, cookies: ["a=b"] })),
      lambda(made, async () => reply(201, "x", { headers: known })),
      lambda(made, ({ params: { id } }) => {
        if (id === "") return "x";
        return id === " " ? reply(204) : reply(201, "x", { headers: { location: `/x/7` } });
      }),
    ];
    for (const handler of handlers)
      expect((await invoke(handler, event)).headers).toMatchObject({ location: "/x/7" });
    // @ts-expect-error it has no location
    lambda(made, () => reply(201, "x"));
    // @ts-expect-error it has another
    lambda(made, async () => reply(201, "x", { headers: { etag: "1" } }));
    const either = (id: string) => (id ? reply(201, "x") : reply(201, "x", { headers: { location: "" } }));
    // @ts-expect-error one of both has none
    lambda(made, ({ params }) => either(params.id));
  });

  test("a literal", async () => {
    const handlers = [
      lambda(health, () => ({ status: "ok" })),
      lambda(health, async () => ({ status: "ok" })),
      lambda(health, () => {
        return { status: "ok" };
      }),
      lambda(health, ({ params }) => (params.id === "" ? { status: "ok" } : { status: "ok" })),
      lambda(health, () => Promise.resolve({ status: "ok" })),
      lambda(health, function run() {
        return { status: "ok" };
      }),
    ];
    for (const handler of handlers) expect(await bodyOf(handler)).toEqual({ status: "ok" });
  });

  test("a tuple", async () => {
    const handlers = [
      lambda(pair, () => ({ at: [1, "x"] })),
      lambda(pair, async () => ({ at: [1, "x"] })),
      lambda(pair, async ({ params }) => {
        await Promise.resolve();
        if (params.id === "") return { at: [2, "y"] };
        return { at: [1, "x"] };
      }),
    ];
    for (const handler of handlers) expect(await bodyOf(handler)).toEqual({ at: [1, "x"] });
  });

  test("a kind of a discriminated union", async () => {
    const handlers = [
      lambda(shape, () => ({ kind: "circle", radius: 1 })),
      lambda(shape, async () => ({ kind: "circle", radius: 1 })),
      lambda(shape, ({ params }) =>
        params.id ? { kind: "circle", radius: 1 } : { kind: "square", side: 1 },
      ),
      lambda(shape, async ({ params }) => {
        if (params.id === "") return { kind: "square", side: 1 };
        return { kind: "circle", radius: 1 };
      }),
      lambda(shape, () => reply(200, { kind: "circle", radius: 1 })),
    ];
    for (const handler of handlers) expect(await bodyOf(handler)).toEqual({ kind: "circle", radius: 1 });
  });

  test("now this, now that", async () => {
    const find = async (id: string) => (id === "1" ? { kind: "circle" as const, radius: 1 } : undefined);
    const handlers = [
      lambda(shape, async ({ params }) => (await find(params.id)) ?? problem("lost", "Make it first.")),
      lambda(shape, async ({ params }) => {
        if (params.id === "2") return problem("lost", "Make it first.");
        if (params.id === "3") return reply(204);
        if (params.id === "4") return reply(201, { status: "made" });
        return { kind: "circle", radius: 1 };
      }),
      lambda(shape, ({ params }) => {
        if (params.id === "") throw new Error("no");
        return { kind: "circle", radius: 1 };
      }),
    ];
    for (const handler of handlers) expect(await bodyOf(handler)).toEqual({ kind: "circle", radius: 1 });
  });

  test("what it may only read", async () => {
    const tags: readonly string[] = ["a"];
    expect(await bodyOf(lambda(list, () => ({ tags })))).toEqual({ tags: ["a"] });
  });

  test("the body of a contract that is not known here", async () => {
    const any: Contract = health;
    expect(await bodyOf(lambda(any, () => ({ status: "ok" })))).toEqual({ status: "ok" });
  });
});

describe("a function of one's own around others needs no cast", () => {
  type User = { readonly name: string };
  const userOf = async (token: string | undefined): Promise<User> => ({ name: token ?? "nobody" });

  function authed<const C extends Contract, const R extends Returned<C>>(
    contract: C,
    run: (call: CallWith<C, { readonly user: User }>) => R | Promise<R>,
  ): Handler {
    return lambda(contract, async (call) =>
      run({ ...call, user: await userOf(call.request.headers?.authorization) }),
    );
  }
  function counted<const C extends Contract>(contract: C, run: Run<C>): Handler {
    return lambda(contract, (call) => run(call));
  }

  test("but cannot add a part that a call has by itself", () => {
    expectTypeOf<CallWith<typeof health, { readonly user: User }>["user"]>().toEqualTypeOf<User>();
    // @ts-expect-error a call has a body by itself
    expectTypeOf<CallWith<typeof health, { readonly body: string }>>().toBeObject();
    // @ts-expect-error and a context
    expectTypeOf<CallWith<typeof health, { readonly user: User; readonly context: string }>>().toBeObject();
  });

  test("and those are held to their contract as ever", async () => {
    const handler = authed(shape, ({ user }) => ({ kind: "circle", radius: user.name.length }));
    expect(await bodyOf(handler)).toEqual({ kind: "circle", radius: 6 });
    expect(await bodyOf(authed(health, async () => ({ status: "ok" })))).toEqual({ status: "ok" });
    expect(await bodyOf(counted(list, ({ params }) => ({ tags: [params.id] })))).toEqual({ tags: ["1"] });
    // @ts-expect-error it is no such status
    authed(health, () => ({ status: "okay" }));
    // @ts-expect-error it is no such status
    authed(health, async () => ({ status: "okay" }));
    // @ts-expect-error there is no such part
    authed(health, ({ session }) => ({ status: session }));
  });
});

test("what else is returned does not compile, late or not", () => {
  // @ts-expect-error another literal
  lambda(health, () => ({ status: "okay" }));
  // @ts-expect-error another literal, later
  lambda(health, async () => ({ status: "okay" }));
  // @ts-expect-error any text
  lambda(health, ({ params }) => ({ status: params.id }));
  // @ts-expect-error another tuple
  lambda(pair, () => ({ at: ["x", 1] }));
  // @ts-expect-error a tuple that is too long
  lambda(pair, async () => ({ at: [1, "x", 2] }));
  // @ts-expect-error the field of another kind
  lambda(shape, () => ({ kind: "circle", side: 1 }));
  // @ts-expect-error one of two that are returned
  lambda(shape, async ({ params }) => (params.id ? { kind: "circle", radius: 1 } : { kind: "line" }));
  // @ts-expect-error the body of a status
  lambda(shape, () => reply(201, { status: "ok" }));
  // @ts-expect-error now and then nothing
  lambda(shape, ({ params }) => (params.id ? reply(204) : undefined));
  // @ts-expect-error whatever it is
  lambda(health, (): unknown => ({ status: "ok" }));
  // @ts-expect-error a list of others
  lambda(list, () => ({ tags: [1] }));
  expect.assertions(0);
});
