import type { ServerResponse } from "node:http";
import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import * as zod from "zod";
import * as z from "zod/mini";
import { contract } from "../contract/contract.ts";
import { form } from "../contract/form.ts";
import { multipart } from "../contract/multipart.ts";
import { oneOf } from "../contract/one-of.ts";
import { bytes, type Schema } from "../contract/schema.ts";
import { serve } from "../testing/serve.ts";
import { createClient } from "./client.ts";

const done = (response: ServerResponse) => response.writeHead(204).end();
const base = { path: "/x", summary: "", reply: { 204: null } } as const;

const AT = new Date("2026-01-31T12:00:00.123Z");
/** Days, and not what a Date says of itself. */
const day = z.codec(z.string(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString().slice(0, 10),
});
const near = z.codec(z.string(), z.object({ lat: z.number(), lon: z.number() }), {
  decode: (text) => JSON.parse(text),
  encode: (value) => JSON.stringify(value),
});
const nothing = z.codec(z.string(), z.nullable(z.string()), {
  decode: (text) => (text === "none" ? null : text),
  encode: (value) => value ?? "none",
});
const commas = z.codec(z.string(), z.array(z.string()), {
  decode: (text) => text.split(","),
  encode: (list) => list.join(","),
});
const later = z.codec(z.string(), z.number(), {
  decode: async (text) => Number(text),
  encode: async (value) => `n${value}`,
});

const marked = z.codec(z.string(), z.string(), {
  decode: (text) => text.slice(1),
  encode: (text) => `!${text}`,
});
const short = z.codec(z.string().check(z.maxLength(1)), z.number(), {
  decode: Number,
  encode: (n) => `n${n}`,
});
type Tree = { readonly at: Date; readonly kids?: readonly Tree[] | undefined };
const Tree: z.ZodMiniType<Tree, Tree> = z.object({
  at: z.date(),
  get kids() {
    return z.optional(z.array(Tree));
  },
});
const tree = z.codec(z.string(), Tree, {
  decode: (text) => ({ at: new Date(text) }),
  encode: ({ at, kids = [] }) => `${at.getTime()}+${kids.length}`,
});

