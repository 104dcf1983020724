import type { Branch } from "./branch.ts";
import { type Difference, narrower, wider } from "./difference.ts";
import { canonical, isJson } from "./schema.ts";

type CompareTwo = (before: Branch, after: Branch) => readonly Difference[];

/** Compares the forms that values of one type may have: by the property that tells them apart, where there is one. */
export function compareForms(
  before: readonly Branch[],
  after: readonly Branch[],
  compare: CompareTwo,
): readonly Difference[] {
  const [one, another] = [before[0], after[0]];
  if (one && another && before.length === 1 && after.length === 1) return compare(one, another);
  const tag = findTag(before, after);
  const pairs = tag === undefined ? [] : pairBy(tag, before, after);
  const paired = new Set(pairs.flat());
  const gone = before.filter(
    (form) => !paired.has(form) && after.every((each) => compare(form, each).some(({ narrows }) => narrows)),
  );
  const fresh = after.filter(
    (form) => !paired.has(form) && before.every((each) => compare(each, form).some(({ widens }) => widens)),
  );
  const inPairs = pairs.flatMap(([was, is]) => compare(was, is));
  const [was, is] = [gone[0], fresh[0]];
  if (tag === undefined && was && is && gone.length === 1 && fresh.length === 1)
    return [...inPairs, ...compare(was, is)];
  return [
    ...inPairs,
    ...gone.map((form) => narrower(`can no longer be ${describe(form, tag)}`)),
    ...fresh.map((form) => wider(`may be ${describe(form, tag)} now`)),
  ];
}

/** The property by whose one value every form differs from the others. */
function findTag(before: readonly Branch[], after: readonly Branch[]): string | undefined {
  const names = Object.keys(before[0]?.properties ?? {});
  return names.find((name) =>
    [before, after].every((forms) => {
      const tags = forms.map((form) => tagOf(form, name));
      return !tags.includes(undefined) && new Set(tags).size === tags.length;
    }),
  );
}

function tagOf({ properties }: Branch, name: string): string | undefined {
  const schema = properties[name];
  return isJson(schema) && "const" in schema ? canonical(schema.const) : undefined;
}

function pairBy(
  tag: string,
  before: readonly Branch[],
  after: readonly Branch[],
): readonly [was: Branch, is: Branch][] {
  return before.flatMap((was): [Branch, Branch][] => {
    const is = after.find((form) => tagOf(form, tag) === tagOf(was, tag));
    return is === undefined ? [] : [[was, is]];
  });
}

function describe(form: Branch, tag: string | undefined): string {
  if (tag !== undefined) return `the form with ${tag} ${tagOf(form, tag)}`;
  if (form.type === "object")
    return `an object with ${Object.keys(form.properties).join(", ") || "any fields"}`;
  if (form.type === "array") return "a list of that kind";
  return [...form.rules.keys(), ...(form.values ?? []).map(String)].join(", ") || `any ${form.type}`;
}
