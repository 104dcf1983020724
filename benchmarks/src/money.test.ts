import { expect, test } from "vitest";
import { billedMs, dollarsPerMillion } from "./money.ts";

test.each([
  [0.3, 1024, 1],
  [0.3, 128, 5],
  [10, 1769, 10],
  [10, 884.5, 20],
])("%d ms of CPU at %d MB are billed as %d ms", (cpuMs, memoryMb, billed) => {
  expect(billedMs(cpuMs, memoryMb)).toBe(billed);
});

test("more memory than a core's is no faster", () => {
  expect(billedMs(10, 10_240)).toBe(10);
});

test("a request is paid for even if it takes no time", () => {
  expect(dollarsPerMillion({ coldMs: 0, warmMs: 0 }, 128)).toBe(0.2);
});

test("a million warm milliseconds at 1024 MB are a thousand GB-seconds", () => {
  const { coldMs, warmMs } = { coldMs: 0.5, warmMs: 0.5 };
  expect(dollarsPerMillion({ coldMs, warmMs }, 1024)).toBeCloseTo(0.2 + 1000 * 0.0000133334);
});

test("one invocation in a hundred is cold", () => {
  const atOneCore = 1769 / 1024;
  const expected = 0.2 + (0.99 * 1 + 0.01 * 100) * 1000 * atOneCore * 0.0000133334;
  expect(dollarsPerMillion({ coldMs: 100, warmMs: 1 }, 1769)).toBeCloseTo(expected);
});
