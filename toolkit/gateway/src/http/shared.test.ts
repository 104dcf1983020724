import { createHmac, timingSafeEqual } from "node:crypto";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import * as z from "zod/mini";
import { type Contract, contract } from "../contract/contract.ts";
import { problem } from "../contract/problem.ts";
import { reply } from "../contract/reply.ts";
import { bytes } from "../contract/schema.ts";
import { recorded } from "../testing/recorded.ts";
import { context, invoke } from "../testing/testing.ts";
import { type CallWith, type Handler, lambda, type Returned } from "./lambda.ts";
import { bytesOf } from "./request.ts";
import { type Declares, lambdaWith } from "./shared.ts";

type User = { readonly id: string };

const base = { method: "POST", path: "/lucky_numbers", summary: "" } as const;
const problems = { "signed-out": { status: 401, title: "Nobody is signed in" } } as const;
const order = contract({
  ...base,
  body: z.object({ name: z.string() }),
  example: { name: "x" },
  reply: { 200: z.object({ id: z.string() }), 304: null },
  problems,
});
const other = contract({ ...base, reply: z.object({ id: z.string() }) });

const authed = lambdaWith({
  check: async ({ request, addToLog }) => {
    const id = request.headers?.["x-user"];
    if (id === undefined) return problem("signed-out", "Sign in first.");
    addToLog({ user: id });
    return { user: { id } as User };
  },
});
const event = (headers: Record<string, string> = {}, body = '{"name":"x"}') =>
  recorded("http", { headers: { "content-type": "application/json", ...headers }, body });
const logged = (level: "debug" | "info" | "error") => {
  const spy = vi.spyOn(console, level).mockImplementation(() => {});
  return () => {
    expect(spy).toHaveBeenCalledOnce();
    return JSON.parse(JSON.stringify(spy.mock.calls[0]?.[0]));
  };
};

