import type { Condition, Operator, Policy, Statement } from "../policy.ts";

/** A request to AWS, as IAM sees it. `context` has its condition keys. */
export type Call = {
  /** Such as `s3:GetObject`. */
  readonly action: string;
  /** An ARN, or `*` where the action has no resource. */
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
};

/**
 * Whether IAM lets somebody do it who has those policies, and that boundary: what one denies is denied, and the rest needs an
 * allowance of both. Of what IAM knows it has what this room writes, and throws for anything else.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
export function isAllowed(call: Call, policies: readonly Policy[], boundary?: Policy): boolean {
  const all = boundary === undefined ? [policies] : [policies, [boundary]];
  const says = (effect: Statement["Effect"]) => (each: readonly Policy[]) =>
    each.some(({ Statement }) => Statement.some((one) => one.Effect === effect && covers(one, call)));
  return !all.some(says("Deny")) && all.every(says("Allow"));
}

function covers(statement: Statement, { action, resource, context = {} }: Call): boolean {
  const { Sid, Effect, Action, Resource, Condition = {}, ...unknown } = statement;
  const [element] = Object.keys(unknown);
  if (element !== undefined) throw new Error(`This does not evaluate ${element}.`);
  return (
    [Action].flat().some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    [Resource].flat().some((pattern) => matches(pattern, resource)) &&
    holds(Condition, context)
  );
}

/** All conditions must hold, for one of their values each; the negated for none. */
function holds(condition: Condition, context: Readonly<Record<string, string>>): boolean {
  const keys = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  return Object.entries(condition).every(([operator, expected]) =>
    Object.entries(expected).every(([key, values]) =>
      compare(operator, keys.get(key.toLowerCase()), [values].flat()),
    ),
  );
}

/** What is not in the request equals nothing, so only a negated condition holds. */
function compare(operator: string, actual: string | undefined, values: readonly string[]): boolean {
  const some = (is: (value: string, actual: string) => boolean) =>
    actual !== undefined && values.some((value) => is(value, actual));
  const operators: Record<Operator, () => boolean> = {
    StringEquals: () => some((value, actual) => value === actual),
    StringNotEquals: () => !some((value, actual) => value === actual),
    StringLike: () => some(matches),
    StringNotLike: () => !some(matches),
  };
  if (operator in operators) return operators[operator as Operator](); // it is one of them
  throw new Error(`This does not evaluate ${operator}.`);
}

/** `*` stands for any text, slashes and colons included, and `?` for one character. */
function matches(pattern: string, text: string): boolean {
  const source = pattern.replace(/[\\^$.*+?()[\]{}|]/g, (sign) =>
    sign === "*" ? ".*" : sign === "?" ? "." : `\\${sign}`,
  );
  return new RegExp(`^${source}$`, "s").test(text);
}
