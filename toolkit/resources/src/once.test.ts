import type { Dynamo } from "@lucky/emulators/dynamodb";
import { contract } from "@lucky/gateway/contract";
import { problem } from "@lucky/gateway/problem";
import { reply } from "@lucky/gateway/reply";
import { lambdaWith } from "@lucky/gateway/shared";
import { context, invoke } from "@lucky/gateway/testing";
import * as fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { clock } from "./aws/clock.ts";
import { idempotencyTable, onceProblems, table, write } from "./declare/declare.ts";
import { lambdaOnce, onceEach } from "./once.ts";
import { lambdaWith as connectedWith } from "./shared.ts";
import { startDroppingProxy } from "./testing/dropping-proxy.ts";
import { makeTable, startEngine } from "./testing/engine.ts";
import { transaction } from "./transaction.ts";

const Requests = idempotencyTable("requests");
const Payments = table("payments", { item: z.object({ id: z.string() }), key: { partition: "id" } });
const pay = contract({
  method: "POST",
  path: "/payments",
  summary: "Pays",
  body: z.object({ to: z.string() }),
  example: { to: "anna" },
  idempotent: "idempotency-key",
  headers: z.object({ "idempotency-key": z.optional(z.string()) }),
  reply: { 201: z.object({ id: z.string() }), 202: z.string() },
  replyHeaders: { 201: { location: "Where it is." } },
  problems: { ...onceProblems, "out-of-credit": { status: 402, title: "There is no credit" } },
  uses: { requests: write(Requests), payments: write(Payments) },
});
const send = (key?: string, { to = "anna", headers = {} }: { to?: string; headers?: object } = {}) => ({
  version: "2.0",
  rawPath: "/payments",
  requestContext: { http: { method: "POST", path: "/payments" } },
  headers: {
    "content-type": "application/json",
    ...(key !== undefined && { "idempotency-key": key }),
    ...headers,
  },
  body: JSON.stringify({ to }),
});
const paid = (id: string | number) =>
  reply(201, { id: String(id) }, { headers: { location: `/payments/${id}` } });
const counting = () => {
  let runs = 0;
  return lambdaOnce(pay, () => paid(++runs));
};

const ordinary = { ...clock };
const before = { ...process.env };
let dynamo: Dynamo;
beforeAll(async () => {
  dynamo = await startEngine();
});
beforeEach(async () => {
  await makeTable(dynamo, Requests);
  await makeTable(dynamo, Payments);
});
afterEach(() => {
  Object.assign(clock, ordinary);
  vi.restoreAllMocks();
});
afterAll(async () => {
  await dynamo.stop();
  process.env = { ...before };
});

const laterBy = (seconds: number) => {
  clock.now = () => Date.now() + seconds * 1000;
};

