import { execute, type Variables } from "./execution.ts";
import type { Program } from "./programs.ts";
import { type Effort, inRounds, type Rounds } from "./run.ts";

/** A cold start: from nothing to the first response, through the runtime client. */
export type Cold = {
  /** From the start of the process to its first response. */
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Of the wall time, what passed before it asked for the first event. */
  readonly initMs: number;
  /** And what passed after that. */
  readonly invokeMs: number;
  readonly peakMb: number;
};

export type ColdCell = Pick<Program, "name" | "command" | "taskRoot"> & { readonly variables?: Variables };

/**
 * Each run has a fresh process and a fresh Runtime API at a fresh port. A round before the first warms up what the
 * system caches, and does not count.
 */
export async function measureCold(
  cells: readonly ColdCell[],
  event: string,
  effort: Effort,
): Promise<Rounds<Cold>> {
  for (const cell of cells) await startOnce(cell, event);
  return inRounds(cells, effort, (cell) => startOnce(cell, event));
}

async function startOnce({ command, taskRoot, variables }: ColdCell, event: string): Promise<Cold> {
  const started = performance.now();
  const execution = await execute(command, taskRoot, variables);
  try {
    await execution.invoke(event);
    const wallMs = performance.now() - started;
    const [cpuMs, peakMb, initMs] = [execution.cpuMs(), execution.peakMb(), execution.initMs()];
    return { wallMs, cpuMs, initMs, invokeMs: wallMs - initMs, peakMb };
  } finally {
    await execution.stop();
  }
}
