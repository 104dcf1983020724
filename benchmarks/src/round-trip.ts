import type { ColdCell } from "./cold.ts";
import { type Execution, execute } from "./execution.ts";
import { type Effort, inRounds, type Rounds } from "./run.ts";
import { quantile } from "./statistics.ts";

/** Warm invocations, one after the other, through the runtime client. */
export type RoundTrip = {
  readonly p50Us: number;
  readonly p99Us: number;
  /** Of the function's process alone, for one invocation. */
  readonly cpuUs: number;
  /** The most memory that the process has had by then. */
  readonly peakMb: number;
};

export type RoundTripEffort = Effort & {
  /** How many invocations come before those that count, and how many count, each round. */
  readonly warmUp: number;
  readonly counted: number;
};

/** Each in a fresh process every round, as two processes of the same program differ for as long as they live. */
export async function measureRoundTrips(
  programs: readonly ColdCell[],
  event: string,
  effort: RoundTripEffort,
): Promise<Rounds<RoundTrip>> {
  return inRounds(programs, effort, async ({ command, taskRoot, variables }) => {
    const execution = await execute(command, taskRoot, variables);
    try {
      for (let count = 0; count < effort.warmUp; count++) await execution.invoke(event);
      return await measureBlock(execution, event, effort.counted);
    } finally {
      await execution.stop();
    }
  });
}

async function measureBlock(execution: Execution, event: string, counted: number): Promise<RoundTrip> {
  const microseconds: number[] = [];
  const cpuBefore = execution.cpuMs();
  for (let count = 0; count < counted; count++) {
    const started = performance.now();
    await execution.invoke(event);
    microseconds.push((performance.now() - started) * 1000);
  }
  const cpuUs = ((execution.cpuMs() - cpuBefore) * 1000) / counted;
  const sorted = microseconds.toSorted((a, b) => a - b);
  return {
    p50Us: quantile(sorted, 0.5),
    p99Us: quantile(sorted, 0.99),
    cpuUs,
    peakMb: execution.peakMb(),
  };
}