describe("a request with a key", () => {
  test("runs once, and is answered the same again", async () => {
    const handler = counting();
    const first = await invoke(handler, send("k"));
    expect(first).toMatchObject({ status: 201, body: { id: "1" }, headers: { location: "/payments/1" } });
    expect(first.headers).not.toHaveProperty("idempotent-replayed");
    const again = await invoke(handler, send("k"));
    expect(again).toMatchObject({ status: 201, body: { id: "1" } });
    expect(again.headers).toEqual({ ...first.headers, "idempotent-replayed": "true" });
    expect((await invoke(handler, send("other"))).body).toEqual({ id: "2" });
  });

  test("is answered again for its hours, and runs anew after that", async () => {
    const handler = counting();
    await invoke(handler, send("k"));
    laterBy(24 * 3600 - 10);
    expect((await invoke(handler, send("k"))).body).toEqual({ id: "1" });
    laterBy(24 * 3600 + 10);
    expect((await invoke(handler, send("k"))).body).toEqual({ id: "2" });
  });

  test("is a 422 where it asks for something else than the first", async () => {
    const handler = counting();
    await invoke(handler, send("k"));
    expect(await invoke(handler, send("k", { to: "ben" }))).toMatchObject({
      status: 422,
      body: { type: "urn:problem:idempotency-key-reused" },
    });
  });

  test("is a 409 that says when to come back while the first still runs, whatever it asks", async () => {
    const started = Promise.withResolvers<void>();
    const going = Promise.withResolvers<void>();
    const handler = lambdaOnce(pay, async () => {
      started.resolve();
      await going.promise;
      return paid(1);
    });
    const first = invoke(handler, send("k"));
    await started.promise;
    expect(await invoke(handler, send("k"))).toMatchObject({
      status: 409,
      headers: { "retry-after": "1" },
      body: { type: "urn:problem:request-in-progress" },
    });
    expect(await invoke(handler, send("k", { to: "ben" }))).toMatchObject({ status: 422 });
    going.resolve();
    expect((await first).status).toBe(201);
    expect((await invoke(handler, send("k"))).headers).toHaveProperty("idempotent-replayed");
  });

  test("is another caller's own", async () => {
    const handler = counting();
    const by = (authorization: string) => send("k", { headers: { authorization } });
    expect((await invoke(handler, by("anna"))).body).toEqual({ id: "1" });
    expect((await invoke(handler, by("ben"))).body).toEqual({ id: "2" });
    expect((await invoke(handler, send("k"))).body).toEqual({ id: "3" });
    expect((await invoke(handler, by("anna"))).body).toEqual({ id: "1" });
  });

  test("has the caller that a check found, whatever token it came with", async () => {
    let runs = 0;
    const authed = connectedWith({ check: ({ request }) => ({ user: request.headers?.["x-user"] ?? "" }) });
    const once = authed.with(onceEach({ caller: ({ user }: { user: string }) => user }));
    const handler = once(pay, ({ user }) => paid(`${user}${++runs}`));
    const by = (user: string, authorization: string) =>
      send("k", { headers: { "x-user": user, authorization } });
    expect((await invoke(handler, by("anna", "1"))).body).toEqual({ id: "anna1" });
    expect((await invoke(handler, by("anna", "2"))).body).toEqual({ id: "anna1" });
    expect((await invoke(handler, by("ben", "2"))).body).toEqual({ id: "ben2" });
  });

  test.each([[""], ["x".repeat(256)], ["x".repeat(1_000_000)]])(
    "is refused where no key can be so",
    async (key) => {
      const run = vi.fn(() => paid(1));
      expect(await invoke(lambdaOnce(pay, run), send(key))).toMatchObject({
        status: 422,
        body: { errors: [{ in: "header", pointer: "#/idempotency-key" }] },
      });
      expect(run).not.toHaveBeenCalled();
    },
  );

  test("has any other key, each for itself", async () => {
    const handler = counting();
    const keys = ["ü", "u\u0308", "💳", "\ud800", "\0", '"k"', "k", " k", "__proto__", "x".repeat(255)];
    for (const [nth, key] of keys.entries()) {
      expect((await invoke(handler, send(key))).body).toEqual({ id: String(nth + 1) });
      expect((await invoke(handler, send(key))).body).toEqual({ id: String(nth + 1) });
    }
  });

  test("has none of its key or its credentials in the table", async () => {
    const sent = vi.spyOn(JSON, "stringify");
    await invoke(counting(), send("secret-key", { headers: { authorization: "secret-token" } }));
    const bodies = sent.mock.results
      .map(({ value }) => String(value))
      .filter((text) => text.includes("TableName"));
    expect(bodies.length).toBeGreaterThan(1);
    expect(bodies.join()).not.toContain("secret-");
  });
});

describe("it may be tried again with the same key", () => {
  const thenPaid = (first: () => unknown) => {
    let runs = 0;
    return lambdaOnce(pay, (async () => (++runs === 1 ? first() : paid(runs))) as () => Promise<
      ReturnType<typeof paid>
    >);
  };

  test("after a problem, for which nothing was done", async () => {
    const handler = thenPaid(() => problem("out-of-credit", "Top up."));
    expect((await invoke(handler, send("k"))).status).toBe(402);
    expect((await invoke(handler, send("k"))).body).toEqual({ id: "2" });
  });

  test.each([
    ["a function that throws", () => Promise.reject(new Error("broken"))],
    ["a reply that its contract does not have", () => reply(204)],
  ])("after %s", async (_, first) => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const handler = thenPaid(first);
    expect((await invoke(handler, send("k"))).status).toBe(500);
    expect((await invoke(handler, send("k"))).body).toEqual({ id: "2" });
  });

  test("after one that was killed, when its time is over and not before", async () => {
    let runs = 0;
    const handler = lambdaOnce(pay, () => (++runs === 1 ? new Promise<never>(() => {}) : paid(runs)));
    void invoke(handler, send("k")); // never ends
    await vi.waitFor(() => expect(runs).toBe(1));
    laterBy(19); // of 20 seconds
    expect((await invoke(handler, send("k"))).status).toBe(409);
    laterBy(23);
    expect((await invoke(handler, send("k"))).body).toEqual({ id: "2" });
  });

  test("not after one that ran out of time for its reply, until it must have ended", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    let runs = 0;
    const handler = lambdaOnce(pay, () => (++runs === 1 ? new Promise<never>(() => {}) : paid(runs)));
    const left = { ...context, getRemainingTimeInMillis: () => 1000 };
    expect((await invoke(handler, send("k"), left)).status).toBe(503);
    expect((await invoke(handler, send("k"))).status).toBe(409);
    laterBy(4);
    expect((await invoke(handler, send("k"))).body).toEqual({ id: "2" });
  });
});

