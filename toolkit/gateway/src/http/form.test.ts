import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod/mini";
import { contract } from "../contract/contract.ts";
import { form } from "../contract/form.ts";
import { oneOf } from "../contract/one-of.ts";
import { bytes, type Schema, text } from "../contract/schema.ts";
import { recorded } from "../testing/recorded.ts";
import { invoke } from "../testing/testing.ts";
import type { Call } from "./call.ts";
import { lambda } from "./lambda.ts";

const TYPE = "application/x-www-form-urlencoded";
const Person = z.object({
  name: z.string(),
  tags: z.optional(z.array(z.string())),
  age: z.optional(z.coerce.number()),
});
const declare = <S extends Schema>(body: S) =>
  ({ method: "POST", path: "/lucky_numbers", summary: "", body, example: {}, reply: z.unknown() }) as const;
const handlerOf = (body: Schema) =>
  lambda(declare(body), ({ body: value = null }) => (value instanceof Uint8Array ? [...value] : value));
const send = (schema: Schema, body: string, type: string | undefined = TYPE, isBase64Encoded = false) =>
  invoke(handlerOf(schema), {
    headers: { host: "api.example.com", ...(type && { "content-type": type }) },
    body: isBase64Encoded ? Buffer.from(body, "latin1").toString("base64") : body,
    isBase64Encoded,
  });

describe("a form", () => {
  test.each(["http", "function-url", "rest", "alb", "alb-multi-value"])("is read from %s", async (name) => {
    const { headers, multiValueHeaders } = recorded(name);
    const change = {
      ...(headers !== undefined && { headers: { host: "x", "Content-Type": TYPE } }),
      ...(multiValueHeaders !== undefined && {
        multiValueHeaders: { host: ["x"], "Content-Type": [TYPE] },
      }),
      body: Buffer.from("name=Zo%C3%AB+%26+Ada&tags=a&age=7").toString("base64"),
      isBase64Encoded: true,
    };
    const reply = await invoke(handlerOf(form(Person)), recorded(name, change));
    expect(reply).toMatchObject({ status: 200, body: { name: "Zoë & Ada", tags: ["a"], age: 7 } });
  });

  test.each([
    ["name=a", { name: "a" }],
    ["name=a&tags=b", { name: "a", tags: ["b"] }],
    ["tags=b&name=a&tags=c&tags=", { name: "a", tags: ["b", "c", ""] }],
    ["name=100%&other=1&__proto__=x", { name: "100%" }],
    ["name", { name: "" }],
    ["name=a%00b", { name: "a\0b" }],
    ["&&name=a=b+c&&", { name: "a=b c" }],
    ["?name=x&name=a", { name: "a" }],
  ])("has fields as a query has them: %s", async (body, value) => {
    expect(await send(form(Person), body)).toMatchObject({ status: 200, body: value });
  });

  test("has lists where a schema of another library wants them", async () => {
    const schema = form(v.object({ tags: v.array(v.string()) }));
    expect((await send(schema, "tags=a")).body).toEqual({ tags: ["a"] });
  });

  test.each([
    ["name=a&name=b", "#/name"],
    ["tags=a", "#/name"],
    ["name=a&age=x", "#/age"],
  ])("that breaks its schema is a 422: %s", async (body, pointer) => {
    expect(await send(form(Person), body)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });

  test.each([TYPE.toUpperCase(), `${TYPE}; charset=UTF-8`, `${TYPE};charset="utf8"`])(
    "may be of type %s",
    async (type) => {
      expect(await send(form(Person), "name=a", type)).toMatchObject({ status: 200 });
    },
  );

  test.each(["application/json", `${TYPE}; charset=iso-8859-1`, "multipart/form-data; boundary=x", ""])(
    "of type %j is a 415, with the curl that works",
    async (type) => {
      const reply = await send(form(Person), "name=a", type);
      expect(reply).toMatchObject({ status: 415, headers: { accept: TYPE } });
      expect(reply.body.detail).toMatch(/^Send it like this: curl -d '' https/);
    },
  );

  test.each([["name=Zo%EB"], ["%ff=1"], ["name=%c3"]])("that is not UTF-8 is a 400: %s", async (body) => {
    const reply = await send(form(Person), body);
    expect(reply).toMatchObject({ status: 400, body: { type: "urn:problem:malformed-body" } });
  });

  test("of raw octets that are not UTF-8 is a 400", async () => {
    expect(await send(form(Person), "name=\xff", TYPE, true)).toMatchObject({ status: 400 });
  });

  test("that is compressed is a 415", async () => {
    const event = { headers: { "content-type": TYPE, "content-encoding": "gzip" }, body: "name=a" };
    const reply = await invoke(handlerOf(form(Person)), event);
    expect(reply).toMatchObject({ status: 415, headers: { "accept-encoding": "identity" } });
  });

  test("may be missing where nothing in it is required, and else is a 400", async () => {
    expect(await send(form(z.object({ a: z.optional(z.string()) })), "")).toMatchObject({
      body: {},
      status: 200,
    });
    const reply = await send(form(Person), "");
    expect(reply).toMatchObject({ status: 400, body: { type: "urn:problem:missing-body" } });
  });

  test("is held to the limit of the contract", async () => {
    expect(await send(form(Person), `name=${"x".repeat(65_531)}`)).toMatchObject({ status: 200 });
    expect(await send(form(Person), `name=${"x".repeat(65_532)}`)).toMatchObject({ status: 413 });
  });

  test("is typed as its schema is", () => {
    const typed = contract({ ...declare(form(Person)), example: { name: "a", tags: ["b"], age: "7" } });
    expectTypeOf<Call<typeof typed>["body"]>().toEqualTypeOf<z.output<typeof Person>>();
    // @ts-expect-error a field of another type
    contract({ ...declare(form(Person)), example: { name: 1 } });
  });
});

test("a form is what URLSearchParams sends, whatever is in it", async () => {
  const text = fc.string({ unit: "grapheme" });
  const name = text.filter((each) => each !== "__proto__"); // which a record leaves out
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, fc.array(text, { minLength: 2 })), async (fields) => {
      const pairs = Object.entries(fields).flatMap(([name, values]) =>
        values.map((value): [string, string] => [name, value]),
      );
      const { body } = await send(
        form(z.record(z.string(), z.unknown())),
        String(new URLSearchParams(pairs)),
      );
      expect(body).toEqual({ ...fields });
    }),
  );
});

