import { describe, expect, test } from "vitest";
import { lifetimeOf, stageOf } from "./stage.ts";

describe("a stage", () => {
  test("is protected, and keeps its data, if it is prod", () => {
    expect(stageOf("prod")).toMatchObject({ isProd: true, protect: true, removal: "retain" });
  });

  test.each(["anna", "pr-123", "a"])("goes with all that it made if it is another: %s", (name) => {
    expect(stageOf(name)).toMatchObject({ isProd: false, protect: false, removal: "remove" });
  });

  test("keeps more, bears more and says less if it is prod", () => {
    const [prod, other] = [stageOf("prod"), stageOf("anna")];
    expect(prod).toMatchObject({ logRetention: expect.stringMatching(/month|year/), hasTracing: true });
    expect(other).toMatchObject({ logRetention: expect.stringMatching(/day|week/), hasTracing: false });
    expect([prod.logLevel, other.logLevel]).toEqual(["INFO", "TRACE"]);
    expect(prod.throttle.requestsPerSecond).toBeGreaterThan(other.throttle.requestsPerSecond);
    expect(prod.throttle.burst).toBeGreaterThan(other.throttle.burst);
    expect(Math.min(...Object.values(other.throttle))).toBeGreaterThan(0);
  });

  test.each(["production", "Anna", ""])("is refused under the name %j", (name) => {
    expect(() => stageOf(name)).toThrow(/use prod|Use --stage prod/);
  });

  test.each(["production", undefined])("has a lifetime under any name, for SST asks first: %s", (name) => {
    expect(lifetimeOf(name)).toEqual({ removal: "remove", protect: false });
  });
});
