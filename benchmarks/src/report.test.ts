import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { budgets } from "./budgets.ts";
import { toReport, writeReport } from "./report.ts";
import type { Result } from "./result.ts";
import { EMPTY, EMPTY_AGAIN, OURS } from "./subjects.ts";

const cold = { [EMPTY]: [50, 50], [EMPTY_AGAIN]: [51, 51], [OURS]: [55, 55], "hono (cjs)": [100, 100] };
const result: Result = {
  date: "2026-11-24T09:00:00.000Z",
  seconds: 600,
  isQuick: false,
  machine: {
    cpu: "A processor",
    arch: "arm64",
    cores: 2,
    memoryGb: 4,
    kernel: "linux 6",
    node: "24.21.0",
    runtimeClient: "4.0.2",
  },
  rounds: { cold: 2 },
  measured: [
    { name: EMPTY, kind: "bound", library: EMPTY },
    { name: EMPTY_AGAIN, kind: "bound", library: EMPTY_AGAIN },
    { name: OURS, kind: "ours", library: OURS },
    { name: "hono (cjs)", kind: "framework", library: "hono" },
  ],
  figures: { "cold.wallMs": cold, "cold.cpuMs": cold, "cold.initMs": cold, warm: cold },
  growth: [
    {
      title: "By count",
      of: "numbers drawn",
      about: "Warm time in process.",
      columns: ["2", "20"],
      rows: [{ name: OURS, unit: "µs", cells: [2, 3].map((median) => ({ median, low: 1, high: 4 })) }],
    },
  ],
  notices: ["Rust is left out: there is no cargo here."],
};

describe("the report", () => {
  const report = toReport(result);

  test("begins with its headline chart, in both themes", () => {
    const [title, , ...lines] = report.split("\n");
    expect(title).toBe("# Lucky Lambda beside its peers");
    expect(lines.slice(0, 2)).toEqual([
      "<picture>",
      '  <source media="(prefers-color-scheme: dark)" srcset="charts/cold-dark.svg">',
    ]);
    expect(lines[2]).toContain('src="charts/cold-light.svg"');
  });

  test("gives each ratio with its quartiles, and none within noise", () => {
    const row = report.split("\n").find((line) => line.startsWith(`| **${OURS}**`));
    expect(row).toBe(
      "| **Lucky Lambda** | **55** | **1.10 [1.10 1.10]** | **55** | **1.10 [1.10 1.10]** | **55** |  |  |",
    );
    const near = {
      ...result,
      figures: { ...result.figures, "cold.wallMs": { ...cold, [OURS]: [50.5, 50.5] } },
    };
    expect(toReport(near)).toContain("| **Lucky Lambda** | **50.5** | **≈ 1** | **55** |");
  });

  test("tells of the second empty handler in the line on noise alone", () => {
    expect(report).not.toContain(EMPTY_AGAIN);
    expect(report).toContain("Noise, by two identical handlers: cold start, wall time 2 %;");
  });

  test("shows a chart above its table", () => {
    const [, warm = ""] = report.split("## Warm, in process\n\n");
    expect(warm).toMatch(
      /^<picture>\n.*charts\/warm-dark\.svg.*\n.*charts\/warm-light\.svg.*\n<\/picture>\n\n\| /,
    );
  });

  test("has the machine, the growth, what is left out and every budget", () => {
    expect(report).toContain(
      "A processor (arm64), 2 cores, 4 GB, linux 6; Node.js 24.21.0, aws-lambda-ric 4.0.2.",
    );
    expect(report).toContain("| **Lucky Lambda (µs)** | **2** | **3** |");
    expect(report).toContain("- Rust is left out: there is no cargo here.");
    for (const { name } of budgets) expect(report).toContain(`| ${name} |`);
  });
});

describe("writing it", () => {
  const folder = mkdtempSync(join(tmpdir(), "lucky-report-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("replaces the charts of the last run, and leaves the rest alone", async () => {
    mkdirSync(join(folder, "charts"));
    writeFileSync(join(folder, "charts", "old-light.svg"), "");
    writeFileSync(join(folder, "EXPERIMENTS.md"), "by hand");
    await writeReport(result, folder);
    expect(readdirSync(join(folder, "charts"))).toEqual(
      ["cold-dark", "cold-light", "warm-dark", "warm-light"].map((name) => `${name}.svg`),
    );
    expect(readFileSync(join(folder, "RESULTS.md"), "utf8")).toBe(toReport(result));
    expect(readFileSync(join(folder, "EXPERIMENTS.md"), "utf8")).toBe("by hand");
  });
});
