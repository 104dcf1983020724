import type { Documents } from "../schema/compare.ts";
import { compareSchemas } from "../schema/compare-schemas.ts";
import type { Difference } from "../schema/difference.ts";
import { toSchema } from "../schema/schema.ts";

/** One thing that callers may notice of an operation, in a line. */
export type Change = {
  /** Such as `body #/count`; empty for all of the operation. */
  readonly place: string;
  /** In words that go on from the place. */
  readonly says: string;
  readonly breaks: boolean;
};

/** What callers send, or what they get. */
export type Direction = "request" | "reply";

export const breaking = (place: string, says: string): Change => ({ place, says, breaks: true });
export const news = (place: string, says: string): Change => ({ place, says, breaks: false });

/** The changes between the schemas of what is sent or got in a place. */
export function schemaChanges(
  place: string,
  [before, after]: readonly [before: unknown, after: unknown],
  direction: Direction,
  documents: Documents,
): readonly Change[] {
  return toChanges(place, compareSchemas(toSchema(before), toSchema(after), documents), direction);
}

/** Less that may be sent breaks callers, and so does more that they may get. */
function toChanges(
  place: string,
  differences: readonly Difference[],
  direction: Direction,
): readonly Change[] {
  return differences.map(({ place: inside, says, narrows, widens }) => ({
    place: inside.length === 0 ? place : `${place} #/${inside.join("/")}`,
    says,
    breaks: direction === "request" ? narrows : widens,
  }));
}

/** Names of what was there, of what is, and of both. */
export function sortNames(before: Iterable<string>, after: Iterable<string>) {
  const [was, is] = [new Set(before), new Set(after)];
  return {
    gone: [...was].filter((name) => !is.has(name)),
    fresh: [...is].filter((name) => !was.has(name)),
    kept: [...was].filter((name) => is.has(name)),
  };
}
