import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import * as z from "zod/mini";
import { contract } from "../contract/contract.ts";
import { bytes } from "../contract/schema.ts";
import { serve, serveRaw } from "../testing/serve.ts";
import { createClient } from "./client.ts";
import { pauseAfter } from "./client-retry.ts";

const base = { path: "/x", summary: "", reply: z.string() } as const;
const api = {
  read: contract({ ...base, method: "GET" }),
  write: contract({ ...base, method: "POST" }),
  put: contract({
    ...base,
    method: "PUT",
    idempotent: true,
    body: bytes("image/png"),
    example: new Uint8Array(),
  }),
};
const done = (response: ServerResponse) =>
  response.writeHead(200, { "content-type": "application/json" }).end('"done"');
const refuse = (response: ServerResponse, retryAfter: string, status = 503) =>
  response.writeHead(status, { "content-type": "application/json", "retry-after": retryAfter }).end("{}");

describe("the pause before another try", () => {
  const of = (retryAfter: string, date?: string) =>
    pauseAfter(0, new Headers({ "retry-after": retryAfter, ...(date && { date }) }));
  const NOW = "Sun, 06 Nov 1994 08:49:30 GMT";

  test.each([
    ["0", 0],
    ["7", 7000],
    ["3600", 3_600_000],
    ["99999999999999999999", 1e23],
    ["Sun, 06 Nov 1994 08:49:37 GMT", 7000],
    ["Sunday, 06-Nov-94 08:49:37 GMT", 7000],
    ["Sun Nov  6 08:49:37 1994", 7000],
    ["Sun, 06 Nov 1994 08:49:29 GMT", 0],
  ])("is what the server wishes: %s", (wish, milliseconds) => {
    expect(of(wish, NOW)).toBe(milliseconds);
  });

  test.each([
    "",
    "soon",
    "-1",
    "-5",
    "1.5",
    "1e3",
    "0x10",
    "Infinity",
    "2026-01-31",
    "Sun, 99 Foo 1994 GMT",
    "1, 2",
  ])("is random where the wish is none: %j", (wish) => {
    const random = vi.spyOn(Math, "random").mockReturnValue(0.5);
    expect(of(wish, NOW)).toBe(50);
    random.mockRestore();
  });

  test("is in GMT wherever this is", () => {
    vi.stubEnv("TZ", "Asia/Tokyo");
    expect(new Date(NOW).getHours()).toBe(17);
    expect(of("Sun Nov  6 08:49:37 1994", NOW)).toBe(7000);
    vi.unstubAllEnvs();
  });

  test("goes by this clock where the server has none", () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date(NOW) });
    expect(of("Sun, 06 Nov 1994 08:49:37 GMT")).toBe(7000);
    vi.useRealTimers();
  });

  test("grows up to a bound", () => {
    const random = vi.spyOn(Math, "random").mockReturnValue(1);
    expect([0, 1, 5, 6, 99].map((attempt) => pauseAfter(attempt))).toEqual([100, 200, 3200, 5000, 5000]);
    random.mockRestore();
  });
});

test("a 409 is tried again where it says when, as that of a first try that still runs does, and not else", async () => {
  const running = await serve((response, count) =>
    count === 1 ? refuse(response, "0", 409) : done(response),
  );
  expect(await createClient(api, running.url).read()).toMatchObject({ ok: true, body: "done" });
  const conflict = await serve((response) =>
    response.writeHead(409, { "content-type": "application/json" }).end("{}"),
  );
  expect(await createClient(api, conflict.url).read()).toMatchObject({ status: 409 });
  expect(conflict.seen).toHaveLength(1);
});

describe("a wish above the time left", () => {
  test.each(["11", "3600", "Fri, 31 Dec 9999 23:59:59 GMT", "99999999999999999999"])(
    "of %s gives the 429 at once",
    async (wish) => {
      const { url, seen } = await serve((response) => refuse(response, wish, 429));
      const reply = await createClient(api, url).read();
      expect(reply).toMatchObject({ ok: false, status: 429 });
      expect(reply.headers.get("retry-after")).toBe(wish);
      expect(seen).toHaveLength(1);
    },
  );

  test("gives it without a timeout too, where no timer is so long", async () => {
    const { url, seen } = await serve((response) => refuse(response, "2147484"));
    const client = createClient(api, url, { timeoutMs: Number.POSITIVE_INFINITY });
    expect(await client.read()).toMatchObject({ status: 503 });
    expect(seen).toHaveLength(1);
  });

  test("and one within it is waited for, however long", async () => {
    const { url } = await serve((response) => refuse(response, "6"));
    const timer = vi.spyOn(globalThis, "setTimeout");
    const controller = new AbortController();
    const calling = createClient(api, url).read({}, { signal: controller.signal });
    const waits = () => timer.mock.calls.map(([, wait]) => wait);
    await vi.waitFor(() => expect(waits()).toContain(6000));
    const { value: waiting } = timer.mock.results[waits().indexOf(6000)] ?? {};
    timer.mockRestore();
    const clear = vi.spyOn(globalThis, "clearTimeout");
    controller.abort(new Error("enough"));
    await expect(calling).rejects.toThrow("enough");
    expect(clear).toHaveBeenCalledWith(waiting); // or the process would wait for it
    clear.mockRestore();
  });
});