describe("a query goes by its schema's own encoding:", () => {
  const queryOf = async (query: Schema, values: object) => {
    const { url, seen } = await serve(done);
    const find = contract({ ...base, method: "GET", query } as const);
    await createClient({ find }, url).find({ query: values } as never); // whatever its types say
    return decodeURIComponent(seen[0]?.url?.replace("/x", "") ?? "");
  };

  test.each<[what: string, schema: Schema, value: unknown, sent: string]>([
    ["text as it is", day, "soon", "?a=soon"],
    ["text that a codec could make more of", marked, "x", "?a=x"],
    ["a list of such", z.array(marked), ["x"], "?a=x"],
    ["what holds itself", tree, { at: new Date(7), kids: [{ at: AT }] }, "?a=7+1"],
    ["a codec's Date", day, AT, "?a=2026-01-31"],
    ["an optional one", z.optional(day), AT, "?a=2026-01-31"],
    ["one with a default", z._default(day, AT), AT, "?a=2026-01-31"],
    ["a list of them", z.array(day), [AT, AT], "?a=2026-01-31&a=2026-01-31"],
    ["a list of some, and text", z.array(day), [AT, "soon"], "?a=2026-01-31&a=soon"],
    ["one that comes later", z.lazy(() => day), AT, "?a=2026-01-31"],
    ["one in a union", z.union([z.literal("now"), day]), AT, "?a=2026-01-31"],
    ["an object", near, { lat: 1, lon: 2 }, '?a={"lat":1,"lon":2}'],
    ["a list that is one text", commas, ["a", "b"], "?a=a,b"],
    ["null by a codec", nothing, null, "?a=none"],
    ["what takes its time", later, 7, "?a=n7"],
    ["a truth value", z.stringbool(), false, "?a=false"],
    ["a truth value in words", z.stringbool({ truthy: ["yes"], falsy: ["no"] }), true, "?a=yes"],
    ["zod's own names", zod.stringbool(), true, "?a=true"],
    ["a number", z.coerce.number(), 0, "?a=0"],
    ["numbers", z.array(z.coerce.number()), [1, 2], "?a=1&a=2"],
    ["a bigint", z.coerce.bigint(), 2n ** 64n, "?a=18446744073709551616"],
    ["a Date", z.coerce.date(), AT, `?a=${AT.toISOString()}`],
    ["no null for a number", z.nullable(z.coerce.number()), null, ""],
    ["no null for text", z.coerce.string(), null, ""],
    ["no null in a list", z.array(z.nullable(z.string())), ["x", null], "?a=x"],
    ["no undefined", z.optional(z.string()), undefined, ""],
    ["no list of nothing", z.array(z.string()), [], ""],
    [
      "a truth value without a way back",
      z.pipe(
        z.string(),
        z.transform((text: string) => text === "1"),
      ),
      true,
      "?a=true",
    ],
    ["what a way back refuses", day, 7, "?a=7"],
    ["what it makes and refuses", short, 7, "?a=7"],
  ])("%s", async (_, schema, value, sent) => {
    expect(await queryOf(z.object({ a: schema as z.ZodMiniType }), { a: value })).toBe(sent);
  });

  test.each<[what: string, schema: Schema]>([
    ["arktype", type({ "a?": "string" })],
    ["valibot", v.looseObject({})],
    ["a record", z.record(z.string(), z.any())],
    ["what the schema does not name", z.looseObject({})],
  ])("text where the schema does not say: %s", async (_, schema) => {
    expect(await queryOf(schema, { a: 1, b: AT, c: null, d: true, toString: 1 })).toBe(
      `?a=1&b=${AT.toISOString()}&d=true&toString=1`,
    );
  });

  test.each<[what: string, schema: Schema, value: unknown]>([
    ["an object", z.coerce.string(), {}],
    ["an object in a list", z.array(z.coerce.string()), ["x", {}]],
    ["a nested object", z.object({ b: z.string() }), { b: "x" }],
    ["a symbol", z.any(), Symbol("x")],
    ["a function", z.any(), () => {}],
    ["a Date of no time", z.coerce.date(), new Date(Number.NaN)],
    [
      "what its codec makes an object of",
      z.codec(z.any(), z.any(), { decode: (x) => x, encode: () => ({}) }),
      1,
    ],
  ])("%s is refused by its name", async (_, schema, value) => {
    const calling = queryOf(z.object({ a: schema as z.ZodMiniType }), { a: value });
    await expect(calling).rejects.toThrow(
      new TypeError("query.a cannot be sent as text: give text, a number, a truth value or a Date"),
    );
  });
});

test("a header of several values is one", async () => {
  const { url, seen } = await serve(done);
  const headers = z.object({ list: z.any() });
  const read = contract({ ...base, method: "GET", headers, examples: { headers: { list: "a" } } });
  await createClient({ read }, url).read({ headers: { list: ["a", 2] } });
  expect(seen[0]?.headers.list).toBe("a, 2");
});

test("headers, parameters and forms go by theirs", async () => {
  const { url, seen } = await serve(done);
  const part = z.object({ at: day });
  const move = contract({
    ...base,
    method: "POST",
    path: "/x/{at}",
    params: part,
    headers: z.extend(part, { n: z.coerce.number(), none: z.optional(z.string()) }),
    body: form(part),
    example: { at: "2026-01-31" },
    examples: { params: { at: "2026-01-31" } },
  });
  const client = createClient({ move }, url);
  await client.move({ params: { at: AT }, headers: { at: AT, n: 7 }, body: { at: AT } });
  expect(seen[0]).toMatchObject({ url: "/x/2026-01-31", headers: { at: "2026-01-31", n: "7" } });
  expect(String(seen[0]?.body)).toBe("at=2026-01-31");
  await expect(
    client.move({ params: { at: AT }, headers: { at: AT, n: {} as never }, body: { at: AT } }),
  ).rejects.toThrow("headers.n");
  await expect(
    client.move({ params: {} as never, headers: { at: AT, n: 1 }, body: { at: AT } }),
  ).rejects.toThrow(RangeError);
  await expect(
    client.move({ params: { at: AT }, headers: { at: "a\nb", n: 1 }, body: { at: AT } }),
  ).rejects.toThrow(TypeError);
  expect(seen).toHaveLength(1);
});

