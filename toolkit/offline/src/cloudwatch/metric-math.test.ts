import { expect, test } from "vitest";
import { evaluateMath } from "./metric-math.ts";

const metrics = { a: [1, 2, undefined, 0], b: [4, 0, 3, undefined] };

test.each<[string, readonly (number | undefined)[]]>([
  ["a", [1, 2, undefined, 0]],
  ["a + b", [5, 2, undefined, undefined]],
  ["a - b", [-3, 2, undefined, undefined]],
  ["100 * a / b", [25, undefined, undefined, undefined]],
  ["FILL(a, 0) + FILL(b, 10)", [5, 2, 3, 10]],
  ["2 * (a + 1)", [4, 6, undefined, 2]],
])("%s has a value where all of its metrics have one, and no divisor is 0", (expression, values) => {
  expect(evaluateMath(expression, metrics)).toEqual(values);
});

test.each(["c", "a +", "a b", "FILL(a)", "(a", "SORT(a)"])("%s is refused", (expression) => {
  expect(() => evaluateMath(expression, metrics)).toThrow(expression);
});
