import { describe, expect, test } from "vitest";
import { z as zodFull } from "zod";
import * as z from "zod/mini";
import type { Contract } from "../contract/contract.ts";
import { findMistake } from "./mistake.ts";
import { toOpenApi } from "./openapi.ts";
import { documentOf, get } from "./testing/document.ts";

const info = { title: "Test", version: "1", server: "/" };
const named = <S extends z.ZodMiniType>(id: string, schema: S): S => {
  z.globalRegistry.add(schema, { id });
  return schema;
};
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const put = (
  path: Contract["path"],
  body: z.ZodMiniType,
  example: unknown,
  reply: z.ZodMiniType = z.string(),
): Contract => ({
  method: "PUT",
  path,
  summary: "Writes it",
  body,
  example,
  reply,
});
// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
const bodyOf = (operation: any) => operation.requestBody.content["application/json"].schema;
// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects
const replyOf = (operation: any) => operation.responses[200].content["application/json"].schema;

describe("a schema with an id", () => {
  const User = named("User", z.object({ name: z.string(), roles: z._default(z.array(z.string()), []) }));
  const Plain = named("Plain", z.object({ n: z.number() }));

  test("is a component once, however many contracts use it", async () => {
    const { components, paths } = await documentOf({
      a: get("/a", { reply: Plain }),
      b: get("/b", { reply: z.array(Plain) }),
      c: put("/c", z.object({ plain: z.optional(Plain) }), {}, z.object({ one: Plain, other: Plain })),
    });
    expect(Object.keys(components.schemas)).toEqual(["Plain", "Problem"]);
    expect(components.schemas.Plain).toEqual({
      type: "object",
      properties: { n: { type: "number" } },
      required: ["n"],
    });
    expect(replyOf(paths["/a"].get)).toEqual(ref("Plain"));
    expect(replyOf(paths["/b"].get)).toEqual({ type: "array", items: ref("Plain") });
    expect(bodyOf(paths["/c"].put).properties).toEqual({ plain: ref("Plain") });
  });

  test("has another name in requests where it is another schema there", async () => {
    const { components, paths } = await documentOf({ a: put("/a", User, { name: "Ada" }, User) });
    expect(bodyOf(paths["/a"].put)).toEqual(ref("UserInput"));
    expect(replyOf(paths["/a"].put)).toEqual(ref("User"));
    expect(components.schemas.UserInput.required).toEqual(["name"]);
    expect(components.schemas.User.required).toEqual(["name", "roles"]);
  });

  test("has that name without any reply that uses it, and so has what holds it", async () => {
    const Team = named("Team", z.object({ lead: User }));
    const { components } = await documentOf({ a: put("/a", Team, { lead: { name: "Ada" } }) });
    expect(Object.keys(components.schemas)).toEqual(["Problem", "TeamInput", "UserInput"]);
    expect(components.schemas.TeamInput.properties).toEqual({ lead: ref("UserInput") });
  });

  test.each([
    ["Page<User> of/x", "Page_User__of_x"],
    ["a~b", "a_b"],
    ["ä.ö-1", "_._-1"],
    ["__proto__", "__proto__"],
    ["constructor", "constructor"],
    ["__schema0", "__schema0"],
    ['a"b\\', "a_b_"],
  ])("may be called %s", async (id, name) => {
    const schema = named(id, z.object({ n: z.number() }));
    const { components, paths } = await documentOf({ a: get("/a", { reply: z.array(schema) }) });
    expect(replyOf(paths["/a"].get)).toEqual({ type: "array", items: ref(name) });
    expect(Object.keys(components.schemas)).toContain(name);
    expect(Object.getOwnPropertyDescriptor(components.schemas, name)?.value).toMatchObject({
      type: "object",
    });
  });

  test("may hold itself, and another that holds it", async () => {
    const Folder = named(
      "Folder",
      z.object({
        get folders() {
          return z.optional(z.array(Folder));
        },
        get file() {
          return z.optional(File);
        },
      }),
    );
    const File: z.ZodMiniType = named("File", z.object({ folder: z.lazy(() => Folder) }));
    const { components } = await documentOf({ a: put("/a", Folder, {}, File) });
    expect(Object.keys(components.schemas)).toEqual(["File", "Folder", "Problem"]);
    expect(components.schemas.Folder.properties).toEqual({
      folders: { type: "array", items: ref("Folder") },
      file: ref("File"),
    });
  });

  test("may hold one without that holds itself, which is called after it", async () => {
    const Tree = z.object({
      get trees() {
        return z.array(Tree);
      },
    });
    const Garden = named("Garden", z.object({ tree: Tree }));
    const { components } = await documentOf({ a: get("/a", { reply: z.array(Garden) }) });
    expect(Object.keys(components.schemas)).toEqual(["Garden", "Garden2", "Problem"]);
    expect(components.schemas.Garden.properties).toEqual({ tree: ref("Garden2") });
    expect(components.schemas.Garden2.properties).toEqual({
      trees: { type: "array", items: ref("Garden2") },
    });
  });

  test("may be given by meta, as zod itself has it, with a description beside", async () => {
    const Note = zodFull.object({ text: zodFull.string() }).meta({ id: "Note", description: "A note" });
    const reply = zodFull.object({ first: Note.describe("The first"), last: Note.optional() });
    const { components, paths } = await documentOf({ a: get("/a", { reply }) });
    expect(components.schemas.Note.description).toBe("A note");
    expect(replyOf(paths["/a"].get).properties).toEqual({
      first: expect.objectContaining({ description: "The first" }),
      last: ref("Note"),
    });
  });

  test.each<[string, Record<string, Contract>, string]>([
    [
      "two are called so",
      {
        a: get("/a", { reply: named("Twin", z.object({ a: z.string() })) }),
        b: get("/b", { reply: z.array(named("Twin", z.object({ b: z.string() }))) }),
      },
      'The contract b cannot be described: two schemas are both "Twin" in the document: give one of them another id',
    ],
    [
      "two are called so in one schema",
      { a: get("/a", { reply: z.tuple([named("Pair", z.object({})), named("Pair", z.object({}))]) }) },
      'The contract a cannot be described: two schemas are both "Pair"',
    ],
    [
      "two ids give one name",
      { a: get("/a", { reply: z.tuple([named("a b", z.object({})), named("a/b", z.object({}))]) }) },
      'two schemas are both "a_b"',
    ],
    [
      "it is Problem",
      { a: get("/a", { reply: named("Problem", z.object({})) }) },
      '"Problem" is the schema of every problem: give yours another id.',
    ],
    [
      "it is what another is called in requests",
      {
        a: put("/a", User, { name: "Ada" }),
        b: get("/b", { reply: named("UserInput", z.object({})) }),
      },
      'two schemas are both "UserInput"',
    ],
  ])("is refused where contracts are loaded, where %s", (_, contracts, sentence) => {
    expect(findMistake(contracts)).toContain(sentence);
    expect(() => toOpenApi(contracts, info)).toThrow(new TypeError(findMistake(contracts)));
    expect(() => toOpenApi(Object.fromEntries(Object.entries(contracts).reverse()), info)).toThrow(TypeError);
  });
});