describe("a body may be", () => {
  const title = z.object({ title: z.string() });
  const api = {
    submit: contract({
      ...base,
      method: "POST",
      body: form(z.object({ a: z.string(), b: z.optional(z.array(z.string())) })),
      example: { a: "x" },
    }),
    either: contract({ ...base, method: "POST", body: oneOf(form(title), title), example: { title: "x" } }),
    upload: contract({
      ...base,
      method: "POST",
      body: multipart(title, { files: { photo: {}, papers: { atMost: 3, optional: true } } }),
      example: { title: "x", photo: { name: "a.png", type: "image/png", bytes: Uint8Array.of(1) } },
    }),
    put: contract({ ...base, method: "PUT", body: bytes("image/png"), example: Uint8Array.of(1) }),
  };
  const urlencoded = "application/x-www-form-urlencoded;charset=UTF-8";

  test("a browser's FormData or URLSearchParams for a form", async () => {
    const { url, seen } = await serve(done);
    const client = createClient(api, url);
    const data = new FormData();
    for (const [name, item] of [
      ["a", "x & y"],
      ["b", "1"],
      ["b", "2"],
    ] as const)
      data.append(name, item);
    await client.submit({ body: data });
    await client.submit({ body: new URLSearchParams([["a", "ü"]]) });
    await client.either({ body: new URLSearchParams({ title: "x" }) });
    expect(seen.map(({ body, headers }) => [headers["content-type"], String(body)])).toEqual([
      [urlencoded, "a=x+%26+y&b=1&b=2"],
      [urlencoded, "a=%C3%BC"],
      [urlencoded, "title=x"],
    ]);
    data.append("b", new File(["x"], "x.txt"));
    await expect(client.submit({ body: data })).rejects.toThrow(
      new TypeError("body.b is a file, and this form takes text only: a contract with files has multipart"),
    );
  });

  test("a browser's FormData or File for a form with files", async () => {
    const { url, seen } = await serve(done);
    const client = createClient(api, url);
    const data = new FormData();
    data.append("title", "T");
    data.append("photo", new File([Uint8Array.of(1, 2)], "p.png", { type: "image/png" }));
    await client.upload({ body: data });
    const photo = new File([Uint8Array.of(1, 2)], "p.png", { type: "image/png" });
    await client.upload({
      body: {
        title: "T",
        photo,
        papers: [new Blob(["a"]), { name: "b", type: "text/plain", bytes: Uint8Array.of(98) }],
      },
    });
    const received = await Promise.all(
      seen.map(async ({ body, headers }) => {
        const form = await new Response(body, {
          headers: { "content-type": headers["content-type"] ?? "" },
        }).formData();
        return Promise.all(
          [...form].map(async ([name, item]) => [
            name,
            typeof item === "string" ? item : [item.name, item.type, await item.text()],
          ]),
        );
      }),
    );
    const common = [
      ["title", "T"],
      ["photo", ["p.png", "image/png", "\u0001\u0002"]],
    ];
    expect(received).toEqual([
      common,
      [
        ...common,
        ["papers", ["blob", "application/octet-stream", "a"]],
        ["papers", ["b", "text/plain", "b"]],
      ],
    ]);
  });

  test("bytes of any kind, of the contract's type", async () => {
    const { url, seen } = await serve(done);
    const client = createClient(api, url);
    const octets = Uint8Array.of(1, 255);
    const file = new File([octets], "a.gif", { type: "image/gif" });
    for (const body of [octets, octets.buffer, new Blob([octets]), file, file.stream()])
      await client.put({ body });
    expect(seen.map(({ headers, body }) => [headers["content-type"], ...body])).toEqual(
      Array.from({ length: 5 }, () => ["image/png", 1, 255]),
    );
  });

  test("what its types say", () => {
    const client = createClient(api, "");
    const data = new FormData();
    const wrong = () => [
      // @ts-expect-error a form with files is no query
      client.upload({ body: new URLSearchParams() }),
      // @ts-expect-error a field is text
      client.submit({ body: { a: new Blob() } }),
      // @ts-expect-error bytes are no text
      client.put({ body: "x" }),
      // @ts-expect-error nor a form
      client.put({ body: data }),
      // @ts-expect-error a photo is due
      client.upload({ body: { title: "x" } }),
      // @ts-expect-error and is no text
      client.upload({ body: { title: "x", photo: "x" } }),
    ];
    expect(wrong).toBeTypeOf("function");
  });
});

