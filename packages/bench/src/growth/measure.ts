import type { Plan } from "../effort.ts";
import type { Measure } from "../options.ts";
import type { Program } from "../programs.ts";
import type { Progress } from "../progress.ts";
import type { Growth } from "./growth.ts";

export type GrowthTask = {
  readonly measures: ReadonlySet<Measure>;
  readonly programs: readonly Program[];
  /** The main file of AWS's runtime client, for those that start processes. */
  readonly runtimeClient: string | undefined;
  /** Where what is generated goes. */
  readonly folder: string;
  readonly plan: Plan["growth"];
  readonly progress: Progress;
};

/** Measures how cost grows, in the ways that were asked for. */
export async function measureGrowth(_: GrowthTask): Promise<readonly Growth[]> {
  return [];
}