describe("a schema that holds itself and has no id", () => {
  const Tree = z.object({
    get trees() {
      return z.array(Tree);
    },
  });

  test("is called by its operation and its part, whatever other contracts there are", async () => {
    const save = put("/menus", Tree, { trees: [] }, z.object({ tree: Tree, again: Tree }));
    const [alone, together] = [
      await documentOf({ "save-menu": save }),
      await documentOf({ first: get("/first", { reply: Tree }), "save-menu": save }),
    ];
    expect(Object.keys(alone.components.schemas)).toEqual(["Problem", "SaveMenuBody", "SaveMenuReply200"]);
    expect(bodyOf(alone.paths["/menus"].put)).toEqual(ref("SaveMenuBody"));
    expect(replyOf(alone.paths["/menus"].put).properties).toEqual({
      tree: ref("SaveMenuReply200"),
      again: ref("SaveMenuReply200"),
    });
    expect(together.paths["/menus"]).toEqual(alone.paths["/menus"]);
    expect(together.components.schemas).toMatchObject(alone.components.schemas);
  });

  test("is so of any library, whatever it calls its definitions", async () => {
    const jsonSchema = () => ({
      $ref: "#/$defs/a~1b~0c",
      $defs: { "a/b~c": { type: "object", properties: { one: { $ref: "#/$defs/a~1b~0c" } } } },
    });
    const standard = { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) } as const;
    const reply = { "~standard": { ...standard, jsonSchema: { input: jsonSchema, output: jsonSchema } } };
    const { components, paths } = await documentOf({ a: get("/a", { reply }) });
    expect(replyOf(paths["/a"].get)).toEqual(ref("AReply200"));
    expect(components.schemas.AReply200).toEqual({ type: "object", properties: { one: ref("AReply200") } });
  });

  test("is one of several in its part by a number", async () => {
    const Other = z.object({
      get others() {
        return z.array(Other);
      },
    });
    const { components } = await documentOf({ a: get("/a", { reply: z.object({ Tree, Other }) }) });
    expect(Object.keys(components.schemas)).toEqual(["AReply200", "AReply2002", "Problem"]);
  });
});

test("an object of a reply may have more one day, unless its schema is strict", async () => {
  const reply = z.object({ open: z.object({}), strict: z.strictObject({}), loose: z.looseObject({}) });
  const { paths } = await documentOf({ a: get("/a", { reply }) });
  expect(replyOf(paths["/a"].get)).toMatchObject({
    properties: {
      open: { type: "object", properties: {} },
      strict: { additionalProperties: false },
      loose: { additionalProperties: {} },
    },
  });
  expect(replyOf(paths["/a"].get)).not.toHaveProperty("additionalProperties");
  expect(replyOf(paths["/a"].get).properties.open).not.toHaveProperty("additionalProperties");
});
