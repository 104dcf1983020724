import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import type { Contract } from "../contract/contract.ts";
import { form } from "../contract/form.ts";
import { multipart } from "../contract/multipart.ts";
import { oneOf } from "../contract/one-of.ts";
import type { Schema } from "../contract/schema.ts";
import { findBodyFault } from "./body-fault.ts";
import { toOpenApi } from "./openapi.ts";

const declare = (body: Schema, example: unknown): Contract => ({
  method: "POST",
  path: "/x",
  summary: "",
  body,
  example,
  reply: { 204: null },
});
/** The operation of a contract, in a document that is valid. */
async function operationOf(contract: Contract) {
  const document = toOpenApi({ it: contract }, { title: "x", version: "1", server: "/" });
  expect(await new Validator().validate(JSON.parse(JSON.stringify(document)))).toMatchObject({ valid: true });
  return JSON.parse(JSON.stringify(document)).paths["/x"].post;
}
const Person = z.object({ name: z.string() });
const described = { type: "object", properties: { name: { type: "string" } }, required: ["name"] };

test("a form is described as its schema is, with its example", async () => {
  const { requestBody } = await operationOf(declare(form(Person), { name: "a" }));
  expect(requestBody).toEqual({
    required: true,
    content: { "application/x-www-form-urlencoded": { schema: described, example: { name: "a" } } },
  });
});

test("files are binary, each with the types that it may have", async () => {
  const photo = { name: "a.png", type: "image/png", bytes: new Uint8Array() };
  const files = {
    photo: { types: ["image/png"] },
    scan: { types: ["image/*", "application/pdf"], optional: true },
    papers: { atMost: 3 },
    notes: { types: ["text/plain"], atMost: 2, optional: true },
  } as const;
  const { requestBody } = await operationOf(
    declare(multipart(z.extend(Person, { tags: z.optional(z.array(z.string())) }), { files }), {
      name: "a",
      photo,
      papers: [photo],
    }),
  );
  const binary = { type: "string", format: "binary", contentMediaType: "application/octet-stream" };
  expect(requestBody).toEqual({
    required: true,
    content: {
      "multipart/form-data": {
        schema: {
          ...described,
          properties: {
            ...described.properties,
            tags: { type: "array", items: { type: "string" } },
            photo: { ...binary, contentMediaType: "image/png" },
            scan: binary,
            papers: { type: "array", items: binary, minItems: 1, maxItems: 3 },
            notes: { type: "array", items: { ...binary, contentMediaType: "text/plain" }, maxItems: 2 },
          },
          required: ["name", "photo", "papers"],
        },
        encoding: {
          photo: { contentType: "image/png" },
          scan: { contentType: "image/*, application/pdf" },
          notes: { contentType: "text/plain" },
        },
        example: { name: "a", photo: "<a.png>", papers: ["<a.png>"] },
      },
    },
  });
});

test("a field that is a list is sent by its name again and again", async () => {
  const Topics = z.array(z.string());
  z.globalRegistry.add(Topics, { id: "Topics" });
  const body = form(z.object({ topics: Topics, tags: z.optional(z.array(z.string())), name: z.string() }));
  const { requestBody } = await operationOf(declare(body, { topics: [], name: "a" }));
  expect(requestBody.content["application/x-www-form-urlencoded"].encoding).toEqual({
    topics: { style: "form", explode: true },
    tags: { style: "form", explode: true },
  });
});

test("a form with files has each of its fields, whatever schema they are of, and is as strict as that", async () => {
  const One = z.object({ kind: z.literal("one"), a: z.string() });
  z.globalRegistry.add(One, { id: "FormOfOne" });
  const files = { f: { optional: true } } as const;
  const kinds = z.union([One, z.object({ kind: z.literal("two"), b: z.string() })]);
  const schemaOf = async (texts: Schema, example: object) => {
    const { requestBody } = await operationOf(declare(multipart(texts, { files }), example));
    return requestBody.content["multipart/form-data"].schema;
  };
  const union = await schemaOf(kinds, { kind: "one", a: "x" });
  expect(Object.keys(union.properties)).toEqual(["kind", "a", "b", "f"]);
  expect(union.required).toEqual(["kind"]);
  expect(await schemaOf(One, { kind: "one", a: "x" })).toMatchObject({ required: ["kind", "a"] });
  expect(await schemaOf(z.strictObject({}), {})).toHaveProperty("additionalProperties", false);
  const Loose = z.looseObject({});
  expect(await schemaOf(z.union([One, Loose]), {})).toHaveProperty("additionalProperties", {});
});

test("each of several types is described, the example with the first", async () => {
  const { requestBody, responses } = await operationOf(declare(oneOf(form(Person), Person), { name: "a" }));
  expect(requestBody.content).toEqual({
    "application/x-www-form-urlencoded": { schema: described, example: { name: "a" } },
    "application/json": { schema: described },
  });
  expect(responses["400"].description).toContain("The body is not JSON.");
  const { responses: without } = await operationOf(declare(form(Person), { name: "a" }));
  expect(without["400"].description).not.toContain("The body is not JSON.");
});

test("a form of which nothing is required may be left out", async () => {
  const { requestBody } = await operationOf(declare(form(z.object({ a: z.optional(z.string()) })), {}));
  expect(requestBody.required).toBe(false);
});

test("a form is refused for what no text can be", () => {
  for (const body of [form(z.object({ at: z.date() })), oneOf(Person, form(z.object({ at: z.date() })))])
    expect(findBodyFault({ write: declare(body, {}) })).toContain("The body of write: #/at is a Date");
});
