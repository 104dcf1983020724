import type { Documents } from "../schema/compare.ts";
import { canonical, type Json, toJson } from "../schema/schema.ts";
import { breaking, type Change, news } from "./change.ts";
import { follow, listOf, type Operation } from "./operations.ts";

/** What a caller must have, all of it: scheme and scopes by what they are, and a name for people. */
type Way = ReadonlyMap<string, string>;

/** Compares how callers prove who they are: each way that was enough must be enough still. */
export function compareSecurity(
  before: Operation,
  after: Operation,
  documents: Documents,
): readonly Change[] {
  const was = waysOf(before, documents.before);
  const is = waysOf(after, documents.after);
  const refused = was.filter((way) => !is.some((each) => isWithin(each, way)));
  const fresh = is.filter((way) => !was.some((each) => isWithin(each, way)));
  if (refused.length > 0) return [breaking("security", `is ${describe(is)} now, and was ${describe(was)}`)];
  if (fresh.length === 0) return [];
  return [news("security", `is ${describe(is)} now, and was ${describe(was)}`)];
}

/** No way at all is one that asks for nothing. */
function waysOf({ security }: Operation, document: Json): readonly Way[] {
  if (security.length === 0) return [new Map()];
  const schemes = toJson(toJson(document.components).securitySchemes);
  return security.map(
    (way) =>
      new Map(
        Object.entries(way).flatMap(([name, scopes]) => needsOf(name, scopes, schemes[name], document)),
      ),
  );
}

/** The same scheme may have another name, and another description. */
function needsOf(name: string, scopes: unknown, definition: unknown, document: Json): [string, string][] {
  const { description: _, bearerFormat: __, ...scheme } = follow(definition, document);
  const identity = canonical(Object.keys(scheme).length === 0 ? name : scheme);
  const all = listOf(scopes).map((scope): [string, string] => [`${identity} ${scope}`, `${name} (${scope})`]);
  return [[identity, name], ...all];
}

/** Whether whoever has the second has the first. */
function isWithin(less: Way, more: Way): boolean {
  return [...less.keys()].every((need) => more.has(need));
}

function describe(ways: readonly Way[]): string {
  return ways.map((way) => [...way.values()].join(" and ") || "none").join(", or ");
}
