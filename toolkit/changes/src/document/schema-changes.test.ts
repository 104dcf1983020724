import { describe, expect, test } from "vitest";
import type { Json } from "../schema/schema.ts";
import { body, number, object, reply, said, text } from "../testing/documents.ts";
import { compareDocuments } from "./compare.ts";

const SCHEMAS: readonly (readonly [
  what: string,
  before: unknown,
  after: unknown,
  request: string,
  reply: string,
])[] = [
  ["a field is gone", object({ a: text, b: text }), object({ a: text }), "! #/b is gone", "! #/b is gone"],
  [
    "an optional field is gone",
    object({ a: text, b: text }, ["a"]),
    object({ a: text }),
    "! #/b is gone",
    "! #/b is gone",
  ],
  [
    "a required field is new",
    object({ a: text }),
    object({ a: text, b: text }),
    "! #/b is new and required",
    "+ #/b is new and required",
  ],
  ["an optional field is new", object({}), object({ b: text }, []), "+ #/b is new", "+ #/b is new"],
  [
    "a field is new where none else was allowed",
    object({}, [], { additionalProperties: false }),
    object({ b: text }, [], { additionalProperties: false }),
    "+ #/b is new",
    "+ #/b is new",
  ],
  [
    "an optional field is required",
    object({ a: text }, []),
    object({ a: text }),
    "! #/a is required now",
    "+ #/a is required now",
  ],
  [
    "a required field is optional",
    object({ a: text }),
    object({ a: text }, []),
    "+ #/a is optional now",
    "! #/a is optional now",
  ],
  [
    "what is not named is refused",
    object({}),
    object({}, [], { additionalProperties: false }),
    "! refuses fields that it does not name now",
    "+ refuses fields that it does not name now",
  ],
  [
    "what is not named is allowed",
    object({}, [], { additionalProperties: false }),
    object({}),
    "+ may have fields that it does not name now",
    "+ may have fields that it does not name now",
  ],
  [
    "a record has other values",
    { type: "object", additionalProperties: text },
    { type: "object", additionalProperties: { type: ["string", "null"] } },
    "+ #/* may be null now",
    "! #/* may be null now",
  ],
  [
    "a record names a field",
    { type: "object", additionalProperties: text },
    object({ a: number }, [], { additionalProperties: text }),
    "! #/a is a number now, and was text",
    "! #/a is a number now, and was text",
  ],
  [
    "a record requires a field",
    { type: "object", additionalProperties: text },
    object({ a: text }, ["a"], { additionalProperties: text }),
    "! #/a is required now",
    "+ #/a is required now",
  ],
  [
    "a field is a record's now",
    object({ a: text }, ["a"], { additionalProperties: text }),
    { type: "object", additionalProperties: text },
    "+ #/a is optional now",
    "! #/a is optional now",
  ],
  [
    "a part names what another one refuses",
    { allOf: [object({ a: text }, ["a"], { additionalProperties: false }), object({ b: text })] },
    { allOf: [object({ a: text }, ["a"], { additionalProperties: false }), object({ b: number })] },
    "! #/b is a number now, and was text",
    "! #/b is a number now, and was text",
  ],
  [
    "a record is gone",
    object({}, [], { additionalProperties: text }),
    object({}, [], { additionalProperties: false }),
    "! has no fields but those it names now",
    "! has no fields but those it names now",
  ],
  [
    "names are fewer",
    { type: "object", propertyNames: { enum: ["a", "b"] } },
    { type: "object", propertyNames: { enum: ["a"] } },
    '! #/(its names) can no longer be "b"',
    '+ #/(its names) can no longer be "b"',
  ],
  ["the type is another", text, number, "! is a number now, and was text", "! is a number now, and was text"],
  ["null is new", text, { type: ["string", "null"] }, "+ may be null now", "! may be null now"],
  [
    "null is new in a union",
    text,
    { anyOf: [text, { type: "null" }] },
    "+ may be null now",
    "! may be null now",
  ],
  ["null is gone", { type: ["string", "null"] }, text, "! can no longer be null", "+ can no longer be null"],
  ["nothing is allowed", text, false, "! is nothing now, and was text", "+ is nothing now, and was text"],
  [
    "anything is allowed",
    text,
    {},
    "+ may be null or true or false or a number or a list or an object now",
    "! may be null or true or false or a number or a list or an object now",
  ],
  ["an enum value is new", { enum: ["a"] }, { enum: ["a", "b"] }, '+ may be "b" now', '! may be "b" now'],
  [
    "an enum value is gone",
    { enum: ["a", "b"] },
    { enum: ["a"] },
    '! can no longer be "b"',
    '+ can no longer be "b"',
  ],
  ["an enum is new", text, { enum: ["a"] }, '! can only be "a" now', '+ can only be "a" now'],
  [
    "an enum is gone",
    { type: "string", enum: ["a"] },
    text,
    '+ is no longer one of "a" alone',
    '! is no longer one of "a" alone',
  ],
  [
    "an enum is new, of what was allowed",
    { type: "string", minLength: 1, maxLength: 2, pattern: "^[a-z]" },
    { enum: ["a", "ab"] },
    '! can only be "a", "ab" now',
    '+ can only be "a", "ab" now',
  ],
  ...[
    [{ type: "integer" }, 0.5],
    [{ type: "number", minimum: 1 }, 0],
    [{ type: "number", exclusiveMinimum: 1 }, 1],
    [{ type: "number", maximum: 1 }, 2],
    [{ type: "number", multipleOf: 2 }, 3],
    [{ type: "string", minLength: 1 }, ""],
    [{ type: "string", maxLength: 1 }, "ab"],
    [{ type: "string", pattern: "^a" }, "b"],
    [{ type: "string", pattern: "(" }, "b"],
    [{ type: "string", format: "email" }, "a@example.com"],
  ].map(
    ([before, value]) =>
      [
        `an enum is new, of what was not allowed by ${JSON.stringify(before)}`,
        before,
        { const: value },
        `! can only be ${JSON.stringify(value)} now`,
        `! can only be ${JSON.stringify(value)} now`,
      ] as const,
  ),
  [
    "a constant is another",
    { const: "a" },
    { const: "b" },
    '! can no longer be "a"; + may be "b" now',
    '! may be "b" now; + can no longer be "a"',
  ],
  [
    "it is whole",
    number,
    { type: "integer" },
    "! must be a whole number now",
    "+ must be a whole number now",
  ],
  [
    "it need not be whole",
    { type: "integer" },
    number,
    "+ need not be a whole number now",
    "! need not be a whole number now",
  ],
  [
    "the minimum is higher",
    { type: "number", minimum: 1 },
    { type: "number", minimum: 2 },
    "! has the minimum 2 now, and had 1",
    "+ has the minimum 2 now, and had 1",
  ],
  [
    "the maximum is higher",
    { type: "number", maximum: 1 },
    { type: "number", maximum: 2 },
    "+ has the maximum 2 now, and had 1",
    "! has the maximum 2 now, and had 1",
  ],
  [
    "a bound is new",
    number,
    { type: "number", exclusiveMinimum: 0 },
    "! has the minimum 0 (itself not allowed) now, and had none",
    "+ has the minimum 0 (itself not allowed) now, and had none",
  ],
  [
    "a bound is gone",
    { type: "number", maximum: 5 },
    number,
    "+ has the maximum none now, and had 5",
    "! has the maximum none now, and had 5",
  ],
  [
    "a bound is itself allowed",
    { type: "number", exclusiveMaximum: 5 },
    { type: "number", maximum: 5 },
    "+ has the maximum 5 now, and had 5 (itself not allowed)",
    "! has the maximum 5 now, and had 5 (itself not allowed)",
  ],
  [
    "text must be longer",
    text,
    { type: "string", minLength: 2 },
    "! has the minLength 2 now, and had none",
    "+ has the minLength 2 now, and had none",
  ],
  [
    "lists may be longer",
    { type: "array", maxItems: 2 },
    { type: "array", maxItems: 3 },
    "+ has the maxItems 3 now, and had 2",
    "! has the maxItems 3 now, and had 2",
  ],
  [
    "a pattern is new",
    text,
    { type: "string", pattern: "^a" },
    "! has the pattern ^a now",
    "+ has the pattern ^a now",
  ],
  [
    "a format is gone",
    { type: "string", format: "email" },
    text,
    "+ no longer has the format email",
    "! no longer has the format email",
  ],
  [
    "a pattern is another",
    { type: "string", pattern: "^a" },
    { type: "string", pattern: "^b" },
    "! has the pattern ^b now, and had ^a",
    "! has the pattern ^b now, and had ^a",
  ],
  [
    "it is unique",
    { type: "array" },
    { type: "array", uniqueItems: true },
    "! has the uniqueItems true now",
    "+ has the uniqueItems true now",
  ],
  [
    "nobody can say",
    { type: "array", contains: text },
    { type: "array" },
    '! no longer has the contains {"type":"string"}',
    '! no longer has the contains {"type":"string"}',
  ],
  [
    "items are others",
    { type: "array", items: object({ a: text }) },
    { type: "array", items: object({ a: number }) },
    "! #/*/a is a number now, and was text",
    "! #/*/a is a number now, and was text",
  ],
  [
    "a tuple has another first",
    { prefixItems: [text], type: "array" },
    { prefixItems: [{ type: ["string", "null"] }], type: "array" },
    "+ #/0 may be null now",
    "! #/0 may be null now",
  ],
  [
    "a form is new",
    { oneOf: [object({ kind: { const: "a" } })] },
    { oneOf: [object({ kind: { const: "a" } }), object({ kind: { const: "b" } })] },
    '+ may be the form with kind "b" now',
    '! may be the form with kind "b" now',
  ],
  [
    "a form is gone, and one differs",
    {
      oneOf: [
        object({ kind: { const: "a" }, n: text }),
        object({ kind: { const: "b" } }),
        object({ kind: { const: "c" } }),
      ],
    },
    {
      oneOf: [
        object({ kind: { const: "b" } }),
        object({ kind: { const: "a" }, n: { type: ["string", "null"] } }),
      ],
    },
    '! can no longer be the form with kind "c"; + #/n may be null now',
    '! #/n may be null now; + can no longer be the form with kind "c"',
  ],
  [
    "a part is stricter",
    { allOf: [object({ a: text }), object({ b: text })] },
    { allOf: [object({ a: text }), object({ b: { type: "string", maxLength: 3 } })] },
    "! #/b has the maxLength 3 now, and had none",
    "+ #/b has the maxLength 3 now, and had none",
  ],
];
const SAME: readonly (readonly [what: string, before: unknown, after: unknown])[] = [
  [
    "described otherwise",
    { type: "string", title: "A", example: "a" },
    { type: "string", description: "B", default: "b" },
  ],
  ["forms in another order", { anyOf: [text, number] }, { anyOf: [number, text] }],
  ["types as a union", { type: ["string", "null"] }, { anyOf: [{ type: "null" }, text] }],
  ["an enum as constants", { enum: ["a", "b"] }, { anyOf: [{ const: "b" }, { const: "a" }] }],
  ["a whole number above none", { type: "integer", exclusiveMinimum: 0 }, { type: "integer", minimum: 1 }],
  [
    "a whole number above a part",
    { type: "integer", exclusiveMaximum: 2.5 },
    { type: "integer", maximum: 2 },
  ],
  ["no minimum of length", text, { type: "string", minLength: 0 }],
  ["true or false as values", { type: "boolean" }, { enum: [false, true] }],
  ["required in another order", object({ a: text, b: text }), object({ a: text, b: text }, ["b", "a"])],
  ["parts as one", { allOf: [object({ a: text }), object({ b: text })] }, object({ a: text, b: text })],
];

