import { afterEach, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { setting } from "./declare/declare.ts";
import { readSetting } from "./setting.ts";

const summary = "How many on a page";
const Size = setting("page-size", { value: z.coerce.number<string>("a number"), default: "10", summary });
const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

describe("a setting", () => {
  test("is what its schema makes of the variable, or of its default", () => {
    expect(readSetting(Size)).toBe(10);
    process.env.PAGE_SIZE = "20";
    expect(readSetting(Size)).toBe(20);
  });

  test("that is wrong is an error with its variable, and without its value", () => {
    process.env.PAGE_SIZE = "sesame";
    expect(() => readSetting(Size)).toThrow(new Error("The setting PAGE_SIZE is wrong: a number"));
  });

  test("that is not set says so, and an empty one is set", () => {
    const Name = setting("name", { value: z.string(), summary });
    delete process.env.NAME;
    expect(() => readSetting(Name)).toThrow(
      new Error("The setting name is not set (How many on a page): set NAME."),
    );
    process.env.NAME = "";
    expect(readSetting(Name)).toBe("");
  });

  test("whose schema takes its time is refused", () => {
    const slow = setting("slow", {
      value: z.string().check(z.refine(async () => true)),
      default: "",
      summary,
    });
    expect(() => readSetting(slow)).toThrow(TypeError);
  });
});
