import * as v from "valibot";
import { describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import type { Contract } from "../contract/contract.ts";
import type { Schema } from "../contract/schema.ts";
import { recorded } from "../testing/recorded.ts";
import { context, invoke, type TestReply } from "../testing/testing.ts";
import { lambda } from "./lambda.ts";

const take = (parts: Partial<Contract>): Contract => ({
  method: "POST",
  path: "/lucky_numbers",
  summary: "",
  example: 1,
  maxBodyBytes: 1_000_000,
  reply: z.string(),
  ...parts,
});
const send = (parts: Partial<Contract>, body: unknown, change: Record<string, unknown> = {}) =>
  invoke(
    lambda(take(parts), () => "ran"),
    { body: JSON.stringify(body), ...change },
  );
const sizeOf = ({ result }: TestReply) => Buffer.byteLength(JSON.stringify(result));

describe("a refusal is of a few kilobytes, whatever was sent:", () => {
  const Tree: z.ZodMiniType = z.record(
    z.string(),
    z.lazy(() => Tree),
  );
  const nested = (name: string, depth: number) =>
    Array.from({ length: depth }).reduce((inner: unknown) => ({ [name]: inner, b: 1, c: 2 }), 1);
  const wide = (name: string) =>
    Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`${name}${i}`, i]));
  const strict = z.strictObject(
    { known: z.optional(z.string()) },
    {
      error: (issue) => (issue.code === "unrecognized_keys" ? `Leave out ${issue.keys}.` : undefined),
    },
  );
  const told: Schema = {
    "~standard": {
      version: 1,
      vendor: "test",
      validate: (value) => ({ issues: [{ message: `not ${JSON.stringify(value)}`, path: ["x"] }] }),
    },
  };
  test.each<[what: string, schema: Schema, body: unknown]>([
    ["120 nested keys of 500 spaces", Tree, nested(" ".repeat(500), 120)],
    ["120 nested keys of odd letters", Tree, nested("é🍀~/".repeat(80), 120)],
    ["unknown keys", strict, wide("x".repeat(100))],
    ["unknown keys of control characters", strict, wide("\u0001".repeat(90))],
    ["fields that are all wrong", z.record(z.string(), z.string()), wide("\u0001".repeat(90))],
    ["half of a surrogate", z.record(z.string(), z.string()), { [`${"x".repeat(254)}🍀🍀`]: 1 }],
    ["a message that repeats the value", told, "x".repeat(60_000)],
  ])("%s", async (_, body, value) => {
    const reply = await send({ body }, value);
    expect(reply.status).toBe(422);
    expect(reply.body.errors.length).toBeGreaterThan(0);
    expect(sizeOf(reply)).toBeLessThan(12_000);
    for (const { pointer } of reply.body.errors) expect(decodeURIComponent(pointer)).toMatch(/^#/);
  });

  test("in every part at once", async () => {
    const names = z.record(z.string(), z.int());
    const query = Object.keys(wide("é".repeat(50)))
      .map((name) => `${encodeURIComponent(name)}=x`)
      .join("&");
    const headers = Object.fromEntries(Object.keys(wide("h".repeat(90))).map((name) => [name, "x"]));
    const event = recorded("http", {
      rawQueryString: query,
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(wide("b".repeat(90))),
    });
    const parts = { query: names, headers: names, body: z.record(z.string(), z.string()) };
    const reply = await invoke(
      lambda(take(parts), () => "ran"),
      event,
    );
    expect(reply.status).toBe(422);
    expect(reply.body.errors.length).toBeLessThanOrEqual(20);
    expect(sizeOf(reply)).toBeLessThan(12_000);
  });

  test("and of what is wrong in few words nothing is left out", async () => {
    const fields = Array.from({ length: 20 }, (_, index) => `field${index}`);
    const body = z.object(Object.fromEntries(fields.map((name) => [name, z.string()])));
    expect((await send({ body }, {})).body.errors).toHaveLength(20);
  });
});

