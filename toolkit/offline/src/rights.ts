import { type Statement, statementsOf } from "./policy-document.ts";
import type { Resource, State } from "./state.ts";

/** All that a function may do, and all that may call it, a line for each statement. */
export type Rights = {
  /** Who may run as the function's role. */
  readonly trust: readonly string[];
  /** What its role may do, by policies in it and beside it. */
  readonly may: readonly string[];
  /** Policies of AWS's or of others, which the stage's state says nothing of. */
  readonly policies: readonly string[];
  /** What the role may do at most, whatever its policies say; undefined without a boundary. */
  readonly boundary?: string;
  /** Who may call the function. */
  readonly callers: readonly string[];
};

/**
 * What the function of those resources, such as `SendMail`, may do. What the stage itself made is called by its name in it,
 * so that the lines are the same after each deploy.
 *
 *     rightsOf(state, "Greet").may; // ["Allow logs:CreateLogStream, logs:PutLogEvents on GreetLogGroup:*"]
 */
export function rightsOf(state: State, resource: string): Rights {
  const role = state.resource(`${resource}Role`);
  const lambda = state.resource(`${resource}Function`);
  const lines = (documents: readonly unknown[]) =>
    documents.flatMap((each) => statements(each).map((statement) => nameArns(state, describe(statement))));
  const attached = policiesOf(state, role);
  const known = new Map(
    state.ofType("aws:iam/policy:Policy").map(({ outputs, inputs }) => [outputs.arn, inputs]),
  );
  const { permissionsBoundary } = role.inputs;
  return {
    trust: lines([role.inputs.assumeRolePolicy]),
    may: lines([
      ...inlinePoliciesOf(state, role),
      ...attached.flatMap((arn) => known.get(arn)?.policy ?? []),
    ]),
    policies: attached.filter((arn) => !known.has(arn)).map(String),
    ...(permissionsBoundary !== undefined && { boundary: nameArns(state, String(permissionsBoundary)) }),
    callers: state
      .ofType("aws:lambda/permission:Permission")
      .filter((permission) => isOf(lambda, permission.inputs.function))
      .map(({ inputs }) => nameArns(state, describePermission(inputs))),
  };
}

function inlinePoliciesOf(state: State, role: Resource): readonly unknown[] {
  const inline = (role.inputs.inlinePolicies ?? []) as readonly { readonly policy: unknown }[]; // the provider's
  const beside = state
    .ofType("aws:iam/rolePolicy:RolePolicy")
    .filter(({ inputs }) => isOf(role, inputs.role));
  return [...inline, ...beside.map(({ inputs }) => inputs as { readonly policy: unknown })].map(
    ({ policy }) => policy,
  );
}

/** By ARN. */
function policiesOf(state: State, role: Resource): readonly unknown[] {
  return [
    ...((role.inputs.managedPolicyArns ?? []) as readonly unknown[]), // the provider's
    ...state
      .ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
      .filter(({ inputs }) => isOf(role, inputs.role))
      .map(({ inputs }) => inputs.policyArn),
    ...state
      .ofType("aws:iam/policyAttachment:PolicyAttachment")
      .filter(({ inputs }) => [inputs.roles ?? []].flat().some((each) => isOf(role, each)))
      .map(({ inputs }) => inputs.policyArn),
  ];
}

/** A resource is meant by its name, or by its ARN with a version or alias behind it. */
function isOf({ id, outputs }: Resource, reference: unknown): boolean {
  return [id, outputs.name, outputs.arn].some(
    (each) => each !== undefined && (reference === each || String(reference).startsWith(`${each}:`)),
  );
}

/** A policy is JSON, or an object where the provider takes one. */
function statements(policy: unknown): readonly Statement[] {
  return statementsOf(typeof policy === "string" ? policy : JSON.stringify(policy ?? {}));
}

function describe(statement: Statement): string {
  const {
    Sid: _,
    Effect,
    Action,
    NotAction,
    Resource,
    NotResource,
    Principal,
    NotPrincipal,
    Condition,
  } = statement;
  const parts = [
    Effect,
    Action && list(Action),
    NotAction && `all but ${list(NotAction)}`,
    Resource && `on ${list(Resource)}`,
    NotResource && `on all but ${list(NotResource)}`,
    Principal && `by ${principal(Principal)}`,
    NotPrincipal && `by all but ${principal(NotPrincipal)}`,
    Condition && `if ${condition(Condition)}`,
  ];
  return parts.filter((part) => part).join(" ");
}

function describePermission(inputs: Resource["inputs"]): string {
  const { action, principal: caller, function: _, statementId: __, ...limits } = inputs;
  const conditions = Object.entries(limits).map(([name, value]) => `${name} = ${value}`);
  const parts = [
    "Allow",
    action,
    "by",
    caller,
    ...(conditions.length > 0 ? ["if", conditions.join(", ")] : []),
  ];
  return parts.join(" ");
}

function list(values: string | readonly string[]): string {
  return [values].flat().toSorted().join(", ");
}

function principal(principal: NonNullable<Statement["Principal"]>): string {
  if (principal === "*") return "*";
  return Object.entries(principal)
    .map(([type, each]) => (type === "Service" ? list(each) : `${type} ${list(each)}`))
    .join(", ");
}

function condition(condition: NonNullable<Statement["Condition"]>): string {
  return Object.entries(condition)
    .flatMap(([test, each]) =>
      Object.entries(each).map(([variable, values]) => `${variable} ${test} ${list(values)}`),
    )
    .join(" and ");
}

/** The longest first, as the ARN of one may begin with that of another. */
function nameArns(state: State, text: string): string {
  const names = state.all.flatMap(({ urn, outputs }) =>
    ["executionArn", "streamArn", "arn"].flatMap((property) => {
      const value = outputs[property];
      const name = urn.split("::").at(-1) ?? "";
      return typeof value === "string" && value.startsWith("arn:") ? [[value, name] as const] : [];
    }),
  );
  return names
    .toSorted(([one], [other]) => other.length - one.length)
    .reduce((named, [arn, name]) => named.replaceAll(arn, name), text);
}
