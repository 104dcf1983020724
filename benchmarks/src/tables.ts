import { type Figures, figureOf, type MetricName, metrics, ranked, ratioOf } from "./figures.ts";
import { NO_TABLE } from "./get-item/clients.ts";
import type { Growth } from "./growth/growth.ts";
import { toRatio, toText } from "./number.ts";
import type { Result } from "./result.ts";
import { BY_HAND, OURS } from "./subjects.ts";
import type { Table } from "./table.ts";

/** A table of one measure: how it is headed, by what it is sorted, and its columns. */
type Layout = {
  readonly title: string;
  readonly by: MetricName;
  readonly columns: readonly Column[];
  readonly notes: readonly string[];
};

/** A figure; or how many times the baseline's it is. */
type Column = { readonly head: string; readonly metric: MetricName; readonly isRatio?: true };

const QUARTILES =
  "In brackets, the quartiles of the rounds; ≈ 1: no more than two identical handlers differ.";

const layouts: readonly Layout[] = [
  {
    title: "Cold start",
    by: "cold.cpuMs",
    columns: [
      { head: "wall ms", metric: "cold.wallMs" },
      { head: "× empty", metric: "cold.wallMs", isRatio: true },
      { head: "CPU ms", metric: "cold.cpuMs" },
      { head: "× empty", metric: "cold.cpuMs", isRatio: true },
      { head: "init ms", metric: "cold.initMs" },
      { head: "first invoke ms", metric: "cold.invokeMs" },
      { head: "peak MB", metric: "cold.peakMb" },
    ],
    notes: [
      "From the start of the process to its first response; init is until it asks for the first event.",
      QUARTILES,
    ],
  },
  {
    title: "Warm, in process",
    by: "warm",
    columns: [
      { head: "µs", metric: "warm" },
      { head: `× ${BY_HAND}`, metric: "warm", isRatio: true },
    ],
    notes: ["One invocation with no runtime client around it, its log thrown away.", QUARTILES],
  },
  {
    title: "Round trip",
    by: "trip.p50Us",
    columns: [
      { head: "p50 µs", metric: "trip.p50Us" },
      { head: "× empty", metric: "trip.p50Us", isRatio: true },
      { head: "p99 µs", metric: "trip.p99Us" },
      { head: "CPU µs", metric: "trip.cpuUs" },
      { head: "× empty", metric: "trip.cpuUs", isRatio: true },
      { head: "peak MB", metric: "trip.peakMb" },
    ],
    notes: ["A warm invocation through the runtime client; CPU is the function's process alone.", QUARTILES],
  },
  {
    title: "One item of a table",
    by: "table.cpuMs",
    columns: [
      { head: "cold wall ms", metric: "table.wallMs" },
      { head: `× ${NO_TABLE}`, metric: "table.wallMs", isRatio: true },
      { head: "cold CPU ms", metric: "table.cpuMs" },
      { head: `× ${NO_TABLE}`, metric: "table.cpuMs", isRatio: true },
      { head: "warm CPU µs", metric: "table.warmCpuUs" },
      { head: "minified bytes", metric: "table.minified" },
      { head: "gzipped bytes", metric: "table.gzipped" },
    ],
    notes: [
      "The same GET of one note in each row, by this project's gateway: what differs is the client that asks DynamoDB for it. A server on loopback plays DynamoDB, over TLS, and does nothing else; so no time is DynamoDB's own. PostgreSQL is PGlite, without TLS, by the recipe of docs/databases.md. Each peer is bundled as SST does it here, packages as ES modules.",
      QUARTILES,
    ],
  },
  {
    title: "Bundle size",
    by: "size.gzipped",
    columns: [
      { head: "minified bytes", metric: "size.minified" },
      { head: "gzipped bytes", metric: "size.gzipped" },
    ],
    notes: ["As SST bundles it for production, without its source map."],
  },
];

/** A table for each measure that the run has, the best of each on top. */
export function tablesOf({ figures, measured }: Pick<Result, "figures" | "measured">): readonly Table[] {
  return layouts
    .filter(({ by }) => figures[by] !== undefined)
    .map(({ title, by, columns, notes }) => ({
      title,
      notes,
      columns: ["", ...columns.map(({ head }) => head)],
      rows: ranked(figures, by, measured).map(({ name, kind }) => ({
        cells: [name, ...columns.map((column) => toCell(figures, column, name))],
        isOurs: kind === "ours",
      })),
    }));
}

export function growthTable({ title, of, about, columns, rows }: Growth): Table {
  return {
    title,
    columns: [of, ...columns],
    rows: rows.map(({ name, unit, cells }) => ({
      cells: [`${name} (${unit})`, ...cells.map(({ median }) => toText(median))],
      isOurs: name.startsWith(OURS),
    })),
    notes: [about],
  };
}

function toCell(figures: Figures, { metric, isRatio }: Column, name: string): string {
  if (!isRatio) {
    const figure = figureOf(figures, metric, name);
    return figure ? toText(figure.median) : "";
  }
  const { baseline } = metrics[metric];
  if (name === baseline) return "1";
  const ratio = ratioOf(figures, metric, name, baseline);
  return ratio === undefined ? "" : toRatio(ratio);
}
