import { expect, test } from "vitest";
import { toDuration } from "./duration.ts";

test.each([
  [undefined, "a moment"],
  [0, "a moment"],
  [1, "1 second"],
  [7_000, "7 seconds"],
  [119_000, "119 seconds"],
  [120_001, "3 minutes"],
  [3_600_000, "60 minutes"],
  [7_200_000, "2 hours"],
  [172_800_000, "2 days"],
  [1e26, "a moment"],
])("%j milliseconds are %j", (milliseconds, words) => {
  expect(toDuration(milliseconds)).toBe(words);
});
