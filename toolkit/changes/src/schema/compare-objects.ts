import { type Branch, propertyOf } from "./branch.ts";
import type { Compare } from "./compare.ts";
import { type Difference, harmless, narrower, other, wider, within } from "./difference.ts";
import type { Schema } from "./schema.ts";

export function compareObjects(before: Branch, after: Branch, compare: Compare): readonly Difference[] {
  const names = new Set([before, after].flatMap(namesIn));
  return [
    ...[...names].flatMap((name) => within(name, compareProperty(name, before, after, compare))),
    ...compareUnnamed(before.additional, after.additional, compare),
    ...within("(its names)", compareNames(before.names, after.names, compare)),
  ];
}

function compareProperty(
  name: string,
  before: Branch,
  after: Branch,
  compare: Compare,
): readonly Difference[] {
  const isRequired = after.required.includes(name);
  const wasRequired = before.required.includes(name);
  if (isGone(name, before, after)) return [other("is gone")];
  if (isNew(name, before)) return [isRequired ? narrower("is new and required") : harmless("is new")];
  const inside = compare(propertyOf(before, name) ?? true, propertyOf(after, name) ?? true);
  if (isRequired === wasRequired) return inside;
  return [isRequired ? narrower("is required now") : wider("is optional now"), ...inside];
}

/** Of a record the properties that have no name of their own are there before and after. */
function isGone(name: string, before: Branch, after: Branch): boolean {
  return namesIn(before).includes(name) && !namesIn(after).includes(name) && !isRecord(after);
}

function isNew(name: string, before: Branch): boolean {
  return !namesIn(before).includes(name) && !isRecord(before);
}

function isRecord({ additional }: Branch): boolean {
  return additional !== undefined && additional !== false;
}

function namesIn({ properties, required }: Branch): readonly string[] {
  return [...new Set([...Object.keys(properties), ...required])];
}

function compareUnnamed(
  before: Schema | undefined,
  after: Schema | undefined,
  compare: Compare,
): readonly Difference[] {
  if (before === after) return [];
  if (after === false)
    return [
      before === undefined
        ? narrower("refuses fields that it does not name now")
        : other("has no fields but those it names now"),
    ];
  if (before === false) return [harmless("may have fields that it does not name now")];
  return within("*", compare(before ?? true, after ?? true));
}

function compareNames(
  before: Schema | undefined,
  after: Schema | undefined,
  compare: Compare,
): readonly Difference[] {
  if (before === undefined && after === undefined) return [];
  return compare(before ?? { type: "string" }, after ?? { type: "string" });
}
