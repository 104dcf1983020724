import type { Scope } from "./scope.ts";

const GITHUB = "token.actions.githubusercontent.com";

/**
 * Lets GitHub's workflows of one repository take a role, in one environment of it: that is what keeps a pull request from
 * prod's role, so its environment must take main alone: a tag's commit brings its own workflow.
 * https://docs.github.com/en/actions/concepts/security/openid-connect
 */
export function trustPolicy({ account, role }: Scope, repository: string): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${GITHUB}` },
        Condition: {
          StringEquals: {
            [`${GITHUB}:aud`]: "sts.amazonaws.com",
            [`${GITHUB}:sub`]: `repo:${repository}:environment:${role}`,
          },
        },
      },
    ],
  };
}
