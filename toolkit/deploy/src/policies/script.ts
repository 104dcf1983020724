import type { PipelineRole } from "./role.ts";
import { PATH, type RoleName } from "./scope.ts";

const ISSUER = "token.actions.githubusercontent.com";

/** A script of AWS's command line that makes the roles, or amends them. */
export function toScript(account: string, roles: ReadonlyMap<RoleName, PipelineRole>): string {
  return [
    "# Makes the pipeline's roles, or amends them: run it with sh, as somebody who may do that in the account.",
    "set -eu",
    `[ "$(aws sts get-caller-identity --query Account --output text)" = ${account} ] ||`,
    `  { echo "These credentials are not of account ${account}." >&2; exit 1; }`,
    "",
    ...providerLines(`arn:aws:iam::${account}:oidc-provider/${ISSUER}`),
    ...[...roles].flatMap(([environment, role]) => roleLines(environment, role)),
    "",
  ].join("\n");
}

function providerLines(arn: string): string[] {
  return [
    `aws iam get-open-id-connect-provider --open-id-connect-provider-arn ${arn} >/dev/null 2>&1 ||`,
    `  aws iam create-open-id-connect-provider --url https://${ISSUER} --client-id-list sts.amazonaws.com >/dev/null`,
  ];
}

/** AWS keeps five versions of a policy and refuses the sixth, so those that no longer count go first. */
function roleLines(environment: RoleName, { name, arn, trust, policy, boundary }: PipelineRole): string[] {
  const named = `--role-name ${name}`;
  const policyName = boundary.arn.slice(boundary.arn.lastIndexOf("/") + 1);
  return [
    "",
    `# ${environment}: what its functions may do at most`,
    `boundary=${quote(boundary.policy)}`,
    `if aws iam get-policy --policy-arn ${boundary.arn} >/dev/null 2>&1; then`,
    `  for version in $(aws iam list-policy-versions --policy-arn ${boundary.arn} --query 'Versions[?!IsDefaultVersion].VersionId' --output text); do`,
    `    aws iam delete-policy-version --policy-arn ${boundary.arn} --version-id "$version"`,
    "  done",
    `  aws iam create-policy-version --policy-arn ${boundary.arn} --set-as-default --policy-document "$boundary" >/dev/null`,
    "else",
    `  aws iam create-policy --path ${PATH} --policy-name ${policyName} --policy-document "$boundary" >/dev/null`,
    "fi",
    `# ${environment}: the role of its workflow`,
    `trust=${quote(trust)}`,
    `if aws iam get-role ${named} >/dev/null 2>&1; then`,
    `  aws iam update-assume-role-policy ${named} --policy-document "$trust"`,
    "else",
    `  aws iam create-role --path ${PATH} ${named} --assume-role-policy-document "$trust" >/dev/null`,
    "fi",
    `aws iam put-role-policy ${named} --policy-name deploy --policy-document ${quote(policy)}`,
    `echo "gh variable set AWS_ROLE --env ${environment} --body ${arn}"`,
    `echo "gh variable set PERMISSIONS_BOUNDARY --env ${environment} --body ${boundary.arn}"`,
  ];
}

/** For a shell, in which nothing within single quotes means anything. */
function quote(document: object): string {
  return `'${JSON.stringify(document).replaceAll("'", `'\\''`)}'`;
}