describe("an effect and its answer", () => {
  test("are written together, or not at all", async () => {
    let isBroken = true;
    let runs = 0;
    vi.spyOn(console, "error").mockImplementation(() => {});
    const handler = lambdaOnce(pay, async ({ payments, once }) => {
      const answer = paid(++runs);
      await transaction([payments.writes.create({ id: "one" }), ...once.keep(answer)]);
      if (isBroken) throw new Error("killed after the effect");
      return answer;
    });
    expect((await invoke(handler, send("k"))).status).toBe(500);
    isBroken = false;
    expect((await invoke(handler, send("k"))).body).toEqual({ id: "1" });
    expect(runs).toBe(1);
  });

  test("are neither there where another condition fails, also if the function answers as if they were", async () => {
    let runs = 0;
    const handler = lambdaOnce(pay, async ({ payments, once }) => {
      const answer = paid(++runs);
      await transaction([
        payments.writes.check({ id: "none" }, { id: { exists: true } }),
        ...once.keep(answer),
      ]);
      return answer;
    });
    await invoke(handler, send("k"));
    expect((await invoke(handler, send("k"))).status).toBe(409); // its claim is there until its time is over
    laterBy(25);
    expect((await invoke(handler, send("k"))).body).toEqual({ id: "2" });
  });

  test("need no key", async () => {
    const handler = lambdaOnce(pay, async ({ payments, once }) => {
      const answer = paid(1);
      await transaction([payments.writes.put({ id: "one" }), ...once.keep(answer)]);
      return answer;
    });
    expect((await invoke(handler, send())).status).toBe(201);
    expect((await invoke(handler, send())).headers).not.toHaveProperty("idempotent-replayed");
  });
});

test("an answer that no item holds is told once, and then that it was done", async () => {
  const handler = lambdaOnce(pay, () => reply(202, "é".repeat(300_000)));
  expect((await invoke(handler, send("k"))).status).toBe(202);
  expect(await invoke(handler, send("k"))).toMatchObject({
    status: 409,
    body: { type: "urn:problem:answer-not-kept" },
  });
});

test("an answer of nearly 400 KB is kept", async () => {
  const handler = lambdaOnce(pay, () => reply(202, "x".repeat(400_000)));
  await invoke(handler, send("k"));
  expect(await invoke(handler, send("k"))).toMatchObject({ status: 202, body: "x".repeat(400_000) });
});

test("an answer that cannot be kept is given all the same, and the log says so", async () => {
  const log = vi.spyOn(console, "debug").mockImplementation(() => {});
  const handler = lambdaOnce(pay, () => {
    process.env.TABLE_REQUESTS = "gone";
    return paid(1);
  });
  expect((await invoke(handler, send("k"))).status).toBe(201);
  expect(JSON.stringify(log.mock.calls)).toContain("There is no table");
});

test("nothing runs where the table cannot be reached", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  process.env.TABLE_REQUESTS = "gone";
  const run = vi.fn(() => paid(1));
  expect((await invoke(lambdaOnce(pay, run), send("k"))).status).toBe(500);
  expect(run).not.toHaveBeenCalled();
});

