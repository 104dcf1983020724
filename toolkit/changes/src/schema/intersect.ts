import { type Bound, type Branch, itemAt, propertyOf } from "./branch.ts";
import { canonical, type Schema } from "./schema.ts";

/** The branches of what must keep to both schemas. */
export function intersect(these: readonly Branch[], those: readonly Branch[]): readonly Branch[] {
  return these.flatMap((one) => those.flatMap((other) => (one.type === other.type ? meet(one, other) : [])));
}

function meet(one: Branch, other: Branch): readonly Branch[] {
  const values = commonValues(one, other);
  if (values?.length === 0) return [];
  const minimum = tighter("minimum", one.minimum, other.minimum);
  const maximum = tighter("maximum", one.maximum, other.maximum);
  const additional = additionalOf(one, other);
  const names = both(one.names, other.names);
  const count = Math.max(one.firstItems.length, other.firstItems.length);
  return [
    {
      type: one.type,
      ...(values && { values }),
      isInteger: one.isInteger || other.isInteger,
      ...(minimum && { minimum }),
      ...(maximum && { maximum }),
      sizes: tightestSizes(one.sizes, other.sizes),
      rules: new Map([...one.rules, ...other.rules]),
      properties: Object.fromEntries(propertiesOf(one, other)),
      required: [...new Set([...one.required, ...other.required])],
      ...(additional !== undefined && { additional }),
      ...(names !== undefined && { names }),
      firstItems: Array.from({ length: count }, (_, index) => all(itemAt(one, index), itemAt(other, index))),
      items: all(one.items, other.items),
    },
  ];
}

/** The bound that leaves less. */
export function tighter(
  side: "minimum" | "maximum",
  one: Bound | undefined,
  other: Bound | undefined,
): Bound | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  if (one.at === other.at) return one.isExclusive ? one : other;
  return one.at > other.at === (side === "minimum") ? one : other;
}

function tightestSizes(one: Branch["sizes"], other: Branch["sizes"]): Branch["sizes"] {
  const sizes: Record<string, number> = { ...one };
  for (const [keyword, size] of Object.entries(other)) {
    const tightest = keyword.startsWith("min") ? Math.max : Math.min;
    sizes[keyword] = tightest(size, sizes[keyword] ?? size);
  }
  return sizes;
}

function commonValues(one: Branch, other: Branch): readonly unknown[] | undefined {
  if (one.values === undefined || other.values === undefined) return one.values ?? other.values;
  const known = new Set(other.values.map(canonical));
  return one.values.filter((value) => known.has(canonical(value)));
}

/**
 * A part that allows no other properties is taken to mean none that no part names, for read by the letter two such parts
 * allow nothing.
 */
function propertiesOf(one: Branch, other: Branch): [string, Schema][] {
  const names = new Set([...Object.keys(one.properties), ...Object.keys(other.properties)]);
  return [...names].map((name) => {
    const found = [propertyOf(one, name), propertyOf(other, name)].filter((each) => each !== false);
    return [name, both(found[0], found[1]) ?? false];
  });
}

function additionalOf(one: Branch, other: Branch): Schema | undefined {
  if (one.additional === false || other.additional === false) return false;
  return both(one.additional, other.additional);
}

function both(one: Schema | undefined, other: Schema | undefined): Schema | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return all(one, other);
}

/** Flat, and each part once, so that what goes round in a circle comes to an end. */
function all(one: Schema, other: Schema): Schema {
  const parts = [one, other].flatMap((schema) => (isAll(schema) ? schema.allOf : [schema]));
  const unique = new Map(parts.map((part) => [canonical(part), part]));
  unique.delete("true");
  if (unique.size === 0) return true;
  const sorted = [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
  return sorted.length === 1 ? (sorted[0] ?? true) : { allOf: sorted };
}

function isAll(schema: Schema): schema is { readonly allOf: readonly Schema[] } {
  return typeof schema === "object" && Object.keys(schema).join() === "allOf" && Array.isArray(schema.allOf);
}
