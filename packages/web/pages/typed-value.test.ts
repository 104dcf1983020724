import { expect, test } from "vitest";
import { toJsonValue } from "./typed-value.ts";

test.each([
  ["10", 10],
  [" 10 ", 10],
  ["-3", -3],
  ["1.5", 1.5],
  ["1e3", 1000],
  ["ten", "ten"],
  ["1,5", "1,5"],
  ["0x10", "0x10"],
  ["1e999", "1e999"],
  ["Infinity", "Infinity"],
  ["", undefined],
  ["  ", undefined],
])("what is typed as %j goes to the API as %j", (typed, value) => {
  expect(toJsonValue(typed)).toBe(value);
});