describe("a body of several types", () => {
  const any = oneOf(Person, form(Person), text("text/csv"), bytes("image/png"));

  test.each([
    ["application/json", '{"name":"a"}', { name: "a" }],
    ["application/vnd.api+json", '{"name":"a"}', { name: "a" }],
    [TYPE, "name=a&tags=b", { name: "a", tags: ["b"] }],
    ["text/csv; charset=utf-8", "a,b", "a,b"],
    ["image/png", "abc", [97, 98, 99]],
  ])("is what its content type says: %s", async (type, body, value) => {
    expect(await send(any, body, type)).toMatchObject({ status: 200, body: value });
  });

  test.each(["text/plain", "application/json; charset=utf-16", "", undefined])(
    "of type %j is a 415 that lists all, with the curl for the first",
    async (type) => {
      const headers = { host: "x", ...(type !== undefined && { "content-type": type }) };
      const reply = await invoke(handlerOf(any), { headers, body: "a" });
      expect(reply.status).toBe(415);
      expect(reply.headers.accept).toBe(`application/json, ${TYPE}, text/csv, image/png`);
      expect(reply.body.detail).toContain("curl -H 'content-type: application/json' -d '{}' https://x/");
    },
  );

  test("is the first in an event by hand", async () => {
    expect(await invoke(handlerOf(any), { body: '{"name":"a"}' })).toMatchObject({ body: { name: "a" } });
    expect(await invoke(handlerOf(oneOf(form(Person), Person)), { body: "name=a" })).toMatchObject({
      body: { name: "a" },
    });
  });

  test("is refused as its type is refused", async () => {
    expect(await send(any, "{", "application/json")).toMatchObject({ status: 400 });
    expect(await send(any, "tags=a", TYPE)).toMatchObject({ status: 422 });
    expect(await send(any, "{}", "application/json")).toMatchObject({ status: 422 });
    expect(await send(any, "", "application/json")).toMatchObject({ status: 400 });
  });

  test("is typed: any for the function, the first for who sends it", () => {
    const typed = contract({ ...declare(oneOf(Person, text("text/csv"))), example: { name: "a" } });
    expectTypeOf<Call<typeof typed>["body"]>().toEqualTypeOf<z.output<typeof Person> | string>();
    // @ts-expect-error not the first
    contract({ ...declare(oneOf(Person, text("text/csv"))), example: "a,b" });
  });
});
