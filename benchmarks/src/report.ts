import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Chart, type themes, toSvg } from "./chart.ts";
import { type ChartName, chartsOf } from "./charts.ts";
import { figureOf, type MetricName, metrics, ranked, ratioOf } from "./figures.ts";
import { moneyTable } from "./money.ts";
import { noiseLine } from "./noise.ts";
import { toMultiple, toText } from "./number.ts";
import type { Result } from "./result.ts";
import { EMPTY, OURS } from "./subjects.ts";
import { toMarkdown } from "./table.ts";
import { growthTable, tablesOf } from "./tables.ts";
import { aboutRun } from "./terminal.ts";
import { verdictsOf, verdictTable } from "./verdict.ts";

const THEMES = ["light", "dark"] as const satisfies readonly (keyof typeof themes)[];

/** Of the tables, by their titles; that of cold starts is the headline's. */
const pictures: Readonly<Record<string, ChartName>> = {
  "Warm, in process": "warm",
  "Round trip": "round-trip",
  "Bundle size": "size",
};

/** Writes RESULTS.md and the folder of its charts, in place of those of the last run. */
export async function writeReport(result: Result, folder: string): Promise<void> {
  const charts = join(folder, "charts");
  await rm(charts, { recursive: true, force: true });
  await mkdir(charts, { recursive: true });
  for (const [name, chart] of chartsOf(result)) {
    for (const theme of THEMES) await writeFile(join(charts, fileOf(name, theme)), toSvg(chart, theme));
  }
  await writeFile(join(folder, "RESULTS.md"), toReport(result));
}

/** For a person with five minutes: the headline first. */
export function toReport(result: Result): string {
  const { figures, measured, growth } = result;
  const charts = chartsOf(result);
  const money = moneyTable(figures, measured);
  const picture = (name: ChartName) => toPicture(name, charts.get(name));
  return [
    "# Lucky Lambda beside its peers",
    "",
    picture("cold"),
    "",
    headline(result),
    "",
    "Less is better in every figure. Written by `pnpm bench --write`; what was tried on the way to these figures, and what it gave, is in [EXPERIMENTS.md](EXPERIMENTS.md).",
    "",
    ...tablesOf(result).flatMap((table) => {
      const name = pictures[table.title];
      return [`## ${table.title}`, "", ...(name === undefined ? [] : [picture(name), ""]), toMarkdown(table)];
    }),
    "## Method, machine and noise",
    "",
    METHOD,
    "",
    ...[...aboutRun(result), ...noiseLine(figures)].map((line) => `- ${line.replaceAll("\n", " ")}`),
    "",
    ...(money === undefined ? [] : ["## Money, per million requests", "", toMarkdown(money)]),
    ...(growth.length === 0 ? [] : ["## How cost grows", ""]),
    ...growth.flatMap((each) => [`### ${each.title}`, "", toMarkdown(growthTable(each))]),
    "## Budgets",
    "",
    "Each is data in [budgets.ts](src/budgets.ts); `pnpm bench --check` fails where one is broken.",
    "",
    toMarkdown(verdictTable(verdictsOf(result))).trimEnd(),
    "",
  ].join("\n");
}

const METHOD = `Every subject is the same function, bundled as SST does it for production, and a test holds each to the same answers.
A library that can be bundled as CommonJS or as ESM is measured as both, and each table shows the one that does better
there. Cold starts and round trips run under AWS's own runtime client, a fresh process and a fresh Runtime API server
each; warm figures come from a fresh process each round too. Rounds are interleaved: each measures every subject once,
and every other round goes backwards, so the machine's moods hit all alike. A ratio is the median of the ratios of
each round. It is given only where it is farther from 1 than noise: what two identical empty handlers differ by, or
what chance allows that difference to be. CPU time is what the kernel counts for all of a process's threads.`;

/** What our figures are times an empty handler's, and times the next best framework's. */
function headline({ figures, measured }: Result): string {
  const sentences = (["cold.cpuMs", "warm", "trip.p50Us"] as const).flatMap((metric: MetricName) => {
    const ours = figureOf(figures, metric, OURS);
    const frameworks = measured.filter(({ kind }) => kind === "framework");
    const best = ranked(figures, metric, frameworks)[0];
    if (ours === undefined || best === undefined) return [];
    const { title, unit } = metrics[metric];
    const empty = metric === "warm" ? undefined : ratioOf(figures, metric, OURS, EMPTY);
    const beside = empty && `${empty.isBeyondNoise ? toMultiple(empty.median) : "≈ 1"} × an empty handler, `;
    const framework = ratioOf(figures, metric, best.name, OURS);
    const times = framework?.isBeyondNoise ? toMultiple(framework.median) : "≈ 1";
    return [
      `- **${title}: ${toText(ours.median)} ${unit}** (${beside ?? ""}${best.library}: ${times} × ours)`,
    ];
  });
  return sentences.join("\n");
}

function toPicture(name: ChartName, chart: Chart | undefined): string {
  const bars = chart?.bars.map(({ label, text }) => `${label} ${text}`).join(", ") ?? "";
  const alt = `${chart?.title ?? name}: ${bars}`.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return [
    "<picture>",
    `  <source media="(prefers-color-scheme: dark)" srcset="charts/${fileOf(name, "dark")}">`,
    `  <img alt="${alt}" src="charts/${fileOf(name, "light")}">`,
    "</picture>",
  ].join("\n");
}

function fileOf(name: ChartName, theme: keyof typeof themes): string {
  return `${name}-${theme}.svg`;
}
