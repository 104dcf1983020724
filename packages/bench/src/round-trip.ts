import { type Execution, execute } from "./execution.ts";
import type { Program } from "./programs.ts";
import { type Effort, inRounds, type Rounds } from "./run.ts";
import { quantile } from "./statistics.ts";

/** A block of warm invocations, one after the other, through the runtime client. */
export type RoundTrip = {
  readonly p50Us: number;
  readonly p99Us: number;
  /** Of the function's process alone, for one invocation. */
  readonly cpuUs: number;
  readonly peakMb: number;
};

const WARM_UP = 500;
const BLOCK = 250;

/** Every program runs in one process of its own from the first round to the last. */
export async function measureRoundTrips(
  programs: readonly Program[],
  event: string,
  effort: Effort,
): Promise<Rounds<RoundTrip>> {
  const running = new Map<string, Execution>();
  try {
    for (const { name, command, taskRoot } of programs) {
      const execution = await execute(command, taskRoot);
      running.set(name, execution);
      for (let count = 0; count < WARM_UP; count++) await execution.invoke(event);
    }
    return await inRounds(programs, effort, async ({ name }) => {
      const execution = running.get(name);
      if (execution === undefined) throw new Error(`${name} does not run`);
      return measureBlock(execution, event);
    });
  } finally {
    for (const execution of running.values()) await execution.stop();
  }
}

async function measureBlock(execution: Execution, event: string): Promise<RoundTrip> {
  const microseconds: number[] = [];
  const cpuBefore = execution.cpuMs();
  for (let count = 0; count < BLOCK; count++) {
    const started = performance.now();
    await execution.invoke(event);
    microseconds.push((performance.now() - started) * 1000);
  }
  const cpuUs = ((execution.cpuMs() - cpuBefore) * 1000) / BLOCK;
  const sorted = microseconds.toSorted((a, b) => a - b);
  return {
    p50Us: quantile(sorted, 0.5),
    p99Us: quantile(sorted, 0.99),
    cpuUs,
    peakMb: execution.peakMb(),
  };
}
