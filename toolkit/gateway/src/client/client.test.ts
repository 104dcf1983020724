import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod/mini";
import { contract } from "../contract/contract.ts";
import { form } from "../contract/form.ts";
import { bytes, text } from "../contract/schema.ts";
import { createClient } from "./client.ts";

const api = {
  "draw-numbers": contract({
    method: "POST",
    path: "/draws/{id}",
    summary: "",
    query: z.object({ tag: z.optional(z.array(z.string())), page: z.optional(z.number()) }),
    headers: z.object({ "if-match": z.optional(z.string()) }),
    body: z.object({ count: z.number() }),
    example: { count: 1 },
    reply: { 200: z.object({ numbers: z.array(z.number()) }), 204: null },
    problems: { "draw-closed": { status: 409, title: "It is closed" } },
  }),
  repeat: contract({ method: "POST", path: "/repeat", summary: "", idempotent: true, reply: z.string() }),
  once: contract({ method: "PUT", path: "/once", summary: "", reply: z.string() }),
  read: contract({ method: "GET", path: "/read/{path+}", summary: "", reply: text() }),
  picture: contract({ method: "GET", path: "/picture", summary: "", reply: bytes("image/png") }),
};

let server: Server;
let url: string;
let seen: { method?: string; url?: string; headers: IncomingMessage["headers"]; body: string }[];
let answer: (response: ServerResponse, count: number) => void;

