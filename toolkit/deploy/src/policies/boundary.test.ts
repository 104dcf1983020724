import { describe, expect, test } from "vitest";
import { policy } from "./policy.ts";
import { isAllowed } from "./testing/evaluate.ts";
import { account, roles } from "./testing/shop.ts";

describe("a preview's function, even with a role that allows everything,", () => {
  const ALL = policy([{ Effect: "Allow", Action: "*", Resource: "*" }]);
  const may = (action: string, resource: string, context = {}) =>
    isAllowed({ action, resource, context }, [ALL], roles.preview.boundary.policy);

  test.each([
    ["s3:GetObject", "arn:aws:s3:::sst-state-abc/app/shop/prod.json"],
    ["s3:GetObject", "arn:aws:s3:::sst-state-abc/app/shop/pr-12.json"],
    ["ssm:GetParameter", `arn:aws:ssm:eu-central-1:${account}:parameter/sst/passphrase/shop/prod`],
    ["ssm:GetParameter", `arn:aws:ssm:eu-central-1:${account}:parameter/shop/prod/release`],
    ["ssm:GetParameter", `arn:aws:ssm:eu-central-1:${account}:parameter/shop/prod/secrets/mail-key`],
    ["kms:Decrypt", `arn:aws:kms:eu-central-1:${account}:key/1`],
    ["dynamodb:Scan", `arn:aws:dynamodb:eu-central-1:${account}:table/shop-prod-Notes-abcdefgh`],
    ["lambda:UpdateFunctionCode", `arn:aws:lambda:eu-central-1:${account}:function:shop-pr-12-Name`],
    ["lambda:InvokeFunction", `arn:aws:lambda:eu-central-1:${account}:function:shop-prod-Name`],
    [
      "logs:PutLogEvents",
      `arn:aws:logs:eu-central-1:${account}:log-group:/aws/lambda/shop-prod-Name:log-stream:a`,
    ],
    ["iam:CreateUser", `arn:aws:iam::${account}:user/eve`],
    ["iam:PassRole", `arn:aws:iam::${account}:role/shop-pr-12-Role`],
    ["sts:AssumeRole", `arn:aws:iam::${account}:role/admin`],
    ["apigateway:PATCH", "arn:aws:apigateway:eu-central-1::/apis/abc"],
  ])("may not %s %s", (action, resource) => {
    expect(may(action, resource)).toBe(false);
  });

  test.each([
    [
      "logs:PutLogEvents",
      `arn:aws:logs:eu-central-1:${account}:log-group:/aws/lambda/shop-pr-12-Name:log-stream:a`,
    ],
    ["xray:PutTraceSegments", "*"],
    ["dynamodb:PutItem", `arn:aws:dynamodb:eu-central-1:${account}:table/shop-pr-12-Notes-abcdefgh`],
    [
      "dynamodb:Query",
      `arn:aws:dynamodb:eu-central-1:${account}:table/shop-pr-12-Notes-abcdefgh/index/byDay`,
    ],
    ["ssm:GetParameter", `arn:aws:ssm:eu-central-1:${account}:parameter/shop/pr-12/secrets/mail-key`],
    ["sqs:SendMessage", `arn:aws:sqs:eu-central-1:${account}:shop-pr-12-Mails-abcdefgh`],
  ])("may %s %s", (action, resource) => {
    expect(may(action, resource)).toBe(true);
  });

  test("may have Parameter Store decrypt what it may read there", () => {
    const key = `arn:aws:kms:eu-central-1:${account}:key/1`;
    expect(may("kms:Decrypt", key, { "kms:ViaService": "ssm.eu-central-1.amazonaws.com" })).toBe(true);
    expect(may("kms:Decrypt", key, { "kms:ViaService": "s3.eu-central-1.amazonaws.com" })).toBe(false);
    expect(may("kms:Encrypt", key, { "kms:ViaService": "ssm.eu-central-1.amazonaws.com" })).toBe(false);
  });
});
