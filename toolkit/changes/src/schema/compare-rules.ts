import type { Branch, Rule } from "./branch.ts";
import type { Documents } from "./compare.ts";
import { type Difference, narrower, other, wider } from "./difference.ts";
import { canonical, isJson, isUnchanged } from "./schema.ts";

/** Of which one more leaves less. Of any other, such as minContains, nobody can say. */
const NARROWING = new Set(["pattern", "format", "multipleOf", "uniqueItems", "not", "dependentRequired"]);

/** Compares sizes, such as maxLength, and the rules that are alike or not, such as patterns. */
export function compareRules(before: Branch, after: Branch, documents: Documents): readonly Difference[] {
  return [...compareSizes(before.sizes, after.sizes), ...compareAll(before, after, documents)];
}

function compareSizes(before: Branch["sizes"], after: Branch["sizes"]): readonly Difference[] {
  const keywords = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keywords].flatMap((keyword) => {
    const [was, is] = [before[keyword], after[keyword]];
    if (was === is) return [];
    const says = `has the ${keyword} ${is ?? "none"} now, and had ${was ?? "none"}`;
    const isLess = was === undefined || (is !== undefined && is > was === keyword.startsWith("min"));
    return [isLess ? narrower(says) : wider(says)];
  });
}

function compareAll(before: Branch, after: Branch, documents: Documents): readonly Difference[] {
  const gone = [...before.rules].flatMap(([name, rule]) => (after.rules.has(name) ? [] : [rule]));
  const fresh = [...after.rules].flatMap(([name, rule]) => (before.rules.has(name) ? [] : [rule]));
  const kept = [...before.rules].flatMap(([name, rule]) => (after.rules.has(name) ? [rule] : []));
  const differs = kept.filter(({ value }) => !isUnchanged(value, documents.before, documents.after));
  return [
    ...fresh.map((rule) => {
      const was = gone.filter(({ keyword }) => keyword === rule.keyword);
      if (was.length > 0) return other(`has the ${show(rule)} now, and had ${was.map(showValue).join(", ")}`);
      return (NARROWING.has(rule.keyword) ? narrower : other)(`has the ${show(rule)} now`);
    }),
    ...gone
      .filter(({ keyword }) => !fresh.some((rule) => rule.keyword === keyword))
      .map((rule) => (NARROWING.has(rule.keyword) ? wider : other)(`no longer has the ${show(rule)}`)),
    ...differs.map(({ keyword }) => other(`has another ${keyword} now`)),
  ];
}

function show({ keyword, value }: Rule): string {
  return `${keyword} ${showValue({ keyword, value })}`;
}

function showValue({ value }: Rule): string {
  return isJson(value) || Array.isArray(value) ? canonical(value) : String(value);
}