describe("a body that breaks off", () => {
  const cut = (response: ServerResponse) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "9" }).write('"do');
    setImmediate(() => response.destroy());
  };

  test("is asked for again where that may be", async () => {
    const { url, seen } = await serve((response, count) => (count === 1 ? cut(response) : done(response)));
    expect(await createClient(api, url).read()).toMatchObject({ ok: true, body: "done" });
    expect(seen).toHaveLength(2);
  });

  test("and is a TypeError where not, or too often", async () => {
    const { url, seen } = await serve(cut);
    await expect(createClient(api, url).write()).rejects.toThrow(TypeError);
    await expect(createClient(api, url, { retries: 1 }).read()).rejects.toThrow(TypeError);
    expect(seen).toHaveLength(3);
  });

  test("is one whatever a fetch of one's own rejects with", async () => {
    const body = new ReadableStream({ pull: (stream) => stream.error(new Error("gone")) });
    const headers = { "content-type": "application/json" };
    const client = createClient(api, "", { fetch: async () => new Response(body, { headers }) });
    await expect(client.write()).rejects.toMatchObject({ name: "TypeError", cause: { message: "gone" } });
  });
});

test("what no network says is not asked again", async () => {
  const send = vi.fn(async () => {
    throw new Error("no");
  });
  await expect(createClient(api, "", { fetch: send }).read()).rejects.toThrow("no");
  expect(send).toHaveBeenCalledOnce();
});

test("a reply that cannot be is not asked for again", async () => {
  const { url, seen } = await serve((response) => response.writeHead(200).end("<p>"));
  await expect(createClient(api, url).read()).rejects.toMatchObject({ name: "UnexpectedReplyError" });
  expect(seen).toHaveLength(1);
});

describe("a body that nobody reads", () => {
  /** Writes until its caller is gone, or has all. */
  const pour = (response: ServerResponse) => {
    const write = () => {
      while (!response.destroyed && response.write(" ".repeat(65_536)));
    };
    response.on("drain", write);
    write();
  };

  test.each<[string, number, number]>([
    ["before another try", 503, 1],
    ["of a proxy", 500, 0],
    ["that is too large", 200, 0],
  ])("%s is released", async (_, status, retries) => {
    const gone: Promise<unknown>[] = [];
    const { url } = await serve((response, count) => {
      if (count > 1) return done(response);
      gone.push(once(response, "close"));
      response.writeHead(status, { "content-type": status === 200 ? "application/json" : "text/html" });
      pour(response);
    });
    const kept: Response[] = []; // or the garbage collector might release them
    const client = createClient(api, url, {
      retries,
      maxReplyBytes: 1000,
      timeoutMs: Number.POSITIVE_INFINITY,
      fetch: async (...request) => {
        const response = await fetch(...request);
        kept.push(response);
        return response;
      },
    });
    await client.read().catch(() => {});
    expect(gone).toHaveLength(1);
    await gone[0]; // which a body that is kept would never let be
    expect(kept).toHaveLength(1 + retries);
  });
});

describe("a call ends in time,", () => {
  test("also where fetch does not listen", async () => {
    const client = createClient(api, "", { timeoutMs: 20, fetch: () => new Promise(() => {}) });
    await expect(client.read()).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("also where its headers never come", async () => {
    const client = createClient(api, "", {
      timeoutMs: 20,
      headers: () => new Promise<Record<string, string>>(() => {}),
    });
    await expect(client.read()).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("and at once where its signal has aborted before", async () => {
    const headers = vi.fn(() => ({}));
    const calling = createClient(api, "", { headers }).read({}, { signal: AbortSignal.abort("no") });
    await expect(calling).rejects.toBe("no");
    expect(headers).not.toHaveBeenCalled();
  });

  test("with the signal's reason while a body is read", async () => {
    const controller = new AbortController();
    const url = await serveRaw((socket) => {
      socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n");
      setImmediate(() => controller.abort(new RangeError("enough")));
    });
    const calling = createClient(api, url).read({}, { signal: controller.signal });
    await expect(calling).rejects.toThrow("enough");
  });
});

test("a stream is sent once, as it can be read once", async () => {
  const { url, seen } = await serve((response) => refuse(response, "0"));
  const stream = () => new Blob([Uint8Array.of(1, 2)]).stream();
  expect(await createClient(api, url).put({ body: stream() })).toMatchObject({ status: 503 });
  expect(seen.map(({ body }) => [...body])).toEqual([[1, 2]]);
  expectTypeOf(stream).returns.toExtend<
    Parameters<ReturnType<typeof createClient<typeof api>>["put"]>[0]["body"]
  >();
});
