import type { Expression } from "./expression.ts";

type Render = (expression: Expression, name: string, operand: unknown, at: string) => string;

const compare =
  (operator: string): Render =>
  (expression, name, operand, at) =>
    `${name} ${operator} ${expression.value(operand, at)}`;
const call =
  (operator: string): Render =>
  (expression, name, operand, at) =>
    `${operator}(${name}, ${expression.value(operand, at)})`;

/** What a sort key may be. */
const ranges: Readonly<Record<string, Render>> = {
  before: compare("<"),
  after: compare(">"),
  atMost: compare("<="),
  atLeast: compare(">="),
  beginsWith: call("begins_with"),
  between(expression, name, operand, at) {
    const [from, to] = operand as readonly [unknown, unknown]; // as its type says
    return `${name} BETWEEN ${expression.value(from, at)} AND ${expression.value(to, at)}`;
  },
};

const conditions: Readonly<Record<string, Render>> = {
  ...ranges,
  not: compare("<>"),
  contains: call("contains"),
  exists: (_, name, operand) => `attribute_${operand ? "exists" : "not_exists"}(${name})`,
  in(expression, name, operand, at) {
    const values = (operand as readonly unknown[]).map((each) => expression.value(each, at)); // as its type says
    if (values.length === 0) throw new TypeError(`${at} is to be in an empty list, which nothing is`);
    return `${name} IN (${values.join(", ")})`;
  },
};

/** The condition that holds where all of them do; undefined where there are none. */
export function conditionOf(expression: Expression, given: object | undefined): string | undefined {
  const parts = Object.entries(given ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([attribute, value]) => render(conditions, expression, attribute, value));
  return parts.length === 0 ? undefined : parts.join(" AND ");
}

/** The same of a query's attributes. */
export function keyConditionOf(expression: Expression, where: object): string {
  return Object.entries(where)
    .filter(([, value]) => value !== undefined)
    .map(([attribute, value]) => render(ranges, expression, attribute, value))
    .join(" AND ");
}

/** The operator and the operand of a condition; undefined for a value that the attribute is to be. */
export function operatorOf(value: unknown): readonly [operator: string, operand: unknown] | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const [first, ...more] = Object.entries(value);
  return first && more.length === 0 && Object.hasOwn(conditions, first[0]) ? first : undefined;
}

function render(
  operators: typeof conditions,
  expression: Expression,
  attribute: string,
  value: unknown,
): string {
  const [operator = "", operand] = operatorOf(value) ?? [];
  const own = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  return own
    ? own(expression, expression.name(attribute), operand, attribute)
    : compare("=")(expression, expression.name(attribute), value, attribute);
}
