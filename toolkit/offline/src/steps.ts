import { existsSync, readFileSync } from "node:fs";
import type { Row } from "./engine/row.ts";
import { holdsData } from "./schemas/replacement.ts";
import { unseal } from "./secret.ts";
import type { Resource } from "./state.ts";

/** What the engine does with a resource. A replacement has steps for its parts as well; they are left out. */
export type EngineStep = {
  readonly op: "same" | "create" | "update" | "replace" | "delete";
  /** The resource's in the program. */
  readonly name: string;
  readonly type: string;
  /** The properties that differ. */
  readonly changed: readonly string[];
  /** Those of them for which there must be another resource. */
  readonly replacing: readonly string[];
  /** Whether what it holds is lost: it goes, and is not kept. */
  readonly losesData: boolean;
  readonly old: Resource | undefined;
  readonly new: Resource | undefined;
};

/** From the file in which the engine notes them. */
export function readSteps(file: string): readonly EngineStep[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => toStep(JSON.parse(line))).filter(({ op }) => !op.includes("-"));
}

type Line = Omit<EngineStep, "name" | "losesData" | "old" | "new"> & {
  readonly urn: string;
  readonly old?: Row;
  readonly new?: Row;
};

function toStep({ op, urn, type, changed, replacing, old, new: row }: Line): EngineStep {
  const goes = op === "delete" || op === "replace";
  return {
    op,
    name: urn.split("::").at(-1) ?? "",
    type,
    changed,
    replacing,
    losesData: goes && holdsData(type) && !(op === "delete" && old?.retainOnDelete),
    old: unseal(old) as Resource | undefined, // of a row
    new: unseal(row) as Resource | undefined,
  };
}