describe("a check", () => {
  test("gives parts to the call, typed", async () => {
    const handler = authed(order, ({ user, body }) => {
      expectTypeOf(user).toEqualTypeOf<User>();
      expectTypeOf(body).toEqualTypeOf<{ name: string }>();
      return { id: `${user.id} ${body.name}` };
    });
    expect(await invoke(handler, event({ "x-user": "7" }))).toMatchObject({
      status: 200,
      body: { id: "7 x" },
    });
  });

  test("ends the request with a problem, before a part or the body is read", async () => {
    const run = vi.fn(() => ({ id: "" }));
    const wrong = event({}, "{");
    const parse = vi.spyOn(JSON, "parse");
    const validate = vi.spyOn(order.body["~standard"], "validate");
    const result = await authed(order, run)(wrong, context);
    expect(result).toMatchObject({ statusCode: 401 });
    expect(parse).not.toHaveBeenCalled();
    expect(validate).not.toHaveBeenCalled();
    expect(run).not.toHaveBeenCalled();
    parse.mockRestore();
    expect((await invoke(authed(order, run), event())).body).toMatchObject({
      type: "urn:problem:signed-out",
      detail: "Sign in first.",
    });
  });

  test("comes before a part is read, and after the route and OPTIONS", async () => {
    const check = vi.fn(() => problem("signed-out", ""));
    const query = z.object({ page: z.string() });
    const handler = lambdaWith({ check })({ ...order, query }, () => ({ id: "" }));
    expect((await invoke(handler, event())).status).toBe(401);
    expect(check).toHaveBeenCalledOnce();
    const context = (method: string) => ({ requestContext: { http: { method }, stage: "$default" } });
    expect((await invoke(handler, { ...event(), ...context("OPTIONS") })).status).toBe(204);
    expect((await invoke(handler, { ...event(), ...context("PUT") })).status).toBe(405);
    expect((await invoke(handler, { ...event(), routeKey: "$default", rawPath: "/nowhere" })).status).toBe(
      404,
    );
    expect(check).toHaveBeenCalledOnce();
  });

  test("ends it with a reply of the contract, held to it as the function's are", async () => {
    const same = lambdaWith({
      check: ({ request }) => (request.headers?.["if-none-match"] ? reply(304) : {}),
    });
    const handler = same(order, () => ({ id: "" }));
    const unchanged = await invoke(handler, event({ "if-none-match": "x" }));
    expect(unchanged).toMatchObject({ status: 304, body: "" });
    expect(unchanged.headers["content-type"]).toBeUndefined();
    expect((await invoke(handler, event())).status).toBe(200);

    const cached = lambdaWith({ check: () => reply(200, { id: "7", secret: "x" }) });
    expect(
      (
        await invoke(
          cached(other, () => ({ id: "" })),
          event(),
        )
      ).body,
    ).toEqual({ id: "7" });
    const log = logged("error");
    const wrong = lambdaWith({ check: () => reply(200, { id: 7 } as unknown as { id: string }) });
    expect(
      (
        await invoke(
          wrong(other, () => ({ id: "" })),
          event(),
        )
      ).status,
    ).toBe(500);
    expect(log().error).toMatchObject({
      name: "BrokenContractError",
      message: "POST /lucky_numbers, 200: #/id",
    });
  });

  test("may end it with a problem that has members, held to the contract too", async () => {
    const poor = contract({
      ...base,
      reply: { 204: null },
      problems: { poor: { status: 403, title: "", members: z.object({ balance: z.number() }) } },
    });
    const check = () => problem("poor", "", { members: { balance: 3, secret: 1 } });
    const { status, body } = await invoke(
      lambdaWith({ check })(poor, () => reply(204)),
      event(),
    );
    expect(status).toBe(403);
    expect(body).toMatchObject({ balance: 3 });
    expect(body).not.toHaveProperty("secret");
  });

  test("may say that the caller is unknown, where the contract asks who calls", async () => {
    const bearer = contract({ ...other, headers: z.object({ authorization: z.string() }) });
    const known = lambdaWith({
      check: ({ request }) =>
        request.headers?.authorization === "Bearer 7"
          ? { user: "7" }
          : problem("unauthenticated", "Send a token.", { headers: { "www-authenticate": "Bearer" } }),
    });
    const handler = known(bearer, ({ user }) => ({ id: user }));
    expect((await invoke(handler, event({ authorization: "Bearer 7" }))).body).toEqual({ id: "7" });
    for (const headers of [{}, { authorization: "Bearer 8" }])
      expect(await invoke(handler, event(headers))).toMatchObject({
        status: 401,
        headers: { "www-authenticate": "Bearer" },
        body: { type: "urn:problem:unauthenticated", detail: "Send a token." },
      });
    // @ts-expect-error this one does not ask
    known(other, ({ user }) => ({ id: user }));
  });

  test.each<[what: string, check: () => never]>([
    [
      "throws",
      () => {
        throw new Error("no");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no")) as never],
  ])("that %s is a 500 that tells nothing, in the log", async (_, check) => {
    const log = logged("error");
    const run = vi.fn(() => ({ id: "" }));
    const { status, body } = await invoke(lambdaWith({ check })(other, run), event());
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('"no"');
    expect(log().error).toMatchObject({ name: "Error", message: "no" });
    expect(run).not.toHaveBeenCalled();
  });

  test("that takes too long is a 503, and its signal aborts", async () => {
    const log = logged("error");
    let signal: AbortSignal | undefined;
    const slow = lambdaWith({
      check: (call) => {
        signal = call.deadline.signal;
        return new Promise<undefined>(() => {});
      },
    });
    const handler = slow(other, () => ({ id: "" }));
    const { status } = await invoke(handler, event(), { getRemainingTimeInMillis: () => 260 });
    expect(status).toBe(503);
    expect(signal?.reason).toMatchObject({ name: "TimeoutError" });
    expect(log()).toMatchObject({ problem: "out-of-time", error: { name: "TimeoutError" } });
  });

  test("cannot take the place of what a call has, whatever its type says", async () => {
    for (const name of ["body", "params", "request", "deadline", "addToLog"]) {
      const log = logged("error");
      const session: { user: string } = { user: "7", [name]: "mine" };
      const handler = lambdaWith({ check: () => session })(order, () => ({ id: "" }));
      expect((await invoke(handler, event())).status).toBe(500);
      expect(log().error.message).toBe(`a call has ${name} already: give the part of the check another name`);
      vi.mocked(console.error).mockRestore();
    }
  });

  test("may give nothing, or parts now and then", async () => {
    const handler = lambdaWith({ check: () => {} }).with({
      check: ({ request }) => (request.headers?.["x-user"] ? { user: "7" } : undefined),
    })(other, ({ user }) => {
      expectTypeOf(user).toEqualTypeOf<string | undefined>();
      return { id: user ?? "nobody" };
    });
    expect((await invoke(handler, event())).body).toEqual({ id: "nobody" });
    expect((await invoke(handler, event({ "x-user": "7" }))).body).toEqual({ id: "7" });
  });
});

describe("pieces", () => {
  test("come one after another, and later ones see the parts of earlier ones", async () => {
    const order: string[] = [];
    const both = authed
      .with({
        check: ({ user, request }) => {
          expectTypeOf(user).toEqualTypeOf<User>();
          order.push("second");
          return { tenant: `${user.id}@${request.method}` };
        },
      })
      .with({
        check: ({ tenant }) => {
          order.push("third");
          return tenant === "8@POST" ? problem("locked", "Wait.") : { both: tenant };
        },
      });
    const locked = contract({
      ...other,
      problems: { ...problems, locked: { status: 423, title: "It is locked" } },
    });
    const handler = both(locked, ({ user, tenant, both }) => ({ id: `${user.id} ${tenant} ${both}` }));
    expect((await invoke(handler, event({ "x-user": "7" }))).body).toEqual({ id: "7 7@POST 7@POST" });
    expect(order).toEqual(["second", "third"]);
    expect((await invoke(handler, event({ "x-user": "8" }))).status).toBe(423);
    expect((await invoke(handler, event())).status).toBe(401);
    expect(order).toHaveLength(4);
    // @ts-expect-error the contract has no problem "locked"
    both({ ...other, problems }, () => ({ id: "" }));
  });

  test("do not change what they are added to", async () => {
    const plain = lambdaWith({ headers: { "x-a": "1" } });
    plain.with({ headers: { "x-b": "2" }, check: () => problem("signed-out", "") });
    const { status, headers } = await invoke(
      plain(order, () => ({ id: "" })),
      event(),
    );
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty("x-b");
  });

  test("may be none", async () => {
    expect(
      (
        await invoke(
          lambdaWith()(other, () => ({ id: "7" })),
          event(),
        )
      ).body,
    ).toEqual({ id: "7" });
  });

  test("hold functions to their contracts, async or not", () => {
    authed(order, async () => ({ id: "" }));
    authed(order, () => reply(304));
    authed(order, async ({ user }) => (user.id ? problem("signed-out", "") : { id: "" }));
    // @ts-expect-error id is a string
    authed(order, () => ({ id: 7 }));
    // @ts-expect-error late too
    authed(order, async () => ({ id: 7 }));
    // @ts-expect-error there is no such problem
    authed(order, () => problem("lost", ""));
    // @ts-expect-error there is no such part
    authed(order, ({ session }) => ({ id: session }));
    // @ts-expect-error the contract lacks the problem of the check
    authed(other, () => ({ id: "" }));
    const withMembers = { "signed-out": { ...problems["signed-out"], members: z.object({}) } };
    // @ts-expect-error this one has members there
    authed({ ...other, problems: withMembers }, () => ({ id: "" }));
    // @ts-expect-error the contract has no 304
    lambdaWith({ check: () => reply(304) })(other, () => ({ id: "" }));
    // @ts-expect-error a 200 has another body
    lambdaWith({ check: () => reply(200, { id: 7 }) })(other, () => ({ id: "" }));
    // @ts-expect-error a call has a body by itself
    lambdaWith({ check: () => ({ body: "" }) });
    // @ts-expect-error late too, and beside another
    lambdaWith({ check: async () => ({ user: "", deadline: "" }) });
    // @ts-expect-error an earlier check gives it
    authed.with({ check: () => ({ user: "" }) });
    // @ts-expect-error no object
    lambdaWith({ check: () => "7" });
    // @ts-expect-error a header is text
    lambdaWith({ headers: { "x-a": 1 } });
    expect.assertions(0);
  });
});

describe("a function around them needs no cast", () => {
  type WithUser = { readonly user: User };

  function counted<const C extends Contract & Declares<"signed-out">, const R extends Returned<C>>(
    contract: C,
    run: (call: CallWith<C, WithUser>) => R | Promise<R>,
  ): Handler {
    return authed(contract, (call) => run(call));
  }
  const timed = lambdaWith({ check: () => ({ startedAt: 7 }) });
  function numbered<const C extends Contract, const R extends Returned<C>>(
    contract: C,
    run: (call: CallWith<C, { readonly startedAt: number; readonly n: number }>) => R | Promise<R>,
  ): Handler {
    return timed(contract, async (call) => run({ ...call, n: call.startedAt + 1 }));
  }

  test("for any contract, or for any that has the problem of the check", async () => {
    const handler = counted(order, async ({ user }) => ({ id: user.id }));
    expect((await invoke(handler, event({ "x-user": "7" }))).body).toEqual({ id: "7" });
    expect((await invoke(handler, event())).status).toBe(401);
    expect(
      (
        await invoke(
          numbered(other, ({ n }) => ({ id: `${n}` })),
          event(),
        )
      ).body,
    ).toEqual({ id: "8" });
    // @ts-expect-error the contract lacks the problem of the check
    counted(other, () => ({ id: "" }));
    // @ts-expect-error id is a string
    counted(order, () => ({ id: 7 }));
    // @ts-expect-error id is a string
    numbered(other, ({ n }) => ({ id: n }));
  });
});

describe("shared headers", () => {
  const cors = lambdaWith({
    headers: ({ headers }, { method }) => ({
      "Access-Control-Allow-Origin": headers?.origin ?? "*",
      "access-control-allow-methods": method,
      vary: "origin",
    }),
  });
  const expected = { "access-control-allow-origin": "*", "access-control-allow-methods": "POST" };
  const failing = (thrown: unknown) => () => {
    throw thrown;
  };

  test.each(["http", "function-url", "rest", "alb", "alb-multi-value", "bare"])(
    "are on every reply, as %s",
    async (name) => {
      const handler = cors(order, ({ body }) => ({ id: body.name }));
      const none = { ...recorded(name), body: "" };
      expect(await invoke(handler, none)).toMatchObject({ status: 400, headers: expected });
      const log = logged("error");
      const broken = cors(other, failing(new Error("no")));
      expect(await invoke(broken, none)).toMatchObject({ status: 500, headers: expected });
      log();
    },
  );

  test("are on OPTIONS, and on what the gateway refuses by the route", async () => {
    const handler = cors(order, () => ({ id: "" }));
    const get = (event: Record<string, unknown>, httpMethod: string) =>
      invoke(handler, { ...event, httpMethod });
    expect(await get(recorded("alb"), "OPTIONS")).toMatchObject({
      status: 204,
      headers: { ...expected, allow: "POST, OPTIONS" },
    });
    expect(await get(recorded("rest"), "GET")).toMatchObject({ status: 405, headers: expected });
    expect(await get(recorded("alb", { path: "/nowhere" }), "POST")).toMatchObject({
      status: 404,
      headers: expected,
    });
  });

  test("are on what is too large, comes too late, or is refused by a check", async () => {
    const log = logged("error");
    const large = cors(other, () => ({ id: "x".repeat(2_000_000) }));
    expect(await invoke(large, recorded("alb"))).toMatchObject({ status: 500, headers: expected });
    log();
    vi.mocked(console.error).mockClear();
    const late = cors(other, () => new Promise<{ id: string }>(() => {}));
    const soon = { getRemainingTimeInMillis: () => 260 };
    expect(await invoke(late, recorded("alb"), soon)).toMatchObject({ status: 503, headers: expected });
    log();
    const refused = cors.with({ check: () => problem("signed-out", "") })(order, () => ({ id: "" }));
    expect(await invoke(refused, recorded("alb"))).toMatchObject({ status: 401, headers: expected });
  });

  test("leave what the function, the gateway or an earlier piece has set; vary has all", async () => {
    const handler = cors.with({
      headers: { Vary: "x-b", "content-type": "text/x", "x-own": "b", "access-control-allow-methods": "PUT" },
    })(order, () =>
      reply(
        200,
        { id: "" },
        { headers: { "Access-Control-Allow-Origin": "https://a.example", VARY: "accept", "x-own": "a" } },
      ),
    );
    const { headers } = await invoke(handler, event({ origin: "https://b.example" }));
    expect(headers).toEqual({
      "access-control-allow-origin": "https://a.example",
      "access-control-allow-methods": "POST",
      "content-type": "application/json",
      vary: "accept, origin, x-b",
      "x-own": "a",
    });
  });

  test("may be cookies, beside the function's", async () => {
    const handler = lambdaWith({ headers: { "Set-Cookie": "a=1" } })(other, () =>
      reply(200, { id: "" }, { cookies: ["b=2"] }),
    );
    const { result } = await invoke(handler, event());
    expect(result.cookies).toEqual(["a=1", "b=2"]);
    expect(result.headers).toEqual({ "content-type": "application/json" });
  });

  test.each<[what: string, headers: () => Record<string, string>, message: string]>([
    ["throw", failing(new Error("no")) as () => never, "no"],
    ["have a name that is malformed", () => ({ "x y": "1" }), "the header x y is malformed"],
    ["have a value that is malformed", () => ({ "x-y": "a\r\nb: c" }), "the header x-y is malformed"],
    [
      "have a cookie that is malformed",
      () => ({ "set-cookie": "a\n" }),
      "the header set-cookie is malformed",
    ],
  ])("that %s are a 500, once, in the log, with the headers of other pieces", async (_, headers, message) => {
    const log = logged("error");
    const given = vi.fn(headers);
    const run = vi.fn(() => ({ id: "" }));
    const { status, ...reply } = await invoke(cors.with({ headers: given })(other, run), event());
    expect(status).toBe(500);
    expect(reply.headers).toMatchObject(expected);
    expect(log().error.message).toBe(message);
    expect(given).toHaveBeenCalledOnce();
    expect(run).not.toHaveBeenCalled();
  });

  test("may be none, for some requests", async () => {
    const handler = lambdaWith({ headers: () => undefined })(other, () => ({ id: "" }));
    expect((await invoke(handler, event())).headers).toEqual({ "content-type": "application/json" });
  });
});

describe("fields for the log", () => {
  test("are on the request's one line, from checks and functions, whatever comes of it", async () => {
    const ends: [
      level: "debug" | "info" | "error",
      headers: Record<string, string>,
      run: () => Returned<typeof order>,
    ][] = [
      ["debug", {}, () => ({ id: "" })],
      ["info", {}, () => problem("signed-out", "")],
      [
        "error",
        {},
        () => {
          throw new Error("no");
        },
      ],
    ];
    for (const [level, , end] of ends) {
      const log = logged(level);
      const handler = authed(order, ({ addToLog, body }) => {
        addToLog({ name: body.name, at: 1 });
        addToLog({ at: 2 });
        return end();
      });
      await invoke(handler, event({ "x-user": "7" }));
      expect(log()).toMatchObject({ message: "request", user: "7", name: "x", at: 2 });
      vi.restoreAllMocks();
    }
  });

  test("are those of their own request", async () => {
    const log = vi.spyOn(console, "debug").mockImplementation(() => {});
    const handler = authed(order, () => ({ id: "" }));
    await Promise.all(["1", "2", "3"].map((id) => invoke(handler, event({ "x-user": id }))));
    expect(log.mock.calls.map(([line]) => line.user).sort()).toEqual(["1", "2", "3"]);
  });

  test("never take the place of what the line has, nor change its level", async () => {
    const log = logged("debug");
    const mine = { message: "x", status: 7, problem: "x", error: "x", requestId: "x", own: 1 };
    const handler = lambdaWith()(other, ({ addToLog }) => {
      // @ts-expect-error the line has those by itself
      addToLog(mine);
      return { id: "" };
    });
    await invoke(handler, event());
    expect(log()).toEqual({
      message: "request",
      requestId: context.awsRequestId,
      method: "POST",
      route: "POST /lucky_numbers",
      status: 200,
      durationMs: expect.any(Number),
      own: 1,
    });
  });

  test("do not break the line where JSON lacks their values, or changes with them", async () => {
    const log = logged("debug");
    const cycle: Record<string, unknown> = { name: "cycle" };
    cycle.self = cycle;
    const later: { list: unknown[] } = { list: [1] };
    const values = {
      bigint: 10n,
      cycle,
      throwing: {
        get x() {
          throw new Error("no");
        },
      },
      symbol: Symbol("s"),
      function: () => 1,
      toJSON: () => "instead",
      missing: undefined,
      infinite: Number.POSITIVE_INFINITY,
      date: new Date(0),
      reason: new TypeError("why", { cause: "x" }),
      later,
    };
    const handler = lambdaWith()(other, ({ addToLog }) => {
      addToLog(values);
      later.list.push(later);
      return { id: "" };
    });
    expect((await invoke(handler, event())).status).toBe(200);
    const line = log();
    expect(line).toMatchObject({
      message: "request",
      status: 200,
      bigint: "10",
      cycle: "fields: name,self",
      throwing: "fields: x",
      symbol: null,
      function: null,
      toJSON: null,
      infinite: null,
      date: "1970-01-01T00:00:00.000Z",
      reason: { name: "TypeError", message: "why" },
      later: { list: [1] },
    });
    expect(line).not.toHaveProperty("missing");
  });
});

describe("the raw bytes", () => {
  const secret = "s3cret";
  const sign = (body: Uint8Array) => createHmac("sha256", secret).update(body).digest("hex");
  const signed = lambdaWith({
    check: ({ request }) => {
      const given = Buffer.from(request.headers?.["x-signature"] ?? "", "hex");
      const due = createHmac("sha256", secret).update(bytesOf(request)).digest();
      const isRight = given.length === due.length && timingSafeEqual(given, due);
      return isRight ? undefined : problem("wrong-signature", "Sign the body.");
    },
  });
  const webhook = contract({
    ...base,
    body: bytes("application/octet-stream"),
    example: new Uint8Array(),
    reply: { 204: null },
    problems: { "wrong-signature": { status: 403, title: "The signature is wrong" } },
  });
  const handler = signed(webhook, () => reply(204));
  const bodies: [what: string, body: string, isBase64Encoded: boolean, raw: Buffer][] = [
    ["text", '{ "a" : "ü€😀" }\r\n', false, Buffer.from('{ "a" : "ü€😀" }\r\n')],
    ["base64", Buffer.from([0, 255, 128, 10]).toString("base64"), true, Buffer.from([0, 255, 128, 10])],
    ["nothing", "", false, Buffer.alloc(0)],
    ["nothing in base64", "", true, Buffer.alloc(0)],
  ];
  const cases = ["http", "function-url", "rest", "alb", "alb-multi-value", "bare"].flatMap((dialect) =>
    bodies.map(([what, ...body]) => [dialect, what, ...body] as const),
  );

  test.each(cases)("of %s are what was signed: %s", async (dialect, _, body, isBase64Encoded, raw) => {
    const send = (signature: string) => {
      const headers = { "content-type": "application/octet-stream", "x-signature": signature };
      const lists = Object.entries(headers).map(([name, value]) => [name, [value]]);
      const both = { headers, multiValueHeaders: Object.fromEntries(lists) };
      const given = dialect === "bare" ? { headers } : both;
      return invoke(handler, recorded(dialect, { ...given, body, isBase64Encoded }));
    };
    expect((await send(sign(raw))).status).toBe(204);
    expect((await send(sign(Buffer.concat([raw, Buffer.from(" ")])))).status).toBe(403);
    expect((await send("")).status).toBe(403);
  });

  test("are none where there is no body at all", () => {
    expect(
      bytesOf({ body: undefined, isBase64Encoded: false } as Parameters<typeof bytesOf>[0]),
    ).toHaveLength(0);
  });
});

test("a plain lambda has none of it", async () => {
  const handler = lambda(other, (call) => {
    expect(Object.keys(call).sort()).toEqual(["context", "deadline", "params", "request"]);
    // @ts-expect-error for that there is lambdaWith
    call.addToLog;
    return { id: "" };
  });
  expect((await invoke(handler, event())).status).toBe(200);
});
