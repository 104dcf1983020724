import { type Branch, TYPES, type Type } from "./branch.ts";
import { branchesOf } from "./branches.ts";
import type { Compare, Documents } from "./compare.ts";
import { compareArrays } from "./compare-arrays.ts";
import { compareObjects } from "./compare-objects.ts";
import { compareRules } from "./compare-rules.ts";
import { compareValues, compareWithList } from "./compare-values.ts";
import { type Difference, narrower, other, wider } from "./difference.ts";
import { compareForms } from "./forms.ts";
import { compareInRounds } from "./rounds.ts";
import { canonical, isUnchanged, type Schema } from "./schema.ts";

/**
 * How what a schema allows differs from what it allowed, each in the document that its `$ref`s lead into. Where it cannot say,
 * as of two patterns, it says both: narrower and wider. Throws an error for a `$ref` that leads nowhere.
 *
 * By a convention of APIs, and not by the letter of JSON Schema, nobody sends properties that a schema does not name, and
 * nobody minds those in a reply. And a property that is gone breaks both sides, whether it was required or not.
 *
 *     compareSchemas({ type: "string" }, { type: ["string", "null"] }, { before: {}, after: {} });
 *     // [{ place: [], says: "may be null now", narrows: false, widens: true }]
 */
export function compareSchemas(before: Schema, after: Schema, documents: Documents): readonly Difference[] {
  const nameOf = (pair: Pair) => canonical(pair);
  return compareInRounds<Pair>([before, after], nameOf, ([one, another], compare) =>
    isSame(one, another, documents)
      ? []
      : compareBranches(
          branchesOf(one, documents.before),
          branchesOf(another, documents.after),
          (was, is) => compare([was, is]),
          documents,
        ),
  );
}

type Pair = readonly [before: Schema, after: Schema];

/** Most are, and then there is nothing to look into. */
function isSame(before: Schema, after: Schema, documents: Documents): boolean {
  const hasSameText = canonical(before) === canonical(after);
  return hasSameText && isUnchanged(before, documents.before, documents.after);
}

function compareBranches(
  before: readonly Branch[],
  after: readonly Branch[],
  compare: Compare,
  documents: Documents,
): readonly Difference[] {
  const typesBefore = typesOf(before);
  const typesAfter = typesOf(after);
  const shared = typesBefore.filter((type) => typesAfter.includes(type));
  if (shared.length === 0) {
    const says = `is ${nameTypes(typesAfter)} now, and was ${nameTypes(typesBefore)}`;
    if (typesAfter.length === 0) return typesBefore.length === 0 ? [] : [narrower(says)];
    return [typesBefore.length === 0 ? wider(says) : other(says)];
  }
  const gone = typesBefore.filter((type) => !shared.includes(type));
  const fresh = typesAfter.filter((type) => !shared.includes(type));
  const compareTwo = (one: Branch, another: Branch) => compareBranch(one, another, compare, documents);
  return [
    ...(gone.length > 0 ? [narrower(`can no longer be ${nameTypes(gone)}`)] : []),
    ...(fresh.length > 0 ? [wider(`may be ${nameTypes(fresh)} now`)] : []),
    ...shared.flatMap((type) =>
      compareForms(
        before.filter((each) => each.type === type),
        after.filter((each) => each.type === type),
        compareTwo,
      ),
    ),
  ];
}

function compareBranch(
  before: Branch,
  after: Branch,
  compare: Compare,
  documents: Documents,
): readonly Difference[] {
  const listed = compareWithList(before, after);
  if (listed !== undefined) return listed;
  return [
    ...compareValues(before, after),
    ...compareRules(before, after, documents),
    ...compareObjects(before, after, compare),
    ...compareArrays(before, after, compare),
  ];
}

function typesOf(branches: readonly Branch[]): readonly Type[] {
  return TYPES.filter((type) => branches.some((branch) => branch.type === type));
}

const NAMES: Readonly<Record<Type, string>> = {
  null: "null",
  boolean: "true or false",
  number: "a number",
  string: "text",
  array: "a list",
  object: "an object",
};

function nameTypes(types: readonly Type[]): string {
  if (types.length === 0) return "nothing";
  if (types.length === TYPES.length) return "anything";
  return types.map((type) => NAMES[type]).join(" or ");
}
