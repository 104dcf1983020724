import type { Documents } from "../schema/compare.ts";
import { type Json, toJson } from "../schema/schema.ts";
import { breaking, type Change, type Direction, news, schemaChanges, sortNames } from "./change.ts";

/** Compares the media types of a body, and its schema in each. */
export function compareContent(
  place: string,
  [before, after]: readonly [before: Json, after: Json],
  direction: Direction,
  documents: Documents,
): readonly Change[] {
  const [was, is] = [byType(before), byType(after)];
  const { gone, fresh, kept } = sortNames(was.keys(), is.keys());
  const isTaken = (type: string) => direction === "request" && fresh.some((range) => covers(range, type));
  return [
    ...gone.filter((type) => !isTaken(type)).map((type) => breaking(place, `is no longer ${type}`)),
    ...fresh.map((type) => news(place, `may be ${type} now`)),
    ...kept.flatMap((type) => {
      const [one, another] = [toJson(was.get(type)), toJson(is.get(type))];
      const named = is.size > 1 || was.size > 1 ? `${place} (${type})` : place;
      return [
        ...schemaChanges(named, [one.schema, another.schema], direction, documents),
        ...compareEncoding(named, toJson(one.encoding), toJson(another.encoding)),
      ];
    }),
  ];
}

/** Parameters such as a charset are the sender's affair. */
function byType(content: Json): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(content).map(([type, media]) => [
      (type.split(";")[0] ?? type).trim().toLowerCase(),
      media,
    ]),
  );
}

function covers(range: string, type: string): boolean {
  return range === "*/*" || (range.endsWith("/*") && type.startsWith(range.slice(0, -1)));
}

/** Of which types each file of a form may be. */
function compareEncoding(place: string, before: Json, after: Json): readonly Change[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const [was, is] = [typesOf(before[name]), typesOf(after[name])];
    const gone = was.filter((type) => !is.some((each) => each === type || covers(each, type)));
    const fresh = is.filter((type) => !was.some((each) => each === type || covers(each, type)));
    const where = `${place} #/${name}`;
    return [
      ...(gone.length > 0
        ? [breaking(where, `is no longer ${gone.join(", ").replace("*/*", "of any type")}`)]
        : []),
      ...(fresh.length > 0
        ? [news(where, `may be ${fresh.join(", ").replace("*/*", "of any type")} now`)]
        : []),
    ];
  });
}

function typesOf(encoding: unknown): readonly string[] {
  const { contentType } = toJson(encoding);
  return typeof contentType === "string"
    ? contentType.split(",").map((type) => type.trim().toLowerCase())
    : ["*/*"];
}
