import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import * as zod from "zod";
import * as z from "zod/mini";
import type { Contract } from "./contract.ts";
import { findExampleMistake } from "./examples.ts";
import { findContractMistake } from "./mistakes.ts";
import { bytes, type Schema, text } from "./schema.ts";

const declare = (parts: Partial<Contract>): Contract => ({
  method: "GET",
  path: "/x",
  summary: "",
  reply: z.string(),
  ...parts,
});
const mistakeIn = (parts: Partial<Contract>) => findContractMistake({ it: declare(parts) });
const id = z.object({ id: z.string() });

describe("a contract that cannot be kept is refused, with what to change:", () => {
  test.each<[mistake: string, parts: Partial<Contract>, sentence: string]>([
    [
      "a use of a name that a call has",
      { uses: { body: { resource: { kind: "table", name: "notes" }, right: "read" } } },
      "it uses something as body, which a call has by itself: give it another name",
    ],
    [
      "params of another name",
      { path: "/users/{id}", params: z.object({ userId: z.string() }) },
      "its params ask for userId, and /users/{id} has no {userId}",
    ],
    [
      "params of more",
      { path: "/users/{id}", params: z.extend(id, { a: z.optional(z.string()) }) },
      "its params ask for a, and /users/{id} has no {a}",
    ],
    [
      "params of less",
      { path: "/users/{id}/{n}", params: id },
      "/users/{id}/{n} has {n}, and its params leave that out",
    ],
    [
      "a header in capitals",
      { headers: z.object({ "X-Api-Key": z.optional(z.string()) }) },
      "its headers ask for X-Api-Key, and names arrive in lower case: write x-api-key",
    ],
    [
      "a GET with an idempotency-key",
      { headers: z.object({ "idempotency-key": z.string() }), idempotent: "idempotency-key" },
      "a GET may be repeated without an idempotency-key: leave idempotent out",
    ],
    [
      "an idempotency-key that nothing asks for",
      { method: "POST", headers: z.object({ key: z.string() }), idempotent: "idempotency-key" },
      "it is idempotent by its idempotency-key, and its headers do not ask for that: add it to them",
    ],
    [
      "an idempotency-key without headers",
      { method: "POST", idempotent: "idempotency-key" },
      "it is idempotent by its idempotency-key, and its headers do not ask for that: add it to them",
    ],
    [
      "a body of a GET",
      { body: z.string(), example: "" },
      "a GET has no body: ask for a query, or for another method",
    ],
    [
      "a boolean of text",
      { query: z.object({ b: z.optional(z.coerce.boolean()) }) },
      'z.coerce.boolean() makes true of every text, "false" too: write z.stringbool() for b of its query',
    ],
    [
      "a number of text",
      { query: z.object({ page: z._default(z.int(), 1) }) },
      "text arrives, and page of its query is a number: write z.coerce.number()",
    ],
    [
      "a truth value of text",
      { headers: z.object({ "x-on": z.optional(z.boolean()) }) },
      "text arrives, and x-on of its headers is a boolean: write z.stringbool()",
    ],
    [
      "numbers of text",
      { query: z.object({ id: z.optional(z.array(z.number())) }) },
      "text arrives, and id of its query is a number: write z.coerce.number()",
    ],
    [
      "a Date of text",
      { cookies: z.object({ at: z.optional(z.date()) }) },
      "text arrives, and at of its cookies is a date: write z.coerce.date()",
    ],
    [
      "numbers of text in one of several kinds",
      {
        query: z.discriminatedUnion("by", [
          z.object({ by: z.literal("name"), name: z.string() }),
          z.object({ by: z.literal("size"), least: z.number() }),
        ]),
      },
      "text arrives, and least of its query is a number: write z.coerce.number()",
    ],
    [
      "truth values of text in both halves",
      { query: z.intersection(z.object({ a: z.string() }), z.object({ b: z.coerce.boolean() })) },
      'z.coerce.boolean() makes true of every text, "false" too: write z.stringbool() for b of its query',
    ],
    [
      "numbers of text by any name",
      { query: z.record(z.string(), z.number()) },
      "text arrives, and each field of its query is a number: write z.coerce.number()",
    ],
    ["a tag that is none", { tag: " " }, "its tag is empty: give it a name, or leave it out"],
    [
      "headers of a status that it does not have",
      { replyHeaders: { 201: { location: "Where it is" } } },
      "its replyHeaders have the status 201, and it has neither a reply nor a problem of that",
    ],
    [
      "headers of a reply in capitals",
      { replyHeaders: { 200: { Location: "Where it is" } } },
      "its replyHeaders have Location, and names are in lower case: write location",
    ],
    [
      "no name of a header",
      { replyHeaders: { 200: { "a b": "What it is" } } },
      '"a b" of its replyHeaders is no name of a header',
    ],
    [
      "a content type beside that of the schema",
      { replyHeaders: { 200: { "content-type": "What it is" } } },
      "the schema of a reply gives its content-type: take it out of the replyHeaders",
    ],
    [
      "a body where there is none",
      { reply: { 204: z.object({}) } },
      "a reply of status 204 has no body: write null for its schema",
    ],
    [
      "text where there is none",
      { reply: { 200: z.string(), 304: text() } },
      "a reply of status 304 has no body: write null for its schema",
    ],
    [
      "a status that does not end",
      { reply: { 100: null } },
      "it has a reply of status 100, and one that ends a request is 200 to 599",
    ],
    ["no reply", { reply: undefined as never }, "it has no reply"],
    ["a reply that is text", { reply: "text" as never }, "it has no reply"],
    ["replies of no status", { reply: {} }, "it has no reply"],
    [
      "a reply of a name",
      { reply: { ok: z.string() } as never },
      "it has a reply of status ok, and one that ends a request is 200 to 599",
    ],
    [
      "a reply that is no schema",
      { reply: { 200: "text" as never } },
      "its reply 200 is no schema, nor null for one without a body",
    ],
    ["a query that is no schema", { query: { q: z.string() } as never }, "its query is no schema"],
    ["a body that is none", { method: "POST", body: 7 as never }, "its body is no schema"],
    [
      "a problem that is none",
      { problems: { fine: { status: 200, title: "" } } },
      "its problem fine has the status 200, and a problem's is 400 to 599",
    ],
    [
      "a problem of half a status",
      { problems: { fine: { status: 400.5, title: "" } } },
      "its problem fine has the status 400.5, and a problem's is 400 to 599",
    ],
    [
      "a problem of the gateway's",
      { problems: { "not-found": { status: 404, title: "" } } },
      "its problem not-found is one of the gateway's own: call it something else",
    ],
    [
      "a problem of an odd name",
      { problems: { "not found": { status: 404, title: "" } } },
      'its problem "not found" is part of a URN: use letters, digits and dashes',
    ],
  ])("%s", (_, parts, sentence) => {
    expect(mistakeIn(parts)).toBe(`The contract it cannot be kept: ${sentence}.`);
  });

  test.each<[library: string, headers: Schema]>([
    ["zod", zod.object({ "X-A": zod.string() })],
    ["zod, strict", zod.strictObject({ "X-A": zod.string().optional() })],
    ["a union", z.union([id, z.object({ "X-A": z.optional(z.string()) })])],
    ["an intersection", zod.intersection(id, zod.object({ "X-A": zod.string().optional() }))],
    [
      "what is read on",
      z.pipe(
        z.object({ "X-A": z.optional(z.string()) }),
        z.transform(() => 1),
      ),
    ],
    ["what takes its time", z.object({ "X-A": z.string().check(z.refine(async () => true)) })],
    ["valibot", v.object({ "X-A": v.optional(v.string()) })],
    ["arktype", type({ "X-A?": "string" })],
  ])("in the words of any library: %s", (_, headers) => {
    expect(mistakeIn({ headers })).toContain("X-A, and names arrive in lower case: write x-a");
  });

  test("a route that cannot be, in the words of the route's own rule", () => {
    expect(mistakeIn({ path: "/users/{id}.json" })).toBe(
      'The contract it: "/users/{id}.json" is not a path: "{id}.json" is neither letters, digits and -._~ nor a parameter such as {id}.',
    );
    expect(mistakeIn({ method: "HEAD" as never })).toContain('The contract it: "HEAD" is not a method');
  });

  test("the first of several, by the name of its contract", () => {
    const contracts = { one: declare({}), two: declare({ reply: {} }), three: declare({ path: "/{" }) };
    expect(findContractMistake(contracts)).toBe("The contract two cannot be kept: it has no reply.");
  });

  test.each([
    ["draw-2", "draw2", "draw2"],
    ["a-bc", "aBc", "aBc"],
  ])("two names that are one for clients: %s and %s", (one, other, call) => {
    const contracts = { [one]: declare({}), x: declare({ path: "/y" }), [other]: declare({ path: "/z" }) };
    expect(findContractMistake(contracts)).toBe(
      `The contracts ${one} and ${other} are both ${call} for clients: call one of them something else.`,
    );
    expect(
      findContractMistake({ [one]: declare({}), [`${other}s`]: declare({ path: "/z" }) }),
    ).toBeUndefined();
  });
});

