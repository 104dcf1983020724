import { expect, test } from "vitest";
import { toNumber } from "./number.ts";
import { UsageError } from "./usage-error.ts";

test.each([
  ["0", 0],
  ["7", 7],
  ["10", 10],
  ["007", 7],
])("%j is a number from 0 to 10", (text, number) => {
  expect(toNumber(text, "--times", 0, 10)).toBe(number);
});

test.each(["", " ", "x", "-1", "11", "1.5", "1e1", "0x1", "+1", "Infinity"])(
  "%j is none, and the error says what is",
  (text) => {
    expect(() => toNumber(text, "--times", 0, 10)).toThrow(
      new UsageError(`--times takes a number from 0 to 10, not "${text}".`),
    );
  },
);