describe("a schema that changes", () => {
  test.each(SCHEMAS)("%s", (_, before, after, inRequest, inReply) => {
    const at = (place: string, line: string) => line.replaceAll(/([!+]) /g, `$1 ${place} `);
    expect(said(body(before), body(after))).toBe(at("body", inRequest));
    expect(said(reply(before), reply(after))).toBe(at("reply 200", inReply));
  });

  test.each(SAME)("is the same: %s", (_, before, after) => {
    expect(said(body(before), body(after))).toBe("same: POST /a");
    expect(said(reply(after), reply(before))).toBe("same: POST /a");
  });
});

describe("a schema that refers to others", () => {
  const components = (schemas: Json): Json => ({ components: { schemas } });
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const using = (schema: unknown, schemas: Json): Json => ({ ...reply(schema), ...components(schemas) });
  const tree = (name: string, value: unknown): Json =>
    object({ value, children: { type: "array", items: ref(name) } });

  test("is the same under another name, or in its place", () => {
    expect(said(using(ref("A"), { A: text }), using(ref("B"), { B: text }))).toBe("same: POST /a");
    expect(said(using(ref("A"), { A: text }), reply(text))).toBe("same: POST /a");
    expect(said(using({ $ref: "#/components/schemas/a~1~0b%20c" }, { "a/~b c": text }), reply(text))).toBe(
      "same: POST /a",
    );
  });

  test("may go round in a circle, and says each change once", () => {
    const before = using(ref("Tree"), { Tree: tree("Tree", text) });
    expect(said(before, using(ref("Node"), { Node: tree("Node", text) }))).toBe("same: POST /a");
    expect(said(before, using(ref("Tree"), { Tree: tree("Tree", { type: ["string", "null"] }) }))).toBe(
      "! reply 200 #/value may be null now",
    );
  });

  test("ends, however many ways lead around in it", () => {
    const names = ["A", "B", "C", "D", "E"];
    const all = Object.fromEntries(
      names.map((name) => [`to${name}`, { anyOf: [ref(name), { type: "null" }] }]),
    );
    const forms = (value: unknown) => ({
      anyOf: [1, 2, 3].map((n) => object({ [`value${n}`]: value, ...all })),
    });
    const net = (value: unknown) =>
      using(ref("A"), Object.fromEntries(names.map((name) => [name, forms(value)])));
    const lines = said(net(text), net(number)).split("; ");
    expect(lines).toContain("! reply 200 may be an object with value1, toA, toB, toC, toD, toE now");
  });

  test("is not taken for the same where it was first met inside what differs", () => {
    const around = (leaf: unknown): Json =>
      using(
        { anyOf: [object({ p: ref("P") }), object({ q: ref("Q") })] },
        {
          P: object({ back: ref("Q"), leaf }),
          Q: object({ list: { type: "array", items: ref("P") } }),
        },
      );
    expect(said(around(text), around({ type: ["string", "null"] }))).toBe(
      "! reply 200 may be an object with p now; ! reply 200 may be an object with q now",
    );
  });

  test("is looked into though it reads the same", () => {
    const before = using({ type: "object", not: ref("A") }, { A: text });
    const after = using({ type: "object", not: ref("A") }, { A: number });
    expect(said(before, after)).toBe("! reply 200 has another not now");
  });

  test.each(["#/components/schemas/B", "other.json#/A", "#components"])(
    "fails where %s leads nowhere",
    ($ref) => {
      const mistake = `The document refers to "${$ref}", which is not in it.`;
      expect(() => compareDocuments(using(ref("A"), { A: text }), using({ $ref }, { A: text }))).toThrow(
        mistake,
      );
    },
  );

  test("fails where it is nothing but itself", () => {
    const before = using(ref("A"), { A: { anyOf: [ref("B"), text] }, B: ref("A") });
    expect(() => compareDocuments(before, reply(text))).toThrow(
      '"#/components/schemas/A" refers to itself alone',
    );
  });
});
