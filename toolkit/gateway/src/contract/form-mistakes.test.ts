import { expect, test } from "vitest";
import * as z from "zod/mini";
import type { Contract } from "./contract.ts";
import { findExampleMistake } from "./examples.ts";
import { form } from "./form.ts";
import { findContractMistake } from "./mistakes.ts";
import { multipart } from "./multipart.ts";
import { oneOf } from "./one-of.ts";
import { type Schema, text } from "./schema.ts";

const declare = (parts: Partial<Contract>): Contract => ({
  method: "POST",
  path: "/x",
  summary: "",
  reply: z.string(),
  ...parts,
});
const file = (content: string, type = "image/png") => ({
  name: "a",
  type,
  bytes: new TextEncoder().encode(content),
});
const Upload = multipart(z.object({ a: z.string() }), {
  files: { f: { types: ["image/*"], maxBytes: 2, atMost: 2 } },
});

test.each<[what: string, body: Schema, example: unknown, mistake: string | undefined]>([
  ["a form", form(z.object({ a: z.coerce.number() })), { a: 1 }, undefined],
  ["a number that arrives as text", form(z.object({ a: z.number() })), { a: 1 }, "a: Invalid input"],
  [
    "what is left out",
    form(z.object({ a: z.optional(z.string().check(z.maxLength(1))) })),
    { a: undefined },
    undefined,
  ],
  ["null, which is left out", form(z.object({ a: z.nullish(z.enum(["x"])) })), { a: null }, undefined],
  ["a field that is missing", form(z.object({ a: z.string() })), {}, "a: Invalid input"],
  ["files", Upload, { a: "x", f: [file("x"), file("xx", "IMAGE/gif; x=y")] }, undefined],
  ["no file", Upload, { a: "x" }, "f: Send a file."],
  ["a file of another type", Upload, { a: "x", f: [file("x", "text/plain")] }, "f: Send image/*."],
  ["a file that is too large", Upload, { a: "x", f: [file("xxx")] }, "f: Send at most 2 bytes."],
  ["too many files", Upload, { a: "x", f: Array(3).fill(file("x")) }, "f: Send at most 2 files."],
  ["the first of several", oneOf(form(z.object({ a: z.number() })), text()), { a: 1 }, "a: Invalid input"],
])("an example is held to what arrives of it: %s", (_, body, example, mistake) => {
  const found = findExampleMistake({ it: declare({ body, example }) });
  if (mistake === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(`The contract it needs an example that its body takes. ${mistake}`);
});

test.each<[what: string, parts: Partial<Contract>, mistake: string]>([
  [
    "one type with other parameters",
    { body: oneOf(text("text/plain"), text("text/plain; charset=utf-8")) },
    "its body has text/plain twice",
  ],
  ["twice JSON", { body: oneOf(z.string(), z.number()) }, "its body has application/json twice"],
  [
    "a truth value that is always true",
    { body: form(z.object({ a: z.coerce.boolean() })) },
    "for a of its form",
  ],
  [
    "a number in the second of several, which arrives as text",
    { body: oneOf(z.object({ a: z.number() }), form(z.object({ a: z.number() }))) },
    "text arrives, and a of its form is a number: write z.coerce.number()",
  ],
  [
    "a field and a file of one name",
    { body: multipart(z.object({ a: z.string(), f: z.string() }), { files: { f: {} } }) },
    "its form has f as a field and as a file: call one of them something else",
  ],
  [
    "a form for a reply",
    { reply: form(z.object({})) },
    "a reply of status 200 is of one media type, and no form",
  ],
  [
    "several replies",
    { reply: { 201: oneOf(z.string(), text()) } },
    "a reply of status 201 is of one media type",
  ],
])("a contract cannot have %s", (_, parts, mistake) => {
  expect(findContractMistake({ it: declare(parts) })).toContain(mistake);
});
