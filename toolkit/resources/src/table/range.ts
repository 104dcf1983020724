import { isPlain } from "./attribute.ts";
import type { Expression } from "./expression.ts";

export type Render = (expression: Expression, name: string, operand: unknown, at: string) => string;
export type Operators = Readonly<Record<string, Render>>;

const compare =
  (operator: string): Render =>
  (expression, name, operand, at) =>
    `${name} ${operator} ${expression.value(operand, at)}`;
export const call =
  (operator: string): Render =>
  (expression, name, operand, at) =>
    `${operator}(${name}, ${expression.value(operand, at)})`;

/** Each operator with the orders, of the attribute and the operand, that it lets through. */
const comparisons = {
  is: ["=", [0]],
  before: ["<", [-1]],
  after: [">", [1]],
  atMost: ["<=", [-1, 0]],
  atLeast: [">=", [0, 1]],
} as const;

/** What a sort key may be. */
export const ranges: Operators = {
  ...Object.fromEntries(Object.entries(comparisons).map(([name, [operator]]) => [name, compare(operator)])),
  beginsWith: call("begins_with"),
  between(expression, name, operand, at) {
    const [from, to] = operand as readonly unknown[]; // as its type says
    return `${name} BETWEEN ${expression.value(from, at)} AND ${expression.value(to, at)}`;
  },
};

/** Renders each attribute's condition, all of which must hold. */
export function renderAll(operators: Operators, expression: Expression, given: object): readonly string[] {
  return Object.entries(given)
    .filter(([, asked]) => asked !== undefined)
    .map(([attribute, asked]) => {
      const [operator, operand] = operatorOf(asked);
      const render = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
      if (render === undefined)
        throw new TypeError(`${attribute} is compared by one of ${Object.keys(operators).join(", ")}`);
      return render(expression, expression.name(attribute), operand, attribute);
    });
}

/** A plain object is never a value: its one member is the operator, so no map can be taken for one. */
export function operatorOf(asked: unknown): readonly [operator: string, operand: unknown] {
  if (typeof asked !== "object" || asked === null || !isPlain(asked)) return ["is", asked];
  const [first, ...others] = Object.entries(asked);
  return first && others.length === 0 ? first : ["", undefined];
}

type Sortable = string | number | bigint;

/** Whether a value is one that a query asks for, as DynamoDB sees it. */
export function isWithin(value: Sortable, asked: unknown): boolean {
  const [operator, operand] = operatorOf(asked);
  if (operator === "beginsWith") return String(value).startsWith(String(operand));
  if (operator === "between") {
    const [from, to] = operand as readonly unknown[]; // as its type says
    return isWithin(value, { atLeast: from }) && isWithin(value, { atMost: to });
  }
  const [, orders] = comparisons[operator as keyof typeof comparisons]; // which were rendered before
  return (orders as readonly number[]).includes(orderOf(value, operand as Sortable)); // likewise
}

/** Numbers and bigints are compared as they are, and text by its bytes. */
function orderOf(a: Sortable, b: Sortable): number {
  if (typeof a === "string" || typeof b === "string")
    return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
  return a < b ? -1 : Number(a > b);
}