describe("a contract that can be kept is not:", () => {
  test.each<[what: string, parts: Partial<Contract>]>([
    ["nothing but a reply", {}],
    ["a reply of arktype", { reply: type({ n: "number" }) }],
    ["the path alone", { path: "/" }],
    ["params of a record", { path: "/users/{id}", params: z.record(z.string(), z.string()) }],
    ["params of valibot", { path: "/users/{id}", params: v.object({ id: v.string() }) }],
    ["params of arktype", { path: "/users/{id}", params: type({ id: "string" }) }],
    [
      "params that become something else",
      {
        path: "/users/{id}",
        params: z.pipe(
          id,
          z.transform(({ id }) => Number(id)),
        ),
      },
    ],
    ["a greedy parameter", { path: "/files/{path+}", params: z.object({ path: z.string() }) }],
    [
      "a schema that throws",
      {
        query: {
          "~standard": {
            version: 1,
            vendor: "x",
            validate: () => {
              throw new Error("no");
            },
          },
        },
      },
    ],
    ["a truth value", { query: z.object({ b: z.stringbool() }) }],
    [
      "numbers that are read of text",
      {
        query: z.object({
          a: z.coerce.number(),
          b: z.array(z.coerce.number()),
          c: z.pipe(z.transform(Number), z.number()),
          d: z.union([z.number(), z.string()]),
        }),
      },
    ],
    ["a number in a body", { method: "POST", body: z.object({ n: z.number() }), example: { n: 1 } }],
    ["a boolean in a body", { method: "POST", body: z.object({ b: z.coerce.boolean() }), example: { b: 1 } }],
    ["a DELETE with a body", { method: "DELETE", body: z.string(), example: "" }],
    ["replies without bodies", { reply: { 204: null, 304: null, 202: null } }],
    [
      "a problem of its own",
      { problems: { "user-not-found": { status: 404, title: "" }, full: { status: 507, title: "" } } },
    ],
  ])("%s", (_, parts) => {
    expect(mistakeIn(parts)).toBeUndefined();
  });
});

