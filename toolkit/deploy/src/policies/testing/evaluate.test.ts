import { describe, expect, test } from "vitest";
import { type Policy, policy, type Statement } from "../policy.ts";
import { isAllowed } from "./evaluate.ts";

// By https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html and its neighbours.

const GET = { action: "s3:GetObject", resource: "arn:aws:s3:::shop/a/b.json" };
const statement = (given: Partial<Statement>): Policy =>
  policy([{ Effect: "Allow", Action: "*", Resource: "*", ...given }]);
const ALL = statement({});

describe("IAM", () => {
  test("denies what nothing allows", () => {
    expect(isAllowed(GET, [])).toBe(false);
    expect(isAllowed(GET, [statement({ Action: "s3:PutObject" })])).toBe(false);
  });

  test("denies what anything denies, wherever that stands", () => {
    const denying = statement({ Effect: "Deny", Action: "s3:GetObject" });
    expect(isAllowed(GET, [ALL])).toBe(true);
    expect(isAllowed(GET, [ALL, denying])).toBe(false);
    expect(isAllowed(GET, [denying, ALL])).toBe(false);
    expect(isAllowed(GET, [ALL], policy([...ALL.Statement, ...denying.Statement]))).toBe(false);
  });

  test("needs the policies and the boundary to allow it; a boundary gives nothing", () => {
    const reading = statement({ Action: "s3:Get*" });
    expect(isAllowed(GET, [ALL], reading)).toBe(true);
    expect(isAllowed({ ...GET, action: "s3:PutObject" }, [ALL], reading)).toBe(false);
    expect(isAllowed(GET, [], reading)).toBe(false);
  });

  test.each<[string, string, boolean]>([
    ["s3:*", "s3:GetObject", true],
    ["s3:Get*", "s3:GetObject", true],
    ["S3:getobject", "s3:GetObject", true],
    ["s3:GetObjec?", "s3:GetObject", true],
    ["s3:GetObject?", "s3:GetObject", false],
    ["s3:Get", "s3:GetObject", false],
    ["s3.GetObject", "s3:GetObject", false],
    ["*", "s3:GetObject", true],
  ])("reads the action %s: %s is covered: %s", (Action, action, covered) => {
    expect(isAllowed({ ...GET, action }, [statement({ Action })])).toBe(covered);
  });

  test.each<[string, boolean]>([
    ["arn:aws:s3:::shop/*", true], // over slashes
    ["arn:aws:s3:::*b.json", true],
    ["arn:aws:s3:::SHOP/*", false], // unlike actions
    ["arn:aws:s3:::shop", false],
    ["arn:aws:s3:::shop/a/b?json", true],
    ["arn:aws:s3:::shop/a/bXjson", false], // a dot is a dot
  ])("reads the resource %s: covered: %s", (Resource, covered) => {
    expect(isAllowed(GET, [statement({ Resource })])).toBe(covered);
  });

  test.each<[string, Statement["Condition"], Record<string, string>, boolean]>([
    ["equal", { StringEquals: { key: "a" } }, { key: "a" }, true],
    ["one of several", { StringEquals: { key: ["a", "b"] } }, { key: "b" }, true],
    ["no pattern", { StringEquals: { key: "a*" } }, { key: "ab" }, false],
    ["another case of the key", { StringEquals: { "aws:Key": "a" } }, { "AWS:key": "a" }, true],
    ["another case of the value", { StringEquals: { key: "a" } }, { key: "A" }, false],
    ["a missing key", { StringEquals: { key: "a" } }, {}, false],
    ["a pattern", { StringLike: { key: "a*" } }, { key: "ab" }, true],
    ["not equal", { StringNotEquals: { key: ["a", "b"] } }, { key: "c" }, true],
    ["not equal to one of several", { StringNotEquals: { key: ["a", "b"] } }, { key: "b" }, false],
    ["a missing key, negated", { StringNotEquals: { key: "a" } }, {}, true],
    ["not like", { StringNotLike: { key: "a*" } }, { key: "ab" }, false],
    [
      "two of which one fails",
      { StringEquals: { key: "a" }, StringLike: { other: "b*" } },
      { key: "a" },
      false,
    ],
  ])("holds a condition to the request: %s", (_, Condition = {}, context, allowed) => {
    expect(isAllowed({ ...GET, context }, [statement({ Condition })])).toBe(allowed);
  });

  test("is not guessed at", () => {
    const unknown: object[] = [
      { NotAction: "s3:*" },
      { Condition: { Bool: { key: "true" } } },
      { Principal: "*" },
    ];
    for (const each of unknown) expect(() => isAllowed(GET, [statement(each)])).toThrow("does not evaluate");
  });
});