describe("an answer of DynamoDB's that is lost on its way back", () => {
  test.each([["PutItem"], ["UpdateItem"]])("to %s changes nothing for callers", async (action) => {
    const proxy = await startDroppingProxy(dynamo.url);
    process.env.AWS_ENDPOINT_URL_DYNAMODB = proxy.url;
    const handler = counting();
    proxy.dropNext(action);
    expect(await invoke(handler, send("k"))).toMatchObject({ status: 201, body: { id: "1" } });
    const again = await invoke(handler, send("k"));
    expect(again).toMatchObject({
      status: 201,
      body: { id: "1" },
      headers: { "idempotent-replayed": "true" },
    });
    process.env.AWS_ENDPOINT_URL_DYNAMODB = dynamo.url;
    await proxy.close();
  });

  test("to a try to keep the answer that was not done, is kept by the next", async () => {
    const log = vi.spyOn(console, "debug").mockImplementation(() => {});
    const proxy = await startDroppingProxy(dynamo.url);
    process.env.AWS_ENDPOINT_URL_DYNAMODB = proxy.url;
    proxy.dropNext("UpdateItem");
    await invoke(counting(), send("k"));
    expect(JSON.stringify(log.mock.calls)).not.toContain("idempotency-keep");
    process.env.AWS_ENDPOINT_URL_DYNAMODB = dynamo.url;
    await proxy.close();
  });
});

describe("it is refused where it is written", () => {
  test("for a contract without its table or its key", () => {
    const { uses: _, ...without } = pay;
    expect(() => lambdaOnce(without, () => paid(1))).toThrow("idempotencyTable");
    expect(() => lambdaOnce({ ...pay, idempotent: true }, () => paid(1))).toThrow('"idempotency-key"');
  });

  test("for callers with cookies, unless it knows them by more than their key", () => {
    const withCookies = { ...pay, cookies: z.object({ session: z.string() }) };
    expect(() => lambdaOnce(withCookies, () => paid(1))).toThrow("caller");
    const once = lambdaWith(onceEach({ caller: () => "anna" }));
    expect(() => once(withCookies, () => paid(1))).not.toThrow();
  });

  test("for a contract without its problems, by the compiler", () => {
    const without = { ...pay, problems: {} };
    // @ts-expect-error they are to be declared
    lambdaOnce(without, () => paid(1));
  });

  test("for a table that keeps nothing", () => {
    expect(() => idempotencyTable("requests", { hours: 0 })).toThrow(RangeError);
    expect(() => idempotencyTable("requests", { hours: Number.NaN })).toThrow(RangeError);
  });
});

test("of any calls at once, also where some are killed, one at a time runs, and all get the first answer that was kept", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const outcome = fc.constantFrom("answers", "throws", "is killed", "refuses");
  let nth = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), outcome), { minLength: 1, maxLength: 5 }),
      async (waves) => {
        const key = `key ${++nth}`;
        let seconds = 0;
        let running = 0;
        let overlapped = false;
        let kept: string | undefined;
        for (const [calls, how] of waves) {
          let runs = 0;
          const handler = lambdaOnce(pay, async () => {
            runs++;
            overlapped ||= ++running > 1;
            if (how === "is killed") return new Promise<never>(() => {});
            await new Promise(setImmediate);
            running--;
            if (how === "throws") throw new Error("broken");
            if (how === "refuses") return problem("out-of-credit", "Top up.");
            kept ??= crypto.randomUUID();
            return paid(kept);
          });
          laterBy(seconds);
          const replies: { status: number; body: unknown }[] = [];
          let ended = 0;
          for (let call = 0; call < calls; call++)
            void invoke(handler, send(key)).then((reply) => {
              replies.push(reply);
              ended++;
            });
          const isKilled = kept === undefined && how === "is killed";
          await vi.waitFor(() => expect(ended + (isKilled ? runs : 0)).toBe(calls), {
            timeout: 5000,
            interval: 1,
          });
          for (const { status, body } of replies)
            if (status === 201) expect(body).toEqual({ id: kept });
            else expect([402, 409, 500]).toContain(status);
          if (how === "answers") expect(replies.some(({ status }) => status === 201)).toBe(true);
          if (how === "answers" || how === "is killed") expect(runs).toBeLessThanOrEqual(1);
          expect(overlapped).toBe(false);
          if (isKilled) seconds += 30;
          running = 0;
        }
      },
    ),
    { numRuns: 60 },
  );
});
