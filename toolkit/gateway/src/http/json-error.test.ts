import { expect, test } from "vitest";
import { describeJsonError, findJsonError } from "./json-error.ts";

test.each([
  ["", 0],
  ['{"name":', 8],
  ['{"name" "x"}', 8],
  ['{"a":1,}', 7],
  ["[1,]", 3],
  ["[1 2]", 3],
  ["{a:1}", 1],
  ["{'a':1}", 1],
  ['{"a":undefined}', 5],
  ['{"a":01}', 6],
  ['{"a":"\n"}', 6],
  ['"\\x"', 1],
  ['"open', 5],
  ["[}", 1],
  ["{]", 1],
  ["{}}", 2],
  ["null x", 5],
])("%j stops being JSON at %i", (text, at) => {
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
  expect(findJsonError(text)).toBe(at);
});

test("names line and column, and repeats nothing of the text", () => {
  expect(describeJsonError('{\n  "secret": nope\n}')).toBe(
    "the mistake is at position 14 (line 2, column 13)",
  );
  expect(describeJsonError('{"secret":')).toBe("it ends too soon, at position 10 (line 1, column 11)");
});

test("does not overflow on deep nesting", () => {
  expect(findJsonError("[".repeat(1_000_000))).toBe(1_000_000);
});

test("a text of millions of escapes does not exhaust the stack", () => {
  const text = `"${"a\\n".repeat(3_000_000)}`;
  expect(findJsonError(text)).toBe(text.length);
});
