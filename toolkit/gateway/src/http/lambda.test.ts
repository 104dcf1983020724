import { describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { contract } from "../contract/contract.ts";
import { problem } from "../contract/problem.ts";
import { recorded } from "../testing/recorded.ts";
import { context, invoke } from "../testing/testing.ts";
import { lambda } from "./lambda.ts";

const greet = contract({
  method: "POST",
  path: "/lucky_numbers",
  summary: "Greets",
  body: z.object({ name: z.string(), count: z.number() }),
  example: { name: "SilentByte", count: 1 },
  reply: z.object({ message: z.string() }),
  problems: { "too-early": { status: 425, title: "It is too early" } },
});
const handler = lambda(greet, ({ body }) => ({ message: `Hi, ${body.name}` }));
const failing = (error: unknown) =>
  lambda(greet, () => {
    throw error;
  });
const spyOnErrors = () => vi.spyOn(console, "error").mockImplementation(() => {});

describe("a handler answers in the dialect that asked", () => {
  const answer = { isBase64Encoded: false, statusCode: 200, body: '{"message":"Hi, SilentByte"}' };
  const headers = { "content-type": "application/json" };

  test.each([
    ["an HTTP API (payload 2.0)", "http"],
    ["a function URL", "function-url"],
    ["a REST API (payload 1.0)", "rest"],
    ["a load balancer", "alb"],
    ["the article's bare event", "bare"],
  ])("%s", async (_, name) => {
    expect(await handler(recorded(name), context)).toEqual({ ...answer, headers });
  });

  test("a load balancer with multi-value headers", async () => {
    const multiValueHeaders = { "content-type": ["application/json"] };
    expect(await handler(recorded("alb-multi-value"), context)).toEqual({ ...answer, multiValueHeaders });
  });

  test.each(["http", "rest", "alb", "alb-multi-value"])("%s in base64 too", async (name) => {
    const { body } = recorded(name);
    const encoded = { body: Buffer.from(String(body)).toString("base64"), isBase64Encoded: true };
    expect(await handler(recorded(name, encoded), context)).toMatchObject(answer);
  });

  test("also when it refuses", async () => {
    const { result } = await invoke(handler, recorded("alb-multi-value", { body: "" }));
    expect(result).toMatchObject({
      statusCode: 400,
      multiValueHeaders: { "content-type": ["application/problem+json"] },
    });
  });

  test("several requests at once, each with its own reply", async () => {
    const names = Array.from({ length: 50 }, (_, index) => `caller ${index}`);
    const replies = await Promise.all(
      names.map((name) => invoke(handler, { body: JSON.stringify({ name, count: 1 }) })),
    );
    expect(replies.map(({ body }) => body.message)).toEqual(names.map((name) => `Hi, ${name}`));
  });
});

describe("whatever the function throws", () => {
  const unprintable = {
    toString() {
      throw new Error("no");
    },
  };
  const hostile = Object.defineProperty(new Error("x"), "stack", {
    get() {
      throw new Error("no");
    },
  });
  const thrown = [
    new TypeError("password is hunter2"),
    "a string",
    undefined,
    null,
    Symbol("s"),
    10n,
    Object.create(null),
    unprintable,
    hostile,
    new Proxy(
      {},
      {
        get: () => {
          throw new Error("no");
        },
      },
    ),
  ];

  test.each(thrown.map((error) => [error]))(
    "becomes a 500 that tells nothing, and one line in the log",
    async (error) => {
      const log = spyOnErrors();
      const reply = await invoke(failing(error), recorded("http"));
      expect(reply.status).toBe(500);
      expect(reply.body).toEqual({
        type: "urn:problem:internal-error",
        title: "Something went wrong",
        status: 500,
        detail: "Try again later. If it happens again, report the instance.",
        instance: context.awsRequestId,
      });
      expect(log).toHaveBeenCalledOnce();
      expect(JSON.parse(JSON.stringify(log.mock.calls[0]?.[0]))).toMatchObject({
        status: 500,
        error: expect.anything(),
      });
    },
  );

  test("is logged with its request id, name, message and stack, and those of its causes", async () => {
    const log = spyOnErrors();
    const cause = new RangeError("the deepest");
    await invoke(failing(new TypeError("on top", { cause })), recorded("http"));
    expect(log).toHaveBeenCalledExactlyOnceWith({
      message: "request",
      requestId: context.awsRequestId,
      method: "POST",
      route: "POST /lucky_numbers",
      status: 500,
      durationMs: expect.any(Number),
      problem: "internal-error",
      error: {
        name: "TypeError",
        message: "on top",
        stack: expect.stringContaining("lambda.test.ts"),
        cause: {
          name: "RangeError",
          message: "the deepest",
          stack: expect.stringContaining("lambda.test.ts"),
        },
      },
    });
  });

  test("is logged without the error's own fields, which may hold secrets", async () => {
    const log = spyOnErrors();
    await invoke(failing(Object.assign(new Error("no"), { config: { token: "hunter2" } })), recorded("http"));
    expect(JSON.stringify(log.mock.calls)).not.toContain("hunter2");
  });

  test("may be its own cause", async () => {
    spyOnErrors();
    const error = new Error("again");
    error.cause = error;
    expect((await invoke(failing(error), recorded("http"))).status).toBe(500);
  });

  test("may come as a rejected promise, or late", async () => {
    const log = spyOnErrors();
    const rejecting = lambda(greet, () => Promise.reject(new Error("no")));
    const late = lambda(greet, async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      throw new Error("no");
    });
    expect((await invoke(rejecting, recorded("http"))).status).toBe(500);
    expect((await invoke(late, recorded("http"))).status).toBe(500);
    expect(log).toHaveBeenCalledTimes(2);
  });

  test("in a schema becomes a 500 too", async () => {
    spyOnErrors();
    const broken = {
      "~standard": {
        version: 1 as const,
        vendor: "test",
        validate: () => {
          throw new Error("no");
        },
      },
    };
    const refusing = lambda({ ...greet, body: broken }, () => ({ message: "" }));
    expect((await invoke(refusing, recorded("http"))).status).toBe(500);
  });
});

