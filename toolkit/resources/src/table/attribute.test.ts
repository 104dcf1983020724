import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { storableItem } from "../testing/storable.ts";
import { fromAttributes, toAttributes } from "./attribute.ts";

const roundTrip = (value: unknown) =>
  fromAttributes(JSON.parse(JSON.stringify(toAttributes({ value })))).value;
const errorOf = (item: object) => {
  try {
    return toAttributes(item);
  } catch (error) {
    return String(error);
  }
};

test("what is kept comes back equal", () => {
  fc.assert(
    fc.property(storableItem, (item) => {
      expect(fromAttributes(JSON.parse(JSON.stringify(toAttributes(item))))).toEqual(item);
    }),
    { numRuns: 500 },
  );
});

describe("a number", () => {
  test.each([
    [0, "0"],
    [-0, "0"],
    [-1.5, "-1.5"],
    [1e-130, "1e-130"],
    [5e-7, "5e-7"],
    [Number.MAX_SAFE_INTEGER, "9007199254740991"],
    [9_007_199_254_740_993n, "9007199254740993"],
    [-(10n ** 125n), `-1${"0".repeat(125)}`],
    [12345678901234567890123456789012345678n, "12345678901234567890123456789012345678"],
  ])("%s is kept as it is", (value, N) => {
    expect(toAttributes({ value })).toEqual({ value: { N } });
    expect(roundTrip(value)).toEqual(value === 0 ? 0 : value);
  });

  test.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 53,
    -1e20,
    1e-131,
    Number.MIN_VALUE,
    10n ** 126n,
    123456789012345678901234567890123456789n,
  ])("%s is refused, with where it is", (value) => {
    expect(errorOf({ a: [{ b: value }] })).toBe(
      `TypeError: a[0].b is the ${typeof value} ${value}, which a table cannot hold`,
    );
  });

  test.each([
    ["1E+2", 100],
    ["0.00000015", 1.5e-7],
    ["100", 100],
    ["9007199254740992", 9_007_199_254_740_992n],
    ["1e-130", 1e-130],
  ])("written as %s is read", (N, value) => {
    expect(fromAttributes({ value: { N } })).toEqual({ value });
  });

  test.each(["0.1234567890123456789", "9007199254740993.5", "1E+30", "1e400"])(
    "written as %s would lose something, and is refused",
    (N) => {
      expect(() => fromAttributes({ value: { N } })).toThrow(RangeError);
    },
  );
});

describe("what a table cannot hold is refused, with where it is", () => {
  const cyclic: { more: { list: unknown[] } } = { more: { list: [] } };
  cyclic.more.list.push(cyclic);
  class Own {}

  test.each<[what: string, item: object]>([
    ["a[1] is undefined", { a: [1, undefined] }],
    // biome-ignore lint/suspicious/noSparseArray: what is tested
    ["a[1] is undefined", { a: [1, , 2] }],
    ["a.b is a Date", { a: { b: new Date(0) } }],
    ["a is a Map", { a: new Map() }],
    ["a is a Own", { a: new Own() }],
    ["a is a Uint16Array", { a: new Uint16Array(1) }],
    ["a is function", { a: () => 1 }],
    ["a is symbol", { a: Symbol("x") }],
    ["a is an empty set", { a: new Set() }],
    ["a is a set of other than texts, numbers or bytes", { a: new Set(["a", 1]) }],
    ["a is half of a character", { a: "\ud800" }],
  ])("%s", (what, item) => {
    expect(errorOf(item)).toBe(`TypeError: ${what}, which a table cannot hold`);
  });

  test("what lies in itself", () => {
    expect(errorOf(cyclic)).toMatch(/in more than 32 lists and maps, or in itself, which/);
  });
});

test("an undefined attribute is left out", () => {
  expect(toAttributes({ a: undefined, b: { c: undefined } })).toEqual({ b: { M: {} } });
});
