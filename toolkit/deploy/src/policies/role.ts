import { ApplicationError } from "@lucky/application/application-error";
import { boundary } from "./boundary.ts";
import { deployPolicy } from "./deploy-policy.ts";
import type { Extra } from "./extra.ts";
import type { Policy } from "./policy.ts";
import { boundaryArn, roleArn, roleNameOf, type Scope } from "./scope.ts";
import { trustPolicy } from "./trust.ts";

/** One of the pipeline's roles, with all that AWS needs to make it. */
export type PipelineRole = {
  readonly name: string;
  readonly arn: string;
  readonly trust: object;
  readonly policy: Policy;
  readonly boundary: { readonly arn: string; readonly policy: Policy };
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const QUOTAS = { "policies of a role": 10_240, "managed policy": 6_144, "trust policy": 2_048 };

/** Throws an ApplicationError where a policy is longer than AWS takes. */
export function pipelineRole(scope: Scope, repository: string, extra: Extra): PipelineRole {
  const role = {
    name: roleNameOf(scope),
    arn: roleArn(scope),
    trust: trustPolicy(scope, repository),
    policy: deployPolicy(scope, extra.deploy),
    boundary: { arn: boundaryArn(scope), policy: boundary(scope, extra.functions) },
  };
  checkSize(role.policy, "policies of a role");
  checkSize(role.boundary.policy, "managed policy");
  checkSize(role.trust, "trust policy");
  return role;
}

function checkSize(document: object, kind: keyof typeof QUOTAS): void {
  const { length } = JSON.stringify(document);
  if (length <= QUOTAS[kind]) return;
  throw new ApplicationError(
    `The ${kind} would have ${length} characters, and AWS takes ${QUOTAS[kind]}: shorten extra in infra/policies.ts.`,
  );
}
