import { expect, test } from "vitest";
import { type Condition, meets } from "./conditions.ts";

const item = {
  text: { S: "m" },
  number: { N: "10" },
  bytes: { B: "AQI=" },
  list: { L: [{ N: "1" }, { SS: ["a", "b"] }] },
  copy: { L: [{ N: "1" }, { SS: ["b", "a"] }] },
  map: { M: { x: { L: [] } } },
  set: { SS: ["a", "b"] },
  yes: { BOOL: true },
};
const path = (name: string) => [name];
const compare = (type: string, ...args: readonly unknown[]): Condition => ({ type, args });
const ask = (name: string, ...args: readonly unknown[]): Condition => ({ type: "function", name, args });

test.each<readonly [string, Condition, boolean]>([
  ["two missing attributes are not equal", compare("=", path("none"), path("nothing")), false],
  ["a missing attribute differs from a value", compare("<>", path("none"), { S: "m" }), true],
  ["a missing attribute is not less", compare("<", path("none"), { N: "1" }), false],
  [
    "lists are equal by their members, sets in them in any order",
    compare("=", path("list"), path("copy")),
    true,
  ],
  ["maps are equal by their members", compare("=", path("map"), { M: { x: { L: [] } } }), true],
  ["maps differ by a member", compare("<>", path("map"), { M: { x: { L: [{ N: "1" }] } } }), true],
  ["sets are equal in any order", compare("=", path("set"), { SS: ["b", "a"] }), true],
  ["a set differs from a part of it", compare("=", path("set"), { SS: ["a"] }), false],
  ["types differ", compare("=", path("number"), { S: "10" }), false],
  ["numbers are in the order of numbers", compare(">", path("number"), { N: "9" }), true],
  ["a number of another type is not less", compare("<", path("number"), { S: "9" }), false],
  ["booleans have no order", compare(">=", path("yes"), path("yes")), false],
  ["texts are in the order of their bytes", compare("<", { S: "\uffee" }, { S: "😀" }), true],
  ["a bound is part of a range", compare("between", path("number"), { N: "10" }, { N: "10" }), true],
  ["below a range", compare("between", path("number"), { N: "11" }, { N: "12" }), false],
  ["above a range", compare("between", path("number"), { N: "8" }, { N: "9" }), false],
  ["one of several", compare("in", path("text"), { S: "a" }, { S: "m" }), true],
  ["none of several", compare("in", path("text"), { S: "a" }, path("none")), false],
  ["a list has a member", ask("contains", path("list"), { SS: ["b", "a"] }), true],
  ["a set has a member", ask("contains", path("set"), { S: "a" }), true],
  ["a set has none of another type", ask("contains", path("set"), { N: "1" }), false],
  ["a text has a part", ask("contains", { S: "abc" }, { S: "bc" }), true],
  ["bytes have a part", ask("contains", path("bytes"), { B: "Ag==" }), true],
  ["nothing has no part", ask("contains", path("none"), { S: "a" }), false],
  ["a text begins", ask("begins_with", { S: "abc" }, { S: "ab" }), true],
  ["bytes begin", ask("begins_with", path("bytes"), { B: "AQ==" }), true],
  ["bytes do not begin", ask("begins_with", path("bytes"), { B: "Ag==" }), false],
  ["a number begins with nothing", ask("begins_with", path("number"), { S: "1" }), false],
  ["a type", ask("attribute_type", path("list"), { S: "L" }), true],
  ["another type", ask("attribute_type", path("list"), { S: "M" }), false],
  ["the type of nothing", ask("attribute_type", path("none"), { S: "NULL" }), false],
  ["an attribute in a map", ask("attribute_exists", ["map", "x"]), true],
  ["a member beyond a list", ask("attribute_not_exists", ["list", 2]), true],
  ["the size of bytes", compare("=", ask("size", path("bytes")), { N: "2" }), true],
  ["the size of a map", compare("=", ask("size", path("map")), { N: "1" }), true],
  ["the size of a number", compare("=", ask("size", path("number")), { N: "2" }), false],
  ["not", compare("not", compare("=", path("text"), { S: "m" })), false],
  [
    "and",
    compare("and", compare("=", path("text"), { S: "m" }), compare("=", path("text"), { S: "a" })),
    false,
  ],
  ["or", compare("or", compare("=", path("text"), { S: "m" }), compare("=", path("text"), { S: "a" })), true],
])("%s", (_, condition, expected) => {
  expect(meets(item, condition)).toBe(expected);
});
