import { CONTRACTS } from "@lucky/application/application";
import type { Comparison, OperationChange } from "../document/compare.ts";
import { toJson } from "../schema/schema.ts";
import type { Source } from "../sources/source.ts";
import { isNewMajor } from "./major-version.ts";

/** A comparison, what was compared, and what follows. */
export type Report = Comparison & {
  readonly base: Side;
  readonly head: Side;
  /** Whether the version says that callers must change something. */
  readonly isNewMajor: boolean;
};

type Side = { readonly name: string; readonly version: string };

export function toReport(base: Source, head: Source, comparison: Comparison): Report {
  const sides = { base: toSide(base), head: toSide(head) };
  return { ...sides, isNewMajor: isNewMajor(sides.base.version, sides.head.version), ...comparison };
}

function toSide({ name, document }: Source): Side {
  const { version } = toJson(document.info);
  return { name, version: String(version ?? "") };
}

/** A change in a line. */
export function toLine({ operation, place, says }: OperationChange): string {
  return [`${operation}${place === "" ? "" : ","}`, place, says].filter((word) => word !== "").join(" ");
}

/** The title, and what follows from the comparison, in a sentence each. */
export function titleOf({ base, head }: Report): string {
  return `From ${base.name} (${base.version}) to ${head.name} (${head.version})`;
}

export function verdictOf({ breaks, base, head, isNewMajor: isMajor }: Report): string {
  if (breaks.length === 0) return "Nothing breaks callers.";
  const count = breaks.length === 1 ? "1 change breaks" : `${breaks.length} changes break`;
  if (isMajor) return `${count} callers, as the new version ${head.version} says.`;
  return `${count} callers, and ${head.version} is no new major version after ${base.version}: undo what breaks, or raise about.version in ${CONTRACTS}.`;
}
