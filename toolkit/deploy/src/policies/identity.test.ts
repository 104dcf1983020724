import { describe, expect, test } from "vitest";
import { allow } from "./policy.ts";
import { pipelineRole } from "./role.ts";
import { scopeOf } from "./scope.ts";
import { callsOfBootstrap } from "./testing/calls.ts";
import { type Call, isAllowed } from "./testing/evaluate.ts";
import { account, allowed, app, roles } from "./testing/shop.ts";

describe("neither role can give rights to itself or to anybody", () => {
  const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
  const on = (resource: string, ...actions: string[]) =>
    actions.map((action): Call => ({ action: `iam:${action}`, resource }));
  const WIDENING = ["CreateRole", "PutRolePolicy", "AttachRolePolicy", "PutRolePermissionsBoundary"];

  describe.each(["prod", "preview"] as const)("%s", (name) => {
    const { arn, boundary } = roles[name];
    const own = role(
      name === "prod" ? "shop-prod-SendMailRole-abcdefgh" : "shop-pr-12-SendMailRole-abcdefgh",
    );
    const withBoundary = (calls: Call[], value: string) =>
      calls.map((call): Call => ({ ...call, context: { "iam:PermissionsBoundary": value } }));

    test.each<[string, Call[]]>([
      ["its own role", on(arn, ...WIDENING, "UpdateAssumeRolePolicy", "DeleteRole", "PassRole", "TagRole")],
      [
        "the other's",
        on(
          roles[name === "prod" ? "preview" : "prod"].arn,
          ...WIDENING,
          "UpdateAssumeRolePolicy",
          "PassRole",
        ),
      ],
      [
        "the boundary",
        on(
          boundary.arn,
          "CreatePolicyVersion",
          "SetDefaultPolicyVersion",
          "DeletePolicyVersion",
          "DeletePolicy",
        ),
      ],
      ["a role without the boundary", on(own, ...WIDENING)],
      [
        "a role with another boundary",
        withBoundary(on(own, ...WIDENING), "arn:aws:iam::aws:policy/AdministratorAccess"),
      ],
      ["the boundary of a role", on(own, "DeleteRolePermissionsBoundary")],
      [
        "the boundary of a role, though it has it",
        withBoundary(on(own, "DeleteRolePermissionsBoundary"), boundary.arn),
      ],
      [
        "somebody else's role, though within the boundary",
        withBoundary(on(role("admin"), ...WIDENING, "UpdateAssumeRolePolicy", "PassRole"), boundary.arn),
      ],
      [
        "users and groups",
        on(`arn:aws:iam::${account}:user/eve`, "CreateUser", "PutUserPolicy", "CreateAccessKey"),
      ],
      [
        "who GitHub is",
        on(
          `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
          "UpdateOpenIDConnectProviderThumbprint",
          "DeleteOpenIDConnectProvider",
        ),
      ],
      ["another role by taking it", [{ action: "sts:AssumeRole", resource: role("admin") }]],
      [
        "a role to another service",
        [{ action: "iam:PassRole", resource: own, context: { "iam:PassedToService": "ec2.amazonaws.com" } }],
      ],
    ])("not %s", (_, calls) => {
      expect(allowed(calls, name)).toEqual([]);
    });

    test("not even where infra/policies.ts allows everything", () => {
      const all = {
        deploy: [allow("*", ["*"], "*")].map((each) => ({ ...each, Action: "*" })),
        functions: [],
      };
      const widest = pipelineRole(scopeOf(name, { app, account, functions: [] }), "owner/shop", all).policy;
      const calls = [
        ...on(arn, ...WIDENING, "UpdateAssumeRolePolicy"),
        ...on(boundary.arn, "CreatePolicyVersion"),
        ...on(`arn:aws:iam::${account}:oidc-provider/example.com`, "CreateOpenIDConnectProvider"),
        ...on(own, ...WIDENING, "DeleteRolePermissionsBoundary"),
      ];
      expect(calls.filter((call) => isAllowed(call, [widest]))).toEqual([]);
    });
  });

  test("a preview cannot change SST's buckets, whose policy could open prod's state", () => {
    expect(allowed(callsOfBootstrap({ account }), "preview").map(({ action }) => action)).toEqual([
      "ecr:DescribeRepositories",
    ]);
  });

  test("another name's roles are another's: shop-production, and shop's own without a stage", () => {
    const reading = ["shop-production-Role", "shop-Role", "myshop-prod-Role"].flatMap((each) =>
      on(role(each), "GetRole"),
    );
    expect(allowed(reading, "prod")).toEqual([]);
  });
});
