import { expect, test } from "vitest";
import { shorten, visible } from "./shown-text.ts";

test.each([
  ["\u202eAda\u2066", "\\u202eAda\\u2066"],
  ["\u200f\u061c\u2028", "\\u200f\\u061c\\u2028"],
  ["a\0\r\u001b\u007f\u009b", "a\\u0000\\u000d\\u001b\\u007f\\u009b"],
  ["two\n\tlines", "two\n\tlines"],
  ["דוד 👩‍👩‍👧 می‌خواهم", "דוד 👩‍👩‍👧 می‌خواهم"],
])("%j is seen as %j", (text, seen) => {
  expect(visible(text)).toBe(seen);
});

test("JSON stays the same JSON", () => {
  const value = { name: "\u202eAda\u0085\u2028\\u202e", "\u2067": "\u001b" };
  expect(JSON.parse(visible(JSON.stringify(value)))).toEqual(value);
});

test.each([
  ["four", "four"],
  ["fives", "five… (1 more characters)"],
  ["abc👍d", "abc… (3 more characters)"],
  ["x".repeat(1_234_571), "xxxx… (1,234,567 more characters)"],
])("no more is shown than is read: %j", (text, shown) => {
  expect(shorten(text, 4)).toBe(shown);
});
