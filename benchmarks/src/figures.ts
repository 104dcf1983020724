import { NO_TABLE, NO_TABLE_AGAIN } from "./get-item/clients.ts";
import { isBeyondNoise, noiseOf, ratiosOf, type Spread, spreadOf } from "./statistics.ts";
import { BY_HAND, EMPTY, EMPTY_AGAIN, type Subject } from "./subjects.ts";

/** Who was measured. */
export type Measured = Pick<Subject, "name" | "kind" | "library">;

/** One figure of each subject; less is better in all of them. */
export type Metric = {
  readonly title: string;
  readonly unit: "ms" | "µs" | "MB" | "bytes";
  /** What a ratio is a multiple of. */
  readonly baseline: string;
};

export const metrics = {
  "cold.wallMs": { title: "cold start, wall time", unit: "ms", baseline: EMPTY },
  "cold.cpuMs": { title: "cold start, CPU time", unit: "ms", baseline: EMPTY },
  "cold.initMs": { title: "init", unit: "ms", baseline: EMPTY },
  "cold.invokeMs": { title: "first invoke", unit: "ms", baseline: EMPTY },
  "cold.peakMb": { title: "peak memory of a cold start", unit: "MB", baseline: EMPTY },
  warm: { title: "warm time in process", unit: "µs", baseline: BY_HAND },
  "trip.p50Us": { title: "round trip, p50", unit: "µs", baseline: EMPTY },
  "trip.p99Us": { title: "round trip, p99", unit: "µs", baseline: EMPTY },
  "trip.cpuUs": { title: "CPU per invocation", unit: "µs", baseline: EMPTY },
  "trip.peakMb": { title: "peak memory when warm", unit: "MB", baseline: EMPTY },
  "table.wallMs": { title: "cold start with a table, wall time", unit: "ms", baseline: NO_TABLE },
  "table.cpuMs": { title: "cold start with a table, CPU time", unit: "ms", baseline: NO_TABLE },
  "table.warmCpuUs": { title: "CPU per invocation with a table", unit: "µs", baseline: NO_TABLE },
  "table.minified": { title: "bundle with a table, minified", unit: "bytes", baseline: NO_TABLE },
  "table.gzipped": { title: "bundle with a table, gzipped", unit: "bytes", baseline: NO_TABLE },
  "size.minified": { title: "bundle, minified", unit: "bytes", baseline: EMPTY },
  "size.gzipped": { title: "bundle, gzipped", unit: "bytes", baseline: EMPTY },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof metrics;

/** Of each subject by name, the figure of every round; sizes have one round. */
export type Series = Readonly<Record<string, readonly number[]>>;

/** What was measured. */
export type Figures = Partial<Record<MetricName, Series>>;

export function figureOf(figures: Figures, metric: MetricName, name: string): Spread | undefined {
  const rounds = figures[metric]?.[name];
  return rounds && spreadOf(rounds);
}

/** Of two subjects, round by round; `isBeyondNoise` is false where two identical ones differ by as much. */
export type Ratio = Spread & { readonly isBeyondNoise: boolean };

/** Undefined where one of them was not measured. */
export function ratioOf(
  figures: Figures,
  metric: MetricName,
  name: string,
  baseline: string,
): Ratio | undefined {
  const [rounds, of] = [figures[metric]?.[name], figures[metric]?.[baseline]];
  if (rounds === undefined || of === undefined) return undefined;
  const ratio = spreadOf(ratiosOf(rounds, of));
  return { ...ratio, isBeyondNoise: isBeyondNoise(ratio, noiseIn(figures, metric) ?? 0) };
}

/** What two identical subjects differ by, as a share of 1; undefined where that was not measured. */
export function noiseIn(figures: Figures, metric: MetricName): number | undefined {
  const [again, first] = metric.startsWith("table.") ? [NO_TABLE_AGAIN, NO_TABLE] : [EMPTY_AGAIN, EMPTY];
  const [one, other] = [figures[metric]?.[again], figures[metric]?.[first]];
  return one && other && noiseOf(ratiosOf(one, other));
}

/** Those that have a row of their own, each library in the format that does best, the best first. */
export function ranked(
  figures: Figures,
  metric: MetricName,
  measured: readonly Measured[],
): readonly Measured[] {
  const medianOf = ({ name }: Measured) =>
    figureOf(figures, metric, name)?.median ?? Number.POSITIVE_INFINITY;
  const rows = measured.filter(
    (each) =>
      each.name !== EMPTY_AGAIN && each.name !== NO_TABLE_AGAIN && medianOf(each) < Number.POSITIVE_INFINITY,
  );
  const sorted = rows.toSorted((a, b) => medianOf(a) - medianOf(b));
  return sorted.filter(
    ({ library }, index) => sorted.findIndex((each) => each.library === library) === index,
  );
}
