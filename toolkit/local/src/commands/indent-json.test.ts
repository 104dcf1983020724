import { expect, test } from "vitest";
import { indentJson } from "./indent-json.ts";

test.each([
  ['{"a":1}', '{\n  "a": 1\n}'],
  ["null", "null"],
  ["", ""],
  ['{"statusCode":200}\0\0body', '{"statusCode":200}\0\0body'],
])("%j becomes %j", (text, indented) => {
  expect(indentJson(text)).toBe(indented);
});
