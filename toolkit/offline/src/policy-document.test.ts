import { describe, expect, test } from "vitest";
import { type PolicyDocumentArgs, policyDocument } from "./policy-document.ts";

const PUT = { actions: ["s3:PutObject"], resources: ["arn:aws:s3:::notes/*"] };
const parse = (args: PolicyDocumentArgs) => {
  const { json, minifiedJson } = policyDocument(args) as { json: string; minifiedJson: string };
  expect(JSON.parse(minifiedJson)).toEqual(JSON.parse(json));
  return JSON.parse(json);
};

describe("a policy document", () => {
  test("has one value as it is, and several sorted backwards", () => {
    expect(parse({ statements: [PUT, { ...PUT, actions: ["s3:Get*", "s3:Put*"] }] })).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::notes/*" },
        { Effect: "Allow", Action: ["s3:Put*", "s3:Get*"], Resource: "arn:aws:s3:::notes/*" },
      ],
    });
  });

  test("has all that a statement can say", () => {
    const { Statement } = parse({
      statements: [
        {
          sid: "One",
          effect: "Deny",
          notActions: ["s3:*"],
          notResources: ["*"],
          principals: [
            { type: "AWS", identifiers: ["1"] },
            { type: "AWS", identifiers: ["2"] },
          ],
          notPrincipals: [{ type: "Service", identifiers: ["lambda.amazonaws.com"] }],
          conditions: [
            { test: "StringLike", variable: "aws:username", values: ["&{aws:PrincipalTag/name}"] },
            { test: "StringLike", variable: "aws:userid", values: ["a", "b"] },
            { test: "Bool", variable: "aws:SecureTransport", values: ["false"] },
          ],
        },
      ],
    });
    expect(Statement).toEqual([
      {
        Sid: "One",
        Effect: "Deny",
        NotAction: "s3:*",
        NotResource: "*",
        Principal: { AWS: ["2", "1"] },
        NotPrincipal: { Service: "lambda.amazonaws.com" },
        Condition: {
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of IAM's
          StringLike: { "aws:username": "${aws:PrincipalTag/name}", "aws:userid": ["b", "a"] },
          Bool: { "aws:SecureTransport": "false" },
        },
      },
    ]);
  });

  test("means everybody by one star, and not by more", () => {
    const everybody = { type: "*", identifiers: ["*"] };
    const principalOf = (...principals: readonly (typeof everybody)[]) =>
      parse({ statements: [{ ...PUT, principals }] }).Statement[0].Principal;
    expect(principalOf(everybody)).toBe("*");
    expect(principalOf({ type: "AWS", identifiers: ["*"] })).toEqual({ AWS: "*" });
  });

  test("has no statements where none were given, and says so", () => {
    expect(parse({ statements: [] })).toEqual({ Version: "2012-10-17" });
    expect(policyDocument({ statements: [] })).toMatchObject({ statements: undefined });
    expect(policyDocument({ statements: [PUT] })).toMatchObject({ statements: [PUT] });
  });

  test("is put together of others, by their Sids", () => {
    const other = JSON.stringify({ Statement: { Sid: "A", Effect: "Deny", Action: "*" } });
    const [own] = [{ ...PUT, sid: "A" }];
    expect(parse({ statements: [own], overridePolicyDocuments: [other] }).Statement).toEqual([
      { Sid: "A", Effect: "Deny", Action: "*" },
    ]);
    expect(parse({ statements: [PUT], sourcePolicyDocuments: [other] }).Statement).toHaveLength(2);
    expect(() => policyDocument({ statements: [own], sourcePolicyDocuments: [other] })).toThrow(
      "duplicate Sid (A)",
    );
  });

  test.each<[string, PolicyDocumentArgs]>([
    ["Allow or Deny", { statements: [{ ...PUT, effect: "allow" }] }],
    ["not supported", { version: "2008-10-17", statements: [{ ...PUT, resources: ["&{aws:username}"] }] }],
    ["version 2020", { version: "2020", statements: [] }],
  ])("is refused as the provider refuses it: %s", (message, args) => {
    expect(() => policyDocument(args)).toThrow(message);
  });
});
