import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import * as z from "zod/mini";
import { contract } from "../contract/contract.ts";
import { invoke } from "../testing/testing.ts";
import type { CallStart } from "./call.ts";
import { lambda } from "./lambda.ts";

const wait = contract({ method: "GET", path: "/x", summary: "Waits", reply: z.string() });
const event = { body: null };
/** 10 ms before the margin that is kept for the reply. */
const soon = { getRemainingTimeInMillis: () => 260 };
const spyOnErrors = () => vi.spyOn(console, "error").mockImplementation(() => {});
const never = () => new Promise<never>(() => {});

describe("the signal of a call", () => {
  test("aborts with a TimeoutError when the deadline is near, and the caller gets a 503", async () => {
    const log = spyOnErrors();
    let signal: AbortSignal | undefined;
    const handler = lambda(wait, async (call) => {
      signal = call.deadline.signal;
      expect(signal.aborted).toBe(false);
      return never();
    });
    expect((await invoke(handler, event, soon)).status).toBe(503);
    expect(signal?.aborted).toBe(true);
    expect(signal?.reason).toBeInstanceOf(DOMException);
    expect(signal?.reason).toMatchObject({
      name: "TimeoutError",
      message: "the function came too near its timeout",
    });
    expect(log).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        status: 503,
        problem: "out-of-time",
        error: expect.objectContaining({ name: "TimeoutError" }),
      }),
    );
  });

  test("ends a fetch, whose error is a 503 as well", async () => {
    const log = spyOnErrors();
    const server = createServer(() => {}).listen(0, "127.0.0.1");
    onTestFinished(() => {
      server.close().closeAllConnections();
    });
    await once(server, "listening");
    const closed = once(server, "connection").then(([socket]) => once(socket, "close"));
    const { port } = server.address() as AddressInfo;
    const handler = lambda(wait, async ({ deadline: { signal } }) =>
      (await fetch(`http://127.0.0.1:${port}/`, { signal })).text(),
    );
    const { status } = await invoke(handler, event, soon);
    await closed;
    expect(status).toBe(503);
    expect(log).toHaveBeenCalledOnce();
  });

  test.each<[what: string, signalOf: (call: Pick<CallStart, "deadline">) => AbortSignal]>([
    ["a copy of the call", (call) => ({ ...call, user: "7" }).deadline.signal],
    ["the rest of the call", ({ ...rest }) => rest.deadline.signal],
  ])("is the same in %s", async (_, signalOf) => {
    spyOnErrors();
    let signal: AbortSignal | undefined;
    const handler = lambda(wait, (call) => {
      signal = signalOf(call);
      expect(signal.aborted).toBe(false);
      expect(signal).toBe(call.deadline.signal);
      return never();
    });
    expect((await invoke(handler, event, soon)).status).toBe(503);
    expect(signal?.aborted).toBe(true);
  });

  test("has aborted where it is asked for too late", async () => {
    spyOnErrors();
    const { promise, resolve } = Promise.withResolvers<AbortSignal>();
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    const handler = lambda(wait, async (call) => {
      await over;
      resolve(call.deadline.signal);
      return "";
    });
    await invoke(handler, event, soon);
    end();
    expect((await promise).aborted).toBe(true);
  });

  test.each<
    [what: string, run: (call: Pick<CallStart, "deadline">) => string | Promise<string>, status: number]
  >([
    ["at once", () => "", 200],
    ["in time", () => Promise.resolve(""), 200],
    ["with an error", () => Promise.reject(new Error("no")), 500],
  ])("does not abort after a function that ended %s, and holds no timer", async (_, run, status) => {
    spyOnErrors();
    vi.useFakeTimers();
    try {
      let signal: AbortSignal | undefined;
      const handler = lambda(wait, (call) => {
        signal = call.deadline.signal;
        return run(call);
      });
      expect((await invoke(handler, event, soon)).status).toBe(status);
      expect(vi.getTimerCount()).toBe(0);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(signal?.aborted).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  test("is not made unless it is asked for", async () => {
    const made = vi.spyOn(globalThis, "AbortController");
    const handler = lambda(wait, async ({ request, context, params }) =>
      [request.method, context.functionName, Object.keys(params)].join(),
    );
    expect((await invoke(handler, event)).status).toBe(200);
    expect(made).not.toHaveBeenCalled();
    await invoke(
      lambda(wait, async ({ deadline: { signal } }) => `${signal.aborted}`),
      event,
    );
    expect(made).toHaveBeenCalledOnce();
  });

  test("is each request's own", async () => {
    const signals = new Set<AbortSignal>();
    const handler = lambda(wait, ({ deadline: { signal } }) => `${signals.add(signal).size}`);
    await Promise.all([invoke(handler, event), invoke(handler, event)]);
    expect(signals.size).toBe(2);
  });
});

test("an error of the function's own that looks like it is a 500", async () => {
  const log = spyOnErrors();
  const handler = lambda(wait, () => Promise.reject(new DOMException("mine", "TimeoutError")));
  expect((await invoke(handler, event)).status).toBe(500);
  expect(log).toHaveBeenCalledOnce();
});
