import type { $ZodTypes } from "zod/v4/core";
import { childrenOf } from "./zod-schema.ts";

/**
 * What is wrong with a union of several objects that hold the union again: each is tried at every level, so that a body of
 * twenty levels takes a million steps, and one of forty takes for ever.
 */
export function doublingIn(def: $ZodTypes["_zod"]["def"], place: string): string | undefined {
  if (def.type !== "union" || "discriminator" in def) return undefined;
  const options = (def.options as readonly $ZodTypes[]).map(bare); // zod's own schemas are all of these
  const doubling = options.filter(({ _zod }) => /object|record/.test(_zod.def.type));
  if (doubling.filter((option) => holds(option, def)).length < 2) return undefined;
  return `${place} is a union of objects that hold it again, and each is tried at every level. Write: z.discriminatedUnion("kind", [one, other])`;
}

/** A schema without what is around it, such as lazy. */
function bare(schema: $ZodTypes): $ZodTypes {
  const [inner, ...others] = childrenOf(schema);
  return inner?.[0] === "" && others.length === 0 ? bare(inner[1]) : schema;
}

function holds(schema: $ZodTypes, def: $ZodTypes["_zod"]["def"], seen = new Set<$ZodTypes>()): boolean {
  if (schema._zod.def === def) return true;
  if (seen.has(schema)) return false;
  seen.add(schema);
  return childrenOf(schema).some(([, child]) => holds(child, def, seen));
}
