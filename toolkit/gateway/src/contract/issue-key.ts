import type { StandardSchemaV1 } from "@standard-schema/spec";

/** A name or an index on the way to what an issue is about. */
export function keyOf(segment: PropertyKey | StandardSchemaV1.PathSegment): string {
  return String(typeof segment === "object" ? segment.key : segment);
}
