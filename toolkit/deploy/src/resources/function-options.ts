import type { FunctionOptions } from "./function.ts";
import { type Transform, transformInOrder } from "./transform.ts";

const LISTS = ["permissions", "policies", "link", "layers"] as const;
const RECORDS = ["environment", "tags"] as const;

/** The second before the first, but for what can be had of both: those lists and records, and the transforms. */
export function joinOptions(common: FunctionOptions, own: Partial<FunctionOptions>): FunctionOptions {
  const joined: Record<string, unknown> = { ...common, ...own };
  for (const name of LISTS) {
    if (common[name] && own[name])
      joined[name] = $util.all([common[name], own[name]]).apply((lists) => lists.flat());
  }
  for (const name of RECORDS) {
    if (common[name] && own[name])
      joined[name] = $util.all([common[name], own[name]]).apply(([all, one]) => ({ ...all, ...one }));
  }
  if (common.transform && own.transform) joined.transform = joinTransforms(common.transform, own.transform);
  return joined as FunctionOptions; // each option has its own kind still
}

type Transforms = NonNullable<FunctionOptions["transform"]>;

function joinTransforms(common: Transforms, own: Transforms): object {
  const all: Record<string, Transform<object> | undefined> = { ...common };
  for (const [name, transform] of Object.entries<Transform<object>>(own as Record<string, Transform<object>>))
    all[name] = transformInOrder(all[name], transform);
  return all;
}
