import { describe, expect, test } from "vitest";
import { checkStageName } from "./stage-name.ts";

describe("the name of a stage", () => {
  test.each(["prod", "anna", "anna-2", "pr-123", "a", "a".repeat(20)])("may be %s", (name) => {
    expect(() => checkStageName(name)).not.toThrow();
  });

  test.each(["production", "prd", "live", "main", "master", "release"])(
    "is refused if somebody may take it for prod: %s",
    (name) => {
      expect(() => checkStageName(name)).toThrow("Use --stage prod.");
    },
  );

  test.each(["", "Anna", "1st", "a_b", "a".repeat(21), "pr/1", "-a"])("has that form, not %j", (name) => {
    expect(() => checkStageName(name)).toThrow(`"${name}" cannot be a stage: use prod, or up to 20`);
  });
});
