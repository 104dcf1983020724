import { allow, deny, type Statement } from "./policy.ts";
import { boundaryArn, PATH, type Scope } from "./scope.ts";

/**
 * The roles of functions, which the pipeline makes and gives rights to: only within the boundary, which it can neither
 * change nor take off. Nothing here lets it give itself anything.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function identityStatements(scope: Scope): Statement[] {
  const { account, prefix } = scope;
  const roles = `arn:aws:iam::${account}:role/${prefix}*`;
  const bounded = { "iam:PermissionsBoundary": boundaryArn(scope) };
  const widening = ["CreateRole", "PutRolePolicy", "AttachRolePolicy", "PutRolePermissionsBoundary"];
  return [
    allow(
      "iam",
      [
        ...widening,
        "GetRole",
        "GetRolePolicy",
        "ListRolePolicies",
        "ListAttachedRolePolicies",
        "ListInstanceProfilesForRole",
        "UpdateRole",
        "UpdateRoleDescription",
        "UpdateAssumeRolePolicy",
        "TagRole",
        "UntagRole",
        "DeleteRolePolicy",
        "DetachRolePolicy",
        "DeleteRole",
      ],
      roles,
    ),
    allow("iam", ["PassRole"], roles, { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } }),
    // So that it holds whatever else is allowed, by infra/policies.ts too.
    deny(
      widening.map((action) => `iam:${action}`),
      "*",
      { StringNotEquals: bounded },
    ),
    deny("iam:DeleteRolePermissionsBoundary", "*"),
    deny("iam:*", [`arn:aws:iam::${account}:*${PATH}*`, `arn:aws:iam::${account}:oidc-provider/*`]),
  ];
}
