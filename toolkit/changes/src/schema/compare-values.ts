import { allows } from "./allows.ts";
import type { Bound, Branch } from "./branch.ts";
import { type Difference, narrower, wider } from "./difference.ts";
import { canonical } from "./schema.ts";

/** Compares which values are listed, and between which bounds numbers are. */
export function compareValues(before: Branch, after: Branch): readonly Difference[] {
  return [
    ...compareLists(before.values ?? [], after.values ?? []),
    ...compareBounds("minimum", before.minimum, after.minimum),
    ...compareBounds("maximum", before.maximum, after.maximum),
    ...compareInteger(before, after),
  ];
}

/** Compares a branch that lists its values with one that does not; undefined where both do, or neither does. */
export function compareWithList(before: Branch, after: Branch): readonly Difference[] | undefined {
  if ((before.values === undefined) === (after.values === undefined)) return undefined;
  const isWithin = after.values?.every((value) => allows(before, value)) ?? false;
  const isAround = before.values?.every((value) => allows(after, value)) ?? false;
  const says =
    after.values === undefined
      ? `is no longer one of ${list(before.values)} alone`
      : `can only be ${list(after.values)} now`;
  return [{ place: [], says, narrows: !isAround, widens: !isWithin }];
}

function compareLists(before: readonly unknown[], after: readonly unknown[]): readonly Difference[] {
  const gone = without(before, after);
  const fresh = without(after, before);
  return [
    ...(gone.length > 0 ? [narrower(`can no longer be ${list(gone)}`)] : []),
    ...(fresh.length > 0 ? [wider(`may be ${list(fresh)} now`)] : []),
  ];
}

function without(values: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  const known = new Set(others.map(canonical));
  return values.filter((value) => !known.has(canonical(value)));
}

function list(values: readonly unknown[] = []): string {
  return values.map((value) => JSON.stringify(value)).join(", ");
}

function compareInteger(before: Branch, after: Branch): readonly Difference[] {
  if (before.isInteger === after.isInteger || after.values !== undefined) return []; // values say it themselves
  return after.isInteger
    ? [narrower("must be a whole number now")]
    : [wider("need not be a whole number now")];
}

function compareBounds(
  side: "minimum" | "maximum",
  before: Bound | undefined,
  after: Bound | undefined,
): readonly Difference[] {
  if (before?.at === after?.at && before?.isExclusive === after?.isExclusive) return [];
  const says = `has the ${side} ${describe(after)} now, and had ${describe(before)}`;
  return [isTighter(side, before, after) ? narrower(says) : wider(says)];
}

function isTighter(
  side: "minimum" | "maximum",
  before: Bound | undefined,
  after: Bound | undefined,
): boolean {
  if (before === undefined || after === undefined) return before === undefined;
  if (before.at === after.at) return after.isExclusive;
  return after.at > before.at === (side === "minimum");
}

function describe(bound: Bound | undefined): string {
  if (bound === undefined) return "none";
  return bound.isExclusive ? `${bound.at} (itself not allowed)` : String(bound.at);
}