describe("headers that are set once", () => {
  const headers = z.object({ authorization: z.string(), "x-a": z.optional(z.string()) });
  const api = {
    read: contract({ ...base, method: "GET", headers, examples: { headers: { authorization: "x" } } }),
    two: contract({
      ...base,
      method: "GET",
      headers: z.extend(headers, { "x-b": z.string() }),
      examples: { headers: { authorization: "x", "x-b": "x" } },
    }),
  };

  test("need not be given in each call, and can be", async () => {
    const { url, seen } = await serve(done);
    const client = createClient(api, url, { headers: { Authorization: "one", "X-A": "1" } });
    await client.read();
    await client.two({ headers: { "x-b": "b" } }, { headers: { "x-a": "2" } });
    await client.read(
      { headers: { authorization: "two", "x-a": "3" } },
      { headers: { authorization: "no", "x-a": "no" } },
    );
    const ofEach = seen.map(({ headers }) => [headers.authorization, headers["x-a"], headers["x-b"]]);
    expect(ofEach).toEqual([
      ["one", "1", undefined],
      ["one", "2", "b"],
      ["two", "3", undefined],
    ]);
  });

  test("may come from a function, which is asked before each try", async () => {
    const { url, seen } = await serve((response, count) =>
      count === 1 ? response.writeHead(503, { "retry-after": "0" }).end() : done(response),
    );
    let token = 0;
    const client = createClient(api, url, {
      headers: async () => ({ authorization: `t${++token}`, "x-a": undefined }),
    });
    await client.read();
    await client.read();
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(["t1", "t2", "t3"]);
    expect(seen[0]?.headers).not.toHaveProperty("x-a");
  });

  test.each([new TypeError("no token"), new Error("no token")])(
    "end the call where that throws: %s",
    async (error) => {
      let asked = 0;
      const { url, seen } = await serve(done);
      const client = createClient(api, url, {
        headers: () => {
          asked++;
          throw error;
        },
      });
      await expect(client.read({ headers: { authorization: "x" } })).rejects.toBe(error);
      expect([asked, seen]).toEqual([1, []]);
    },
  );

  test("are typed", () => {
    const none = createClient(api, "");
    const some = createClient(api, "", { headers: { authorization: "x" } });
    const asked = createClient(api, "", { headers: () => ({ authorization: "x" }) });
    const awaited = createClient(api, "", { headers: async () => ({ Authorization: "x" as string }) });
    const perhaps = createClient(api, "", { headers: { authorization: "x" as string | undefined } });
    const optional = createClient(api, "", { headers: {} as { authorization?: string } });
    const any = createClient(api, "", { headers: {} as Record<string, string> });
    type Due = [input: { readonly headers: { readonly authorization: string } }];
    expectTypeOf<[]>().toExtend<Parameters<typeof some.read>>();
    expectTypeOf<[]>().toExtend<Parameters<typeof asked.read>>();
    expectTypeOf<[]>().toExtend<Parameters<typeof awaited.read>>();
    for (const _ of [none.read, perhaps.read, optional.read, any.read]) {
      expectTypeOf<[]>().not.toExtend<Parameters<typeof _>>();
      expectTypeOf<Due>().toExtend<Parameters<typeof _>>();
    }
    expectTypeOf<[]>().not.toExtend<Parameters<typeof some.two>>();
    expectTypeOf<[{ headers: { "x-b": string } }]>().toExtend<Parameters<typeof some.two>>();
    // @ts-expect-error there is no such option
    const wrong = () => createClient(api, "", { header: {} });
    expect(wrong).toBeTypeOf("function");
  });
});