describe("the log has one line for a request", () => {
  test("at DEBUG where all went well, that names route, status and duration, and nothing of the body", async () => {
    const log = vi.spyOn(console, "debug").mockImplementation(() => {});
    await invoke(handler, recorded("http"));
    expect(log).toHaveBeenCalledExactlyOnceWith({
      message: "request",
      requestId: context.awsRequestId,
      method: "POST",
      route: "POST /lucky_numbers",
      status: 200,
      durationMs: expect.any(Number),
    });
    expect(JSON.stringify(log.mock.calls)).not.toContain("SilentByte");
  });

  test("at INFO where the caller did wrong, that names the problem", async () => {
    const log = vi.spyOn(console, "info").mockImplementation(() => {});
    await invoke(handler, recorded("http", { body: "{}" }));
    expect(log).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ status: 422, problem: "invalid-request" }),
    );
  });

  test("that has the route, not the caller's path", async () => {
    const log = vi.spyOn(console, "debug").mockImplementation(() => {});
    const look = contract({ method: "GET", path: "/draws/{id}", summary: "", reply: z.string() });
    await invoke(
      lambda(look, ({ params }) => params.id),
      recorded("rest-path-parameter"),
    );
    expect(log.mock.calls[0]?.[0]).toMatchObject({ route: "GET /draws/{id}" });
  });
});

describe("a problem that the contract declares", () => {
  test("is answered as the gateway's own are", async () => {
    const early = lambda(greet, () =>
      problem("too-early", "Come back at noon.", { headers: { "retry-after": "60" } }),
    );
    const reply = await invoke(early, recorded("http"));
    expect(reply).toMatchObject({ status: 425, headers: { "retry-after": "60" } });
    expect(reply.body).toEqual({
      type: "urn:problem:too-early",
      title: "It is too early",
      status: 425,
      detail: "Come back at noon.",
      instance: context.awsRequestId,
    });
  });

  test("cannot take the place of the gateway's own", async () => {
    spyOnErrors();
    const odd = { ...greet, problems: { "internal-error": { status: 999, title: "Odd" } } };
    const throwing = lambda(odd, () => {
      throw new Error("no");
    });
    expect(await invoke(throwing, recorded("http"))).toMatchObject({ status: 500 });
  });

  test("is a 500 if it is not declared after all", async () => {
    const log = spyOnErrors();
    const sneaky = lambda(greet, () => problem("unheard-of" as "too-early", ""));
    expect((await invoke(sneaky, recorded("http"))).status).toBe(500);
    expect(log.mock.calls[0]?.[0].error.message).toBe('the contract declares no problem "unheard-of"');
  });
});

describe("a function that comes too near its timeout", () => {
  const slow = (ms: number) =>
    lambda(greet, async () => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return { message: "" };
    });
  const remaining = (ms: number) => ({ getRemainingTimeInMillis: () => ms });

  test("is answered for with 503 and logged", async () => {
    const log = spyOnErrors();
    const reply = await invoke(slow(200), recorded("http"), remaining(260));
    expect(reply).toMatchObject({ status: 503, body: { type: "urn:problem:out-of-time" } });
    expect(log).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ status: 503, problem: "out-of-time" }),
    );
  });

  test("is waited for while there is time", async () => {
    expect((await invoke(slow(20), recorded("http"), remaining(20_000))).status).toBe(200);
  });

  test("is waited for without end where there is no end", async () => {
    expect((await invoke(slow(5), recorded("http"), remaining(Number.POSITIVE_INFINITY))).status).toBe(200);
  });

  test("may return any thenable", async () => {
    const log = spyOnErrors();
    // biome-ignore lint/suspicious/noThenProperty: some libraries return such objects
    const thenable = { message: "", then: () => {} } as unknown as Promise<{ message: string }>;
    const never = lambda(greet, () => thenable);
    expect((await invoke(never, recorded("http"), remaining(260))).status).toBe(503);
    expect(log).toHaveBeenCalledOnce();
  });

  test("leaves no timer behind", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    await invoke(slow(1), recorded("http"), remaining(60_000));
    expect(timers()).toBeLessThanOrEqual(before);
  });

  test("costs a function that answers at once no timer", async () => {
    const setTimer = vi.spyOn(globalThis, "setTimeout");
    await invoke(handler, recorded("http"));
    expect(setTimer).not.toHaveBeenCalled();
  });
});
