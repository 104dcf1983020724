import { expect, test } from "vitest";
import { pathShape } from "./routes.ts";

test("the names of parameters do not tell paths apart, but a parameter and its being greedy do", () => {
  expect(pathShape("/draws/{id}/numbers/{n}")).toBe(pathShape("/draws/{draw}/numbers/{position}"));
  expect(new Set(["/draws", "/draws/{id}", "/draws/{id+}"].map(pathShape)).size).toBe(3);
});