describe("a call with an idempotency-key", () => {
  const Key = z.object({ "idempotency-key": z.string() });
  const examples = { headers: { "idempotency-key": "7" } };
  const pay = contract({ ...base, method: "POST", headers: Key, examples, idempotent: "idempotency-key" });
  const failing = (response: ServerResponse, count: number) =>
    count % 2 === 1 ? response.writeHead(503, { "retry-after": "0" }).end() : done(response);
  const keysOf = (seen: Awaited<ReturnType<typeof serve>>["seen"]) =>
    seen.map(({ headers }) => headers["idempotency-key"]);

  test("is repeated with the same key, and another call has another", async () => {
    const { url, seen } = await serve(failing);
    const client = createClient({ pay }, url);
    expect(await client.pay()).toMatchObject({ ok: true });
    expect(await client.pay()).toMatchObject({ ok: true });
    const [first, second, third, fourth] = keysOf(seen);
    expect(first).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect([second, fourth]).toEqual([first, third]);
    expect(third).not.toBe(first);
  });

  test("has a key also on pages of plain HTTP, where there is no crypto.randomUUID", async () => {
    const { url, seen } = await serve(failing);
    vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
    const client = createClient({ pay }, url);
    await client
      .pay()
      .then(() => client.pay())
      .finally(() => vi.unstubAllGlobals());
    const [first, second, third] = keysOf(seen);
    expect(first).toMatch(/^\d+(-\d+){3}$/);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  test("has the caller's own where that is given", async () => {
    const { url, seen } = await serve(failing);
    await createClient({ pay }, url).pay({ headers: { "idempotency-key": "mine" } });
    await createClient({ pay }, url).pay({}, { headers: { "Idempotency-Key": "its" } });
    await createClient({ pay }, url, { headers: { "idempotency-key": "all" } }).pay();
    expect(keysOf(seen)).toEqual(["mine", "mine", "its", "its", "all", "all"]);
  });

  test("and no other call has one", async () => {
    const { url, seen } = await serve(done);
    const once = contract({
      ...base,
      method: "POST",
      headers: z.object({ "idempotency-key": z.optional(z.string()) }),
    });
    await createClient({ once }, url).once();
    expect(keysOf(seen)).toEqual([undefined]);
  });

  test("is typed, and declared where its headers ask for the key only", () => {
    expectTypeOf<[]>().toExtend<Parameters<ReturnType<typeof createClient<{ pay: typeof pay }>>["pay"]>>();
    const Other = z.object({ key: z.string() });
    const wrong = () => [
      // @ts-expect-error a GET needs none
      contract({ ...base, method: "GET", headers: Key, examples, idempotent: "idempotency-key" }),
      // @ts-expect-error no headers ask for it
      contract({ ...base, method: "POST", idempotent: "idempotency-key" }),
      // @ts-expect-error nor do these
      contract({ ...base, method: "POST", headers: Other, idempotent: "idempotency-key" }),
      // @ts-expect-error there is no such word
      contract({ ...base, method: "POST", headers: Key, idempotent: "key" }),
    ];
    expect(wrong).toBeTypeOf("function");
  });
});

test("a query's types are those of its schema, on both sides of its codecs", () => {
  const query = z.object({
    text: z.string(),
    page: z.coerce.number(),
    ids: z.optional(z.array(z.coerce.number())),
    since: z.coerce.date(),
    day,
    near: z.optional(near),
    on: z._default(z.stringbool(), true),
    oneWay: z.pipe(z.string(), z.transform(Number)),
    any: z.any(),
  });
  const find = contract({
    ...base,
    method: "GET",
    query,
    examples: {
      query: { text: "", page: "1", since: "2026-01-31", day: "2026-01-31", oneWay: "1", any: "" },
    },
  });
  type Query = NonNullable<
    Parameters<ReturnType<typeof createClient<{ find: typeof find }>>["find"]>[0]
  >["query"];
  expectTypeOf<Query["text"]>().toEqualTypeOf<string>();
  expectTypeOf<Query["page"]>().toEqualTypeOf<number | string>();
  expectTypeOf<Query["ids"]>().toEqualTypeOf<readonly (number | string)[] | number[] | undefined>();
  expectTypeOf<Query["since"]>().toEqualTypeOf<Date | string>();
  expectTypeOf<Query["day"]>().toEqualTypeOf<Date | string>();
  expectTypeOf<Query["near"]>().toEqualTypeOf<{ lat: number; lon: number } | string | undefined>();
  expectTypeOf<Query["on"]>().toEqualTypeOf<boolean | string | undefined>();
  expectTypeOf<Query["oneWay"]>().toEqualTypeOf<string>();
  expectTypeOf<{ a: number }>().not.toExtend<Query["any"]>();
  expectTypeOf<[1, "a", null]>().toExtend<Query["any"]>();
});