describe("a value that is none of a union is told of the branch that it is nearest to:", () => {
  const circle = z.object({ kind: z.literal("circle"), radius: z.number("Give a radius.") });
  const square = z.object({
    kind: z.literal("square"),
    side: z.number("Give a side."),
    color: z.enum(["red", "blue"]),
  });
  const kinds = z.discriminatedUnion("kind", [circle, square]);
  const union = z.union([circle, square]);
  const errorsOf = async (body: Schema, value: unknown) =>
    (await send({ body }, value)).body.errors.map((error: { pointer: string }) => error.pointer);

  test.each<[what: string, schema: Schema, value: unknown, pointers: string[]]>([
    ["by its kind", kinds, { kind: "circle", radius: "x" }, ["#/radius"]],
    ["no kind that there is", kinds, { kind: "line" }, ["#/kind"]],
    ["by a literal", union, { kind: "circle", radius: "x" }, ["#/radius"]],
    ["by a literal that a later branch has", union, { kind: "square", side: 1, color: "pink" }, ["#/color"]],
    ["by its type", z.union([z.string(), square]), { kind: "square", side: 1 }, ["#/color"]],
    [
      "by the fewest mistakes",
      z.union([z.object({ a: z.int(), b: z.int() }), z.object({ a: z.int() })]),
      { c: 1 },
      ["#/a"],
    ],
    ["none by its type", z.union([z.string(), z.number()]), true, ["#"]],
    ["none by its literals", union, { kind: "line", radius: 1, side: 1, color: "red" }, ["#"]],
    [
      "in a field",
      z.object({ shapes: z.array(union) }),
      { shapes: [{ kind: "circle" }] },
      ["#/shapes/0/radius"],
    ],
    [
      "in a union",
      z.union([z.int(), z.object({ one: union })]),
      { one: { kind: "circle" } },
      ["#/one/radius"],
    ],
    ["of another library", v.union([v.string(), v.number()]), true, ["#"]],
  ])("%s", async (_, schema, value, pointers) => {
    expect(await errorsOf(schema, value)).toEqual(pointers);
  });

  test("in the schema's own words", async () => {
    const { body } = await send({ body: union }, { kind: "circle", radius: "x" });
    expect(body.errors).toEqual([{ pointer: "#/radius", detail: "Give a radius." }]);
  });
});

describe("a contract that asks for the header authorization", () => {
  const authorization = z.string().check(z.startsWith("Bearer "));
  const headers = z.object({ authorization, "x-count": z.optional(z.coerce.number()) });
  const body = z.object({ n: z.int() });
  const call = (
    given: Record<string, string>,
    json: string,
    parts: Partial<Contract> = { headers, body },
  ) => {
    const event = recorded("http", { headers: { "content-type": "application/json", ...given }, body: json });
    return invoke(
      lambda(take(parts), () => "ran"),
      event,
    );
  };
  test.each([{}, { authorization: "Basic x" }, { "x-count": "x" }])("refuses %j with 401", async (given) => {
    const reply = await call(given, '{"n":1}');
    expect(reply).toMatchObject({
      status: 401,
      headers: { "www-authenticate": "Bearer", "content-type": "application/problem+json" },
      body: { type: "urn:problem:unauthenticated", detail: "Send a valid header authorization." },
    });
    expect(reply.body.errors).toBeUndefined();
  });

  test.each([
    ["that is no JSON", '{"n":', {}],
    ["that is wrong", '{"n":"x"}', {}],
    ["that is missing", "", {}],
    ["that is too large", `"${"x".repeat(1_000_000)}"`, {}],
    ["of another type", '{"n":1}', { "content-type": "text/plain" }],
  ])("says nothing of a body %s", async (_, json, given) => {
    const event = recorded("http", { headers: { "content-type": "application/json", ...given }, body: json });
    const handler = lambda(take({ headers, body }), () => "ran");
    const parse = vi.spyOn(JSON, "parse");
    expect(await handler(event, context)).toMatchObject({ statusCode: 401 });
    expect(parse).not.toHaveBeenCalled();
  });

  test("and is given it tells the rest, with what is wrong elsewhere", async () => {
    const bearer = { authorization: "Bearer x" };
    expect(await call(bearer, '{"n":1}')).toMatchObject({ status: 200 });
    expect(await call(bearer, '{"n":')).toMatchObject({ status: 400 });
    const { status, body } = await call({ ...bearer, "x-count": "x" }, '{"n":"x"}');
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ in: "header", pointer: "#/x-count" }, { pointer: "#/n" }]);
  });

  test("but does not need it runs without", async () => {
    const optional = z.object({ authorization: z.optional(authorization) });
    expect(await call({}, '{"n":1}', { headers: optional, body })).toMatchObject({ status: 200 });
    expect(await call({ authorization: "x" }, "1", { headers: optional, body })).toMatchObject({
      status: 401,
    });
  });

  test("in any library's words, and of no other part", async () => {
    expect(await call({}, "1", { headers: v.object({ authorization: v.string() }) })).toMatchObject({
      status: 401,
    });
    const query = z.object({ authorization: z.string() });
    const other = z.object({ "x-other": z.string() });
    expect(await call({}, "1", { query, headers: other })).toMatchObject({ status: 422 });
  });
});
