import { expect, test } from "vitest";
import { matchesPattern } from "./log-pattern.ts";

const EITHER = '{ ($.level = "ERROR") || ($.level = "FATAL") }';
const BOTH = '{ ($.status = "429") && ($.integrationStatus != "200") }';

test.each([
  [EITHER, '{"level":"ERROR"}', true],
  [EITHER, '{"level":"FATAL","message":"x"}', true],
  [EITHER, '{"level":"INFO","message":{"level":"ERROR"}}', false],
  [EITHER, "ERROR", false],
  [EITHER, "null", false],
  [BOTH, '{"status":"429","integrationStatus":"-"}', true],
  [BOTH, '{"status":"429","integrationStatus":"200"}', false],
  [BOTH, '{"status":"429"}', false], // != of what is not there matches nothing
  [BOTH, '{"status":"200","integrationStatus":"-"}', false],
])("%s of %s is %s", (pattern, line, expected) => {
  expect(matchesPattern(pattern, line)).toBe(expected);
});

test("other syntax is refused", () => {
  expect(() => matchesPattern('{ ($.a = "b") || ($.c = "d") && ($.e = "f") }', "{}")).toThrow("mixes");
  expect(() => matchesPattern("{ $.a = 1 }", "{}")).toThrow("not understood");
});
