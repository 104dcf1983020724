import type { Measure } from "../options.ts";
import type { Plan } from "../plan.ts";
import { nodeUnder, type Program } from "../programs.ts";
import type { Progress } from "../progress.ts";
import { growWithBody } from "./body.ts";
import { growWithConcurrency } from "./concurrency.ts";
import { growWithCount } from "./count.ts";
import type { Growth } from "./growth.ts";
import { growWithRegistry } from "./registry.ts";

export type GrowthTask = {
  readonly measures: ReadonlySet<Measure>;
  readonly programs: readonly Program[];
  /** The main file of AWS's runtime client; undefined where no measure starts a process under it. */
  readonly runtimeClient: string | undefined;
  /** Where what is generated goes. */
  readonly folder: string;
  /** What an environment is sent, as JSON. */
  readonly event: string;
  readonly plan: Plan["growth"];
  readonly progress: Progress;
};

/** Measures how cost grows, in the ways that were asked for. */
export async function measureGrowth(task: GrowthTask): Promise<readonly Growth[]> {
  const { measures, programs, runtimeClient, folder, event, plan, progress } = task;
  const growth: Growth[] = [];
  if (measures.has("count")) {
    const onProgress = progress.phase("growth: count");
    growth.push(await growWithCount(programs, { ...plan.warm, onProgress }));
  }
  if (measures.has("body")) {
    const onProgress = progress.phase("growth: body");
    growth.push(...(await growWithBody(folder, { ...plan.warm, onProgress })));
  }
  if (measures.has("registry") && runtimeClient !== undefined) {
    const onProgress = progress.phase("growth: registry");
    const effort = { rounds: plan.coldRounds, onProgress };
    growth.push(await growWithRegistry(folder, nodeUnder(runtimeClient), effort));
  }
  if (measures.has("concurrency")) {
    const onProgress = progress.phase("growth: concurrency");
    growth.push(await growWithConcurrency(programs, event, { ...plan.concurrent, onProgress }));
  }
  return growth;
}
