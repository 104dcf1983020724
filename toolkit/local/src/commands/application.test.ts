import { api } from "@lucky/fixture/contracts";
import { type DescribedReply, type Document, describedBy } from "@lucky/fixture/described";
import { createClient } from "@lucky/gateway/client";
import type { Contract } from "@lucky/gateway/contract";
import { camelCase } from "@lucky/gateway/name";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, startServer, stopServer } from "../testing/testing.ts";

// The whole of the fixture, bundled and behind the real server, as whoever calls it over a socket finds it.

let server: RunningServer;
let faultOf: ReturnType<typeof describedBy>;
beforeAll(async () => {
  server = await startServer();
  const { body } = await createClient(api, server.url).openapi().then(expectOk);
  faultOf = describedBy(JSON.parse(String(body)) as Document); // the document is text to its contract
});
afterAll(() => stopServer(server));

const contracts: readonly (readonly [name: string, contract: Contract])[] = Object.entries(api);

/** The contract's own examples, as the client takes them: it sends cookies as the header that they are. */
function exampleInput({ path, examples: { params, query, headers, cookies } = {}, example }: Contract) {
  const names = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name = ""]) => [name, name]);
  const cookie = Object.entries(cookies ?? {}).map((pair) => pair.join("="));
  return {
    params: { ...Object.fromEntries(names), ...params },
    query,
    headers: { ...headers, ...(cookie.length > 0 && { cookie: cookie.join("; ") }) },
    body: example,
  };
}

type AnyReply = { ok: boolean; status: number; headers: Headers; body?: unknown; problem?: unknown };

function expectOk<R extends AnyReply>(reply: R): Extract<R, { ok: true }> {
  expect(reply).toMatchObject({ ok: true });
  return reply as Extract<R, { ok: true }>; // just expected
}

/** As the document speaks of it: a client has no body where there is none. */
function asDescribed({ status, headers, body, problem }: AnyReply): DescribedReply {
  return { status, contentType: headers.get("content-type"), body: problem ?? body ?? "" };
}

/** A redirect is a reply as any other. */
const fetchOnce: typeof fetch = (url, request) => fetch(url, { ...request, redirect: "manual" });

test.each(contracts)(
  "%s answers its contract's own example as the document has it",
  async (name, contract) => {
    const client: Readonly<Record<string, (input: object) => Promise<AnyReply>>> = createClient(
      api as Record<string, Contract>,
      server.url,
      { fetch: fetchOnce },
    );
    const reply = await client[camelCase(name)]?.(exampleInput(contract));
    if (reply === undefined) throw new Error(`the client has no method for ${name}`);
    expect(reply).toMatchObject({ ok: true });
    expect(faultOf(camelCase(name), asDescribed(reply))).toBeUndefined();
  },
);

describe("over a socket, through the typed client,", () => {
  const call = () => createClient(api, server.url, { fetch: fetchOnce });

  test("dates go both ways as text, and what was not ordered is left out", async () => {
    const { body: order } = await call()
      .placeOrder({
        body: {
          items: [{ sku: "pen", quantity: 1, deliverAt: "2026-02-01T00:00:00Z" }],
          payment: { kind: "invoice", dueInDays: 30 },
          placedAt: "2026-01-31T12:00:00Z",
        },
      })
      .then(expectOk);
    expect(order.placedAt satisfies string).toBe("2026-01-31T12:00:00.000Z");
    expect(order.items).toEqual([{ sku: "pen", quantity: 1, deliverAt: "2026-02-01T00:00:00.000Z" }]);
  });

  test("a problem has its members, and is as the document has it", async () => {
    const placedAt = "2026-01-31T12:00:00Z";
    const payment = { kind: "invoice", dueInDays: 30 } as const;
    const reply = await call().placeOrder({
      body: { items: [{ sku: "pen", quantity: 99 }], payment, placedAt },
    });
    if (reply.ok || reply.kind !== "out-of-stock") throw new Error(`it is ${reply.status}`);
    expect(reply.problem.left satisfies number).toBe(50);
    expect(faultOf("placeOrder", asDescribed(reply))).toBeUndefined();
  });

  test.each([0, 1, 100_000])("a file of %i bytes is stored", async (length) => {
    const { body } = await call()
      .storeFile({ params: { path: "a/b c.bin" }, body: new Uint8Array(length) })
      .then(expectOk);
    expect(body).toEqual({ path: "a/b c.bin", bytes: length });
  });

  test("a list of one value is a list, and what is forgiven is as if it were not there", async () => {
    const query = { q: "milk", tag: ["shop" as const], archived: "yes", page: "x" };
    const { body } = await call()
      .search({ query, headers: { "x-api-key": "key" } })
      .then(expectOk);
    expect(body).toMatchObject({ asked: { tag: ["shop"], archived: true }, page: 1, next: 2 });
  });

  test("a truth value and a number go by the schema's own encoding", async () => {
    const { body } = await call()
      .search({ query: { q: "milk", archived: true, page: 2 }, headers: { "x-api-key": "key" } })
      .then(expectOk);
    expect(body).toMatchObject({ asked: { archived: true }, page: 2 });
  });

  test("a call that may be repeated has a key of its own", async () => {
    const keep = async () =>
      (
        await call()
          .createNote({ body: { text: "milk" } })
          .then(expectOk)
      ).body?.id;
    const [first, second] = [await keep(), await keep()];
    expect(first).toMatch(/^[\da-f-]{36}$/);
    expect(second).not.toBe(first);
  });

  test("a redirect leads on", async () => {
    const { status, headers } = await call()
      .followLink({ params: { id: "a-b" } })
      .then(expectOk);
    expect([status, headers.get("location")]).toEqual([302, "https://example.com/a-b"]);
  });

  test("a webhook is refused whose body was changed on the way, if only by a space", async () => {
    const { example, examples } = api["receive-payment"];
    const send = (body: string) =>
      fetch(`${server.url}/webhooks/payments`, {
        method: "POST",
        body,
        headers: { ...examples.headers, "content-type": "application/json" },
      });
    expect((await send(JSON.stringify(example))).status).toBe(202);
    expect((await send(`${JSON.stringify(example)} `)).status).toBe(403);
  });

  test("who does not say who calls is refused, as the document has it", async () => {
    const reply = await call().readProfile({ headers: { authorization: "" } });
    expect(reply).toMatchObject({ status: 401, kind: "unauthenticated" });
    expect(faultOf("readProfile", asDescribed(reply))).toBeUndefined();
  });
});
