/** What `aws.iam.getPolicyDocument` takes. */
export type PolicyDocumentArgs = {
  readonly version?: string;
  readonly policyId?: string;
  readonly statements?: readonly StatementArgs[];
  /** Documents in JSON whose statements come first. */
  readonly sourcePolicyDocuments?: readonly string[];
  /** Documents in JSON whose statements take the place of those with their Sid, or come last. */
  readonly overridePolicyDocuments?: readonly string[];
};

type StatementArgs = {
  readonly sid?: string;
  readonly effect?: string;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principals?: readonly PrincipalArgs[];
  readonly notPrincipals?: readonly PrincipalArgs[];
  readonly conditions?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
};
type PrincipalArgs = { readonly type: string; readonly identifiers: readonly string[] };

/** As IAM reads it: one value, or a list of them. */
type Values = string | readonly string[];
/** A statement of a policy, as IAM reads it. */
export type Statement = {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Action?: Values;
  readonly NotAction?: Values;
  readonly Resource?: Values;
  readonly NotResource?: Values;
  readonly Principal?: "*" | Readonly<Record<string, Values>>;
  readonly NotPrincipal?: "*" | Readonly<Record<string, Values>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
};

/**
 * Answers as the provider does: one value stands for itself, several are sorted backwards, `&{aws:…}` becomes a variable, and
 * without statements there are none, so that SST gives a role no policy.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/iam/policy_document_data_source.go
 */
export function policyDocument(args: PolicyDocumentArgs): object {
  const { version = "2012-10-17", policyId, statements = [] } = args;
  if (!["2012-10-17", "2008-10-17"].includes(version)) throw new Error(`a policy of version ${version}`);
  const own = statements.map((each) => toStatement(each, version));
  const all = (args.overridePolicyDocuments ?? [])
    .flatMap(statementsOf)
    .reduce(override, [...(args.sourcePolicyDocuments ?? []).flatMap(statementsOf), ...own]);
  refuseSameSid(all);
  const document = {
    Version: version,
    ...(policyId && { Id: policyId }),
    ...(all.length > 0 && { Statement: all }),
  };
  return {
    ...args,
    id: "1234567890",
    json: JSON.stringify(document, undefined, 2),
    minifiedJson: JSON.stringify(document),
    ...(statements.length === 0 && { statements: undefined }),
  };
}

function toStatement(args: StatementArgs, version: string): Statement {
  const { sid, effect = "Allow", actions, notActions, resources, notResources } = args;
  const { principals, notPrincipals, conditions } = args;
  if (effect !== "Allow" && effect !== "Deny")
    throw new Error(`the effect of a statement is Allow or Deny, not ${effect}`);
  const read = (texts: readonly string[]) => valuesOf(texts.map((text) => replaceVariables(text, version)));
  return {
    ...(sid && { Sid: sid }),
    Effect: effect,
    ...(actions?.length && { Action: valuesOf(actions) }),
    ...(notActions?.length && { NotAction: valuesOf(notActions) }),
    ...(resources?.length && { Resource: read(resources) }),
    ...(notResources?.length && { NotResource: read(notResources) }),
    ...(principals?.length && { Principal: principalOf(principals) }),
    ...(notPrincipals?.length && { NotPrincipal: principalOf(notPrincipals) }),
    ...(conditions?.length && { Condition: conditionOf(conditions, read) }),
  };
}

/** `${…}` would be Pulumi's own; a policy of 2008 has no variables. */
function replaceVariables(text: string, version: string): string {
  if (version === "2008-10-17" && text.includes("&{"))
    throw new Error(`found &{ sequence in "${text}", which is not supported in document version 2008-10-17`);
  return text.replaceAll("&{", "${");
}

function valuesOf(texts: readonly string[]): Values {
  const [only = "", ...others] = texts;
  return others.length === 0 ? only : texts.toSorted().reverse();
}

function principalOf(principals: readonly PrincipalArgs[]): "*" | Record<string, Values> {
  const [{ type, identifiers } = { type: "", identifiers: [] }, ...others] = principals;
  if (others.length === 0 && type === "*" && identifiers.join() === "*") return "*";
  const types = Map.groupBy(principals, (each) => each.type);
  return Object.fromEntries(
    [...types].map(([type, each]) => [type, valuesOf(each.flatMap(({ identifiers }) => identifiers))]),
  );
}

function conditionOf(
  conditions: NonNullable<StatementArgs["conditions"]>,
  read: (texts: readonly string[]) => Values,
): Record<string, Record<string, Values>> {
  const tests = Map.groupBy(conditions, ({ test }) => test);
  return Object.fromEntries(
    [...tests].map(([test, each]) => [
      test,
      Object.fromEntries(
        [...Map.groupBy(each, ({ variable }) => variable)].map(([variable, same]) => [
          variable,
          read(same.flatMap(({ values }) => values)),
        ]),
      ),
    ]),
  );
}

/** The statements of a policy in JSON, as IAM reads them: one may stand without its list. */
export function statementsOf(json: string): readonly Statement[] {
  const { Statement = [] } = JSON.parse(json) as { Statement?: Statement | readonly Statement[] }; // a policy
  return [Statement].flat();
}

function override(statements: readonly Statement[], by: Statement): Statement[] {
  const at = by.Sid === undefined ? -1 : statements.findIndex(({ Sid }) => Sid === by.Sid);
  return at < 0 ? [...statements, by] : statements.with(at, by);
}

function refuseSameSid(statements: readonly Statement[]): void {
  const sids = statements.flatMap(({ Sid }) => Sid ?? []);
  const twice = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (twice !== undefined) throw new Error(`duplicate Sid (${twice})`);
}
