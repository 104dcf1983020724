import { figureOf, type MetricName, metrics, ratioOf } from "./figures.ts";
import { toRatio, toText } from "./number.ts";
import type { Result } from "./result.ts";
import { BESIDE, OURS } from "./subjects.ts";
import type { Table } from "./table.ts";

/** What sets this project apart from the handler that the caller has named; undefined where none was. */
export function besideTable({ figures, measured }: Pick<Result, "figures" | "measured">): Table | undefined {
  if (!measured.some(({ name }) => name === BESIDE)) return undefined;
  const rows = Object.entries(metrics).flatMap(([name, { title, unit }]) => {
    const metric = name as MetricName; // a key of metrics
    const [ours, theirs] = [figureOf(figures, metric, OURS), figureOf(figures, metric, BESIDE)];
    const ratio = ratioOf(figures, metric, OURS, BESIDE);
    if (ours === undefined || theirs === undefined || ratio === undefined) return [];
    return [{ cells: [`${title} (${unit})`, toText(theirs.median), toText(ours.median), toRatio(ratio)] }];
  });
  if (rows.length === 0) return undefined;
  return {
    title: "Beside that handler",
    columns: ["", BESIDE, OURS, `× ${BESIDE}`],
    rows,
    notes: ["The handler of --beside, this checkout's, and the ratio of ours to that one."],
  };
}