describe("examples that would be refused are refused where they are written:", () => {
  const q = z.object({ q: z.string("Give q."), tag: z.optional(z.array(z.enum(["a"], "Give a."))) });
  const exampleMistakeIn = (parts: Partial<Contract>) => findExampleMistake({ it: declare(parts) });

  test.each<[mistake: string, parts: Partial<Contract>, sentence: string]>([
    ["none of the query", { query: q }, "examples.query that its schema takes. q: Give q."],
    [
      "a wrong one",
      { query: q, examples: { query: { q: "x", tag: ["b"] } } },
      "examples.query that its schema takes. tag: 0: Give a.",
    ],
    [
      "none of the headers",
      { headers: z.object({ authorization: z.string("Say who calls.") }) },
      "examples.headers that its schema takes. authorization: Say who calls.",
    ],
    [
      "none of the cookies",
      { cookies: z.object({ session: z.string("Log in.") }) },
      "examples.cookies that its schema takes. session: Log in.",
    ],
    [
      "none of the path",
      { path: "/x/{id}", params: z.object({ id: z.coerce.number("Give a number.") }) },
      "examples.params that its schema takes. id: Give a number.",
    ],
    [
      "an empty list of the query, which is not sent",
      { query: z.object({ tag: z.array(z.string(), "Give a tag.") }), examples: { query: { tag: [] } } },
      "examples.query that its schema takes. tag: Give a tag.",
    ],
    ["no body", { body: z.optional(z.string()) }, "an example that its body takes. It has none."],
    [
      "a body that JSON lacks",
      { body: zod.coerce.bigint(), example: 7n },
      "an example that its body takes. JSON cannot say it.",
    ],
    [
      "a body that JSON changes",
      { body: z.object({ n: z.nan("Give none.") }), example: { n: Number.NaN } },
      "an example that its body takes. n: Give none.",
    ],
    [
      "a schema that throws",
      {
        body: {
          "~standard": {
            version: 1,
            vendor: "x",
            validate: () => {
              throw new Error("no");
            },
          },
        },
        example: "",
      },
      "an example that its body takes. It throws: Error: no",
    ],
    [
      "a body of another type",
      { body: z.int("Give a number."), example: "x" },
      "an example that its body takes. Give a number.",
    ],
    [
      "bytes that are none",
      { body: bytes("image/png"), example: "x" },
      "an example that its body takes. Give a body of image/png.",
    ],
  ])("%s", (_, parts, sentence) => {
    expect(exampleMistakeIn(parts)).toBe(`The contract it needs ${sentence}`);
  });

  const any = z.record(z.string(), z.string());
  test.each<[what: string, parts: Partial<Contract>, header: string]>([
    ["an empty header", { headers: any, examples: { headers: { a: "" } } }, '"a: "'],
    ["spaces around one", { headers: any, examples: { headers: { a: " b" } } }, '"a:  b"'],
    ["two lines", { headers: any, examples: { headers: { a: "b\nc: d" } } }, '"a: b\\nc: d"'],
    ["more than ASCII", { headers: any, examples: { headers: { a: "é" } } }, '"a: é"'],
    ["two cookies in one", { cookies: any, examples: { cookies: { a: "b; c=d" } } }, '"a: b; c=d"'],
  ])("what no header can be: %s", (_, parts, header) => {
    expect(exampleMistakeIn(parts)).toBe(`The contract it needs other examples: no header can be ${header}.`);
  });

  test("a segment that a URL cannot have", () => {
    expect(exampleMistakeIn({ path: "/x/{id}", examples: { params: { id: ".." } } })).toContain(
      "needs other examples.params",
    );
  });

  test.each<[what: string, parts: Partial<Contract>]>([
    ["none is needed", { query: z.object({ q: z.optional(z.string()) }), path: "/x/{id}" }],
    ["the names of the path's parameters will do", { path: "/x/{id}", params: z.object({ id: z.string() }) }],
    [
      "curl sends what is needed by itself",
      {
        headers: z.object({ host: z.string(), "content-type": z.literal("application/json") }),
        body: z.string(),
        example: "",
      },
    ],
    [
      "the body's own type is another one",
      {
        headers: z.object({ "content-type": z.literal("application/vnd.api+json") }),
        examples: { headers: { "content-type": "application/vnd.api+json" } },
        body: z.string(),
        example: "",
      },
    ],
    ["JSON makes text of it", { body: z.object({ at: zod.coerce.date() }), example: { at: new Date(0) } }],
    ["they are right", { query: q, examples: { query: { q: "x", tag: ["a"] } } }],
    [
      "the schema takes its time",
      {
        query: z.object({ q: z.string().check(z.refine(async () => false)) }),
        examples: { query: { q: "x" } },
      },
    ],
  ])("but not where %s", (_, parts) => {
    expect(exampleMistakeIn(parts)).toBeUndefined();
  });
});
