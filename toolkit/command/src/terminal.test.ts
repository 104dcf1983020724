import { expect, test } from "vitest";
import { printable, printableLines } from "./terminal.ts";

test.each([
  ["a colour", "\u001b[31mred", "\\u001b[31mred"],
  ["a control sequence of one byte", "\u009b2J", "\\u009b2J"],
  ["a bell, and what deletes", "\u0007\u007f", "\\u0007\\u007f"],
  ["line breaks and tabs", "a\r\nb\tc", "a\\u000d\\u000ab\\u0009c"],
  ["line breaks of Unicode", "a\u2028b\u2029c\u0085d", "a\\u2028b\\u2029c\\u0085d"],
  ["marks that turn text around", "a\u202eb\u2066c\u200fd\u061ce", "a\\u202eb\\u2066c\\u200fd\\u061ce"],
])("%s cannot act in a printable text", (_, text, shown) => {
  expect(printable(text)).toBe(shown);
});

test("whatever can be seen stays as it is", () => {
  const text = "Zoë said: «שלום» 👩‍👩‍👧 \\ '\"`$~";
  expect(printable(text)).toBe(text);
});

test("printable lines keep their breaks and tabs", () => {
  expect(printableLines("a\n\tb\u001b[2J\r\n")).toBe("a\n\tb\\u001b[2J\\u000d\n");
});

test("a line of JSON keeps its value", () => {
  const value = { name: "\u009b\u202e\u007f", "\u2066key": "a\tb" };
  expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value);
});
