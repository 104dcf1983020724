import { clock } from "../aws/clock.ts";
import type { Table } from "../declare/table.ts";
import type { Expression } from "./expression.ts";
import { call, type Operators, operatorOf, ranges, renderAll } from "./range.ts";

const conditions: Operators = {
  ...ranges,
  not: (expression, name, operand, at) => `${name} <> ${expression.value(operand, at)}`,
  contains: call("contains"),
  exists: (_, name, operand) => `attribute_${operand ? "exists" : "not_exists"}(${name})`,
  in(expression, name, operand, at) {
    const values = (operand as readonly unknown[]).map((each) => expression.value(each, at)); // as its type says
    if (values.length === 0) throw new TypeError(`${at} is to be in an empty list, which nothing is`);
    return `${name} IN (${values.join(", ")})`;
  },
};

/**
 * The condition that holds where all of them do; undefined where there are none. An item that has expired is as none, here as
 * for readers: of none, only what need not exist holds, or must not be something.
 */
export function conditionOf({ expires }: Table, expression: Expression, given: object): string | undefined {
  const parts = renderAll(conditions, expression, given);
  if (parts.length === 0) return undefined;
  const condition = parts.join(" AND ");
  if (expires === undefined) return condition;
  const hasExpired = `${expression.name(expires)} <= ${expression.value(clock.now() / 1000, expires)}`;
  return Object.values(given).every((asked) => asked === undefined || holdsOfNone(asked))
    ? `${condition} OR ${hasExpired}`
    : `${condition} AND NOT ${hasExpired}`;
}

function holdsOfNone(asked: unknown): boolean {
  const [operator, operand] = operatorOf(asked);
  return operator === "not" || (operator === "exists" && !operand);
}
