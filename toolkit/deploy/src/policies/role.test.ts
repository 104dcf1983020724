import { describe, expect, test } from "vitest";
import { allow } from "./policy.ts";
import { pipelineRole } from "./role.ts";
import { scopeOf } from "./scope.ts";
import { account, app, NONE } from "./testing/shop.ts";

describe("the policies fit", () => {
  // The longest that npm takes would be 214; SST's names have room for no more than this.
  const longest = { app: "a".repeat(37), account, functions: ["send-mail"], zone: `Z${"0".repeat(31)}` };

  test.each(["prod", "preview"] as const)("for the longest names: %s", (name) => {
    const scope = scopeOf(name, longest);
    const role = pipelineRole(scope, `${"o".repeat(39)}/${"r".repeat(100)}`, NONE);
    expect(JSON.stringify(role.policy).length).toBeLessThanOrEqual(10_240);
    expect(JSON.stringify(role.boundary.policy).length).toBeLessThanOrEqual(6_144);
    expect(JSON.stringify(role.trust).length).toBeLessThanOrEqual(2_048);
    expect(role.name.length).toBeLessThanOrEqual(64);
  });

  test("or it is said before AWS says it", () => {
    const many = Array.from({ length: 150 }, (_, index) =>
      allow("ses", ["SendEmail"], `arn:aws:ses:*:*:identity/${index}`),
    );
    const scope = scopeOf("prod", { app, account, functions: [] });
    expect(() => pipelineRole(scope, "o/r", { deploy: [], functions: many })).toThrow(
      /managed policy would have \d+/,
    );
    expect(() => pipelineRole(scope, "o/r", { deploy: many, functions: [] })).toThrow(
      /policies of a role would have/,
    );
  });
});
