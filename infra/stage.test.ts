import { describe, expect, test } from "vitest";
import { stageOf } from "./stage.ts";

describe("a stage", () => {
  test("is protected, and keeps its data, if it is prod", () => {
    expect(stageOf("prod")).toMatchObject({ isProd: true, protect: true, removal: "retain" });
  });

  test.each(["anna", "pr-123", "a"])("goes without a trace if it is another: %s", (name) => {
    expect(stageOf(name)).toMatchObject({ isProd: false, protect: false, removal: "remove" });
  });

  test.each(["prod", "anna"])("never throttles to 0: %s", (name) => {
    const { requestsPerSecond, burst } = stageOf(name).throttle;
    expect(Math.min(requestsPerSecond, burst)).toBeGreaterThan(0);
  });

  test.each(["production", "live", "main"])("is refused if somebody may take it for prod: %s", (name) => {
    expect(() => stageOf(name)).toThrow("Use --stage prod.");
  });

  test.each(["", "Anna", "1st", "a_b", "a".repeat(21), "pr/1"])("has a name of that kind, not %j", (name) => {
    expect(() => stageOf(name)).toThrow("is no stage: use prod, or up to 20");
  });
});