beforeEach(async () => {
  seen = [];
  server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    seen.push({ method, url, headers, body: await readText(request) });
    answer(response, seen.length);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // listening on TCP
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const json =
  (status: number, body: unknown, type = "application/json") =>
  (response: ServerResponse) =>
    response.writeHead(status, { "content-type": type }).end(JSON.stringify(body));
const input = { params: { id: "a/b ü" }, body: { count: 3 } };

describe("a call", () => {
  test("sends every part of its input where the contract says", async () => {
    answer = json(200, { numbers: [7] });
    const client = createClient(api, `${url}/prod/`, { headers: { authorization: "Bearer x" } });
    const query = { tag: ["x", "y&z"], page: 2 };
    const reply = await client.drawNumbers({ ...input, query, headers: { "if-match": '"1"' } });
    expect(reply).toMatchObject({ ok: true, status: 200, body: { numbers: [7] } });
    expect(seen).toEqual([
      {
        method: "POST",
        url: "/prod/draws/a%2Fb%20%C3%BC?tag=x&tag=y%26z&page=2",
        headers: expect.objectContaining({
          authorization: "Bearer x",
          "content-type": "application/json",
          "if-match": '"1"',
        }),
        body: '{"count":3}',
      },
    ]);
  });

  test("leaves null out where all is text", async () => {
    answer = json(200, { numbers: [] });
    const nothing = z.nullish(z.string());
    const part = z.object({ a: nothing, b: z.optional(z.array(z.nullable(z.string()))) });
    const nulls = contract({
      method: "POST",
      path: "/nulls",
      summary: "",
      query: part,
      headers: z.object({ a: nothing }),
      body: form(part),
      example: {},
      reply: z.object({}),
    });
    const values = { a: null, b: [null, "x"] };
    await createClient({ nulls }, url).nulls({ query: values, headers: { a: null }, body: values });
    expect(seen).toEqual([expect.objectContaining({ url: "/nulls?b=x", body: "b=x" })]);
    expect(seen[0]?.headers).not.toHaveProperty("a");
  });

  test("sends a Date as text that says all of it", async () => {
    answer = json(200, { numbers: [] });
    const part = z.object({ at: z.coerce.date() });
    const at = new Date("2026-01-31T12:00:00.123Z");
    const since = contract({
      method: "POST",
      path: "/since",
      summary: "",
      query: part,
      examples: { query: { at: "2026-01-31" } },
      body: form(part),
      example: { at },
      reply: z.object({}),
    });
    await createClient({ since }, url).since({ query: { at }, body: { at } });
    const text = "at=2026-01-31T12%3A00%3A00.123Z";
    expect(seen).toEqual([expect.objectContaining({ url: `/since?${text}`, body: text })]);
  });

  test("gives text as text, bytes as bytes and nothing as nothing", async () => {
    const client = createClient(api, url);
    answer = (response) => response.writeHead(200, { "content-type": "text/plain" }).end("hello");
    expect(await client.read({ params: { path: "a b/c" } })).toMatchObject({ body: "hello" });
    expect(seen[0]?.url).toBe("/read/a%20b/c");
    answer = (response) => response.writeHead(200, { "content-type": "image/png" }).end(Buffer.of(1, 255));
    expect(await client.picture()).toMatchObject({ body: Uint8Array.of(1, 255) });
    answer = (response) => response.writeHead(204).end();
    expect(await client.drawNumbers(input)).toMatchObject({ ok: true, status: 204, body: undefined });
  });

  test("gives what the contract calls text as text, whatever its type", async () => {
    const document = contract({ method: "GET", path: "/x", summary: "", reply: text("application/json") });
    answer = json(200, { a: 1 });
    expect(await createClient({ document }, url).document()).toMatchObject({ body: '{"a":1}' });
  });

  test("adds its own headers to those of the client", async () => {
    answer = json(200, "done");
    const client = createClient(api, url, { headers: { authorization: "Bearer x", "x-a": "1" } });
    await client.repeat({}, { headers: { "x-a": "2" } });
    expect(seen[0]?.headers).toMatchObject({ authorization: "Bearer x", "x-a": "2" });
  });

  test.each(["..", ".", ""])("cannot leave its path by the parameter %j", async (id) => {
    const client = createClient(api, url);
    await expect(client.drawNumbers({ ...input, params: { id } })).rejects.toThrow(RangeError);
    await expect(client.read({ params: { path: `a/${id}/b` } })).rejects.toThrow(RangeError);
    expect(seen).toEqual([]);
  });

  test("may have no timeout at all", async () => {
    answer = json(200, "done");
    const client = createClient(api, url, { timeoutMs: Number.POSITIVE_INFINITY });
    expect(await client.repeat()).toMatchObject({ ok: true });
  });

  test("gives problems as values", async () => {
    const problem = { type: "urn:problem:draw-closed", title: "It is closed", status: 409, detail: "Wait." };
    answer = json(409, problem, "application/problem+json");
    expect(await createClient(api, url).drawNumbers(input)).toMatchObject({
      ok: false,
      status: 409,
      problem,
    });
  });

  test.each<[string, (response: ServerResponse) => unknown, string]>([
    ["API Gateway", json(404, { message: "Not Found" }), "Not Found"],
    [
      "a proxy",
      (response) => response.writeHead(500, { "content-type": "text/html" }).end("<p>no"),
      "HTTP 500",
    ],
    [
      "broken JSON",
      (response) => response.writeHead(500, { "content-type": "application/json" }).end("{"),
      "HTTP 500",
    ],
    ["nothing", (response) => response.writeHead(500).end(), "HTTP 500"],
  ])("makes a problem of what %s answers", async (_, respond, title) => {
    answer = respond;
    const reply = await createClient(api, url).drawNumbers(input);
    expect(reply).toMatchObject({ ok: false, problem: { type: "about:blank", title } });
  });
});

describe("what may pass is tried again", () => {
  const failing = (status: number, times: number) => (response: ServerResponse, count: number) =>
    count <= times ? json(status, { message: "no" })(response) : json(200, "done")(response);

  test.each([429, 502, 503, 504])("after %i, where the contract is idempotent", async (status) => {
    answer = failing(status, 2);
    expect(await createClient(api, url).repeat()).toMatchObject({ ok: true, body: "done" });
    expect(seen).toHaveLength(3);
  });

  test("and where the method is GET", async () => {
    answer = failing(503, 1);
    expect(await createClient(api, url).picture()).toMatchObject({ ok: true });
    expect(seen).toHaveLength(2);
  });

  test.each([400, 404, 409, 500])("not after %i", async (status) => {
    answer = failing(status, 1);
    expect(await createClient(api, url).repeat()).toMatchObject({ ok: false, status });
    expect(seen).toHaveLength(1);
  });

  test("not where it might do something twice", async () => {
    answer = failing(503, 1);
    expect(await createClient(api, url).once()).toMatchObject({ ok: false, status: 503 });
    expect(await createClient(api, url).drawNumbers(input)).toMatchObject({ ok: true });
    expect(seen).toHaveLength(2);
  });

  test("as often as told, and no more", async () => {
    answer = failing(503, 99);
    expect(await createClient(api, url, { retries: 1 }).repeat()).toMatchObject({ ok: false, status: 503 });
    expect(await createClient(api, url).repeat(undefined, { retries: 0 })).toMatchObject({ ok: false });
    expect(seen).toHaveLength(3);
  });

  test("when the server asks for it", async () => {
    answer = (response, count) =>
      count === 1 ? response.writeHead(503, { "retry-after": "0" }).end() : json(200, "done")(response);
    expect(await createClient(api, url).repeat()).toMatchObject({ ok: true });
  });

  test("when the connection breaks", async () => {
    answer = (response, count) => (count === 1 ? response.destroy() : json(200, "done")(response));
    expect(await createClient(api, url).repeat()).toMatchObject({ ok: true, body: "done" });
    await expect(createClient(api, "http://127.0.0.1:1").once()).rejects.toThrow(TypeError);
  });
});

describe("a call ends", () => {
  test("when its time is up, with a TimeoutError", async () => {
    answer = () => {};
    const calling = createClient(api, url, { timeoutMs: 50 }).repeat();
    await expect(calling).rejects.toMatchObject({ name: "TimeoutError" });
    expect(seen).toHaveLength(1);
  });

  test("when its signal aborts, with an AbortError, even between two tries", async () => {
    const controller = new AbortController();
    answer = (response) => {
      response.writeHead(503, { "retry-after": "5" }).end();
      setTimeout(() => controller.abort(), 20);
    };
    const calling = createClient(api, url).repeat(undefined, { signal: controller.signal });
    await expect(calling).rejects.toMatchObject({ name: "AbortError" });
  });
});

test("types derive from the contracts", () => {
  const client = createClient(api, "https://api.example.com");
  type Reply = Awaited<ReturnType<typeof client.drawNumbers>>;
  expectTypeOf<Extract<Reply, { status: 200 }>["body"]>().toEqualTypeOf<{ numbers: number[] }>();
  expectTypeOf<Extract<Reply, { status: 204 }>["body"]>().toEqualTypeOf<undefined>();
  expectTypeOf<"urn:problem:draw-closed">().toExtend<Extract<Reply, { ok: false }>["problem"]["type"]>();
  const wrong = () => [
    // @ts-expect-error count is a number
    client.drawNumbers({ params: { id: "x" }, body: { count: "3" } }),
    // @ts-expect-error the path has a parameter
    client.drawNumbers({ body: { count: 3 } }),
    // @ts-expect-error the body is missing
    client.drawNumbers({ params: { id: "x" } }),
    // @ts-expect-error it takes an input
    client.drawNumbers(),
    // @ts-expect-error there is no such contract
    client.drawLetters(),
  ];
  expect(wrong).toBeTypeOf("function");
});
