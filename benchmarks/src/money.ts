import { type Figures, figureOf, type Measured, ranked } from "./figures.ts";
import type { Table } from "./table.ts";

/** Lambda's prices for arm64 in us-east-1, in dollars: https://aws.amazon.com/lambda/pricing/ */
const PER_GB_SECOND = 0.0000133334;
const PER_MILLION_REQUESTS = 0.2;

/** With so much memory a function has one whole core: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const MB_PER_CORE = 1769;

/** Of all invocations, those that find no environment and start one. */
const COLD_SHARE = 0.01;

const MEMORY_SIZES = [128, 512, 1024] as const;

/** CPU milliseconds of one invocation: a cold one from the start of the process on, and a warm one. */
export type CpuTime = { readonly coldMs: number; readonly warmMs: number };

/**
 * Dollars for a million requests, by a model: memory brings its share of a core, up to a whole one; time on Lambda is
 * CPU time over that share, init too, each invocation rounded up to a millisecond. No AWS bill was read.
 */
export function dollarsPerMillion({ coldMs, warmMs }: CpuTime, memoryMb: number): number {
  const milliseconds =
    COLD_SHARE * billedMs(coldMs, memoryMb) + (1 - COLD_SHARE) * billedMs(warmMs, memoryMb);
  const gbSeconds = (milliseconds / 1000) * (memoryMb / 1024) * 1_000_000;
  return gbSeconds * PER_GB_SECOND + PER_MILLION_REQUESTS;
}

/** What Lambda bills for so much CPU time. */
export function billedMs(cpuMs: number, memoryMb: number): number {
  const share = Math.min(1, memoryMb / MB_PER_CORE);
  return Math.ceil(cpuMs / share);
}

/** Undefined where the run has not measured both cold start and round trip. */
export function moneyTable(figures: Figures, measured: readonly Measured[]): Table | undefined {
  const rows = ranked(figures, "trip.cpuUs", measured).flatMap(({ name, kind }) => {
    const [cold, warm] = [figureOf(figures, "cold.cpuMs", name), figureOf(figures, "trip.cpuUs", name)];
    if (cold === undefined || warm === undefined) return [];
    const time = { coldMs: cold.median, warmMs: warm.median / 1000 };
    const dollars = MEMORY_SIZES.map((size) => `$${dollarsPerMillion(time, size).toFixed(3)}`);
    return [{ cells: [name, ...dollars], isOurs: kind === "ours" }];
  });
  if (rows.length === 0) return undefined;
  return {
    title: "Money, per million requests",
    columns: ["", ...MEMORY_SIZES.map((size) => `${size} MB`)],
    rows,
    notes: [
      `A model, not an AWS bill: $${PER_GB_SECOND.toFixed(10)} per GB-second and $${PER_MILLION_REQUESTS.toFixed(2)} per million requests (arm64, us-east-1);`,
      `memory / ${MB_PER_CORE} MB of a core, up to one; CPU time over that, rounded up to 1 ms; init is billed;`,
      `${COLD_SHARE * 100} % of invocations are cold. CPU time is that of the machine that ran this, not of Lambda's.`,
    ],
  };
}
