import { describe, expect, test } from "vitest";
import { account, roles } from "./testing/shop.ts";

describe("GitHub's workflows take a role", () => {
  test.each(["prod", "preview"] as const)("only of the repository, and in the environment %s", (name) => {
    const issuer = "token.actions.githubusercontent.com";
    expect(roles[name].trust).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRoleWithWebIdentity",
          Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${issuer}` },
          Condition: {
            StringEquals: {
              [`${issuer}:aud`]: "sts.amazonaws.com",
              [`${issuer}:sub`]: `repo:owner/shop:environment:${name}`,
            },
          },
        },
      ],
    });
  });
});
