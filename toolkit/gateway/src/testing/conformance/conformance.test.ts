import { expect, test, vi } from "vitest";
import { cases } from "./cases.ts";
import { ours } from "./ours.ts";

test.each(cases)("$name", async ({ passes }) => {
  vi.spyOn(console, "error").mockReturnValue(); // a handler logs what it threw
  expect(await passes(ours)).toBe(true);
});

test("no matter is left to the author, so every case counts", () => {
  expect(ours.lacks).toBeUndefined();
});
