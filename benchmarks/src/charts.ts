import type { Bar, Chart } from "./chart.ts";
import { figureOf, type MetricName, metrics, ranked } from "./figures.ts";
import { toText } from "./number.ts";
import type { Result } from "./result.ts";

const drawn = [
  { file: "cold", metric: "cold.wallMs", title: "Cold start: from nothing to the first response, ms" },
  { file: "warm", metric: "warm", title: "Warm: one invocation in process, µs" },
  { file: "round-trip", metric: "trip.p50Us", title: "Round trip through the runtime client, p50, µs" },
  { file: "size", metric: "size.gzipped", title: "Bundle, minified and gzipped, KB" },
] as const satisfies readonly { file: string; metric: MetricName; title: string }[];

export type ChartName = (typeof drawn)[number]["file"];

/** Those that the run has figures for, each library in its best format. */
export function chartsOf({
  figures,
  measured,
}: Pick<Result, "figures" | "measured">): ReadonlyMap<ChartName, Chart> {
  const charts = drawn.map(({ file, metric, title }): [ChartName, Chart] => {
    const bars = ranked(figures, metric, measured).map(({ name, kind, library }): Bar => {
      const value = figureOf(figures, metric, name)?.median ?? 0;
      const text =
        metrics[metric].unit === "bytes"
          ? `${toText(value / 1000)} KB`
          : `${toText(value)} ${metrics[metric].unit}`;
      return { label: library, value, text, role: kind === "ours" || kind === "bound" ? kind : "peer" };
    });
    return [file, { title, bars }];
  });
  return new Map(charts.filter(([, { bars }]) => bars.length > 0));
}
