import { appendFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import type { State } from "./state.ts";
import { test as base, functions, WATCHED } from "./testing.ts";

/** So many besides those of the fixture: more logs than one query may read. */
const ADDED = 26;

const test = base.extend("many", { scope: "worker" }, async ({ offline, prod: _ }) => {
  for (let index = 0; index < ADDED; index++) addFunction(offline.project.root, `copy-${index}`);
  return (await offline.deploy("many", WATCHED)).state;
});

/** Another read-health, on a path of its own. */
function addFunction(root: string, name: string): void {
  cpSync(join(root, "functions/read-health"), join(root, "functions", name), { recursive: true });
  const manifest = join(root, `functions/${name}/package.json`);
  writeFileSync(manifest, readFileSync(manifest, "utf8").replaceAll("read-health", name));
  appendFileSync(
    join(root, "packages/contracts/src/index.ts"),
    `Object.assign(api, { "${name}": { ...api["read-health"], path: "/${name}" } });\n`,
  );
}

type Widget = {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title: string;
    readonly query: string;
    readonly metrics: readonly (readonly unknown[])[];
  };
};

function widgetsOf(state: State): readonly Widget[] {
  return JSON.parse(String(state.resource("Dashboard").inputs.dashboardBody)).widgets;
}

function tablesOf(state: State): readonly string[] {
  return widgetsOf(state)
    .filter(({ type }) => type === "log")
    .map(({ properties }) => properties.query);
}

describe("a dashboard", () => {
  test("has charts in two columns, and a table below", ({ prod: { state } }) => {
    expect(state.resource("Dashboard").inputs.dashboardName).toBe("fixture-prod");
    const half = { type: "metric", width: 12, height: 6 };
    expect(widgetsOf(state)).toMatchObject([
      { ...half, x: 0, y: 0, properties: { title: "Requests", region: "eu-central-1" } },
      { ...half, x: 12, y: 0, properties: { title: "Latency of the API, ms" } },
      { ...half, x: 0, y: 6, properties: { title: "Errors: the 10 highest" } },
      { type: "log", x: 0, y: 12, width: 24, properties: { title: "Cold starts and cost" } },
    ]);
  });

  test("reads the log of each function for its table, and no other", ({ prod: { state } }) => {
    const logs = functions.map(({ resource }) => state.resource(`${resource}LogGroup`).outputs.name);
    const [query = ""] = tablesOf(state);
    expect(query.match(/SOURCE '[^']+'/g)).toEqual(logs.map((name) => `SOURCE '${name}'`));
    expect(query).toContain('| filter type = "platform.report" | stats ');
    expect(query).toMatch(/ as dollars by @log \| sort dollars desc$/);
  });

  test("writes numbers without exponents, which the query language does not have", ({ prod: { state } }) => {
    for (const query of tablesOf(state)) {
      const [, stats = ""] = query.split("| stats ");
      expect(stats).toContain("* 0.0000133334 ");
      expect(stats).toContain("count(*) * 0.0000002 ");
      expect(stats).not.toMatch(/\de[-+]?\d/i);
    }
  });
});

describe("a dashboard of many functions", () => {
  test("has as many widgets as that of few, none over another", ({ prod, many }) => {
    const added = widgetsOf(many).length - widgetsOf(prod.state).length;
    expect(added).toBe(1); // of 50 logs a table
    const rows = widgetsOf(many).map(({ x, y, width, height }) => ({
      x,
      y,
      right: x + width,
      bottom: y + height,
    }));
    for (const one of rows) {
      const over = rows.filter(
        (other) => one.x < other.right && other.x < one.right && one.y < other.bottom && other.y < one.bottom,
      );
      expect(over).toEqual([one]);
    }
  });

  test("stays within what CloudWatch takes", ({ many }) => {
    const widgets = widgetsOf(many);
    const metrics = widgets.map(({ properties }) => properties.metrics?.length ?? 0);
    expect(widgets.length).toBeLessThanOrEqual(500);
    expect(Math.max(...metrics)).toBeLessThanOrEqual(500);
    expect(metrics.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(2500);
    for (const query of tablesOf(many)) {
      expect(query.match(/SOURCE/g)?.length).toBeLessThanOrEqual(50);
      expect(query.length).toBeLessThanOrEqual(10_000);
    }
    expect(
      tablesOf(many)
        .join(" ")
        .match(/SOURCE/g),
    ).toHaveLength(functions.length + ADDED);
  });

  test("shows a line for each of the ten functions with the highest values, chosen of all", ({ many }) => {
    const [chart] = widgetsOf(many).filter(({ properties }) => properties.title.startsWith("Errors"));
    const [highest, ...lines] = chart?.properties.metrics ?? [];
    expect(highest).toEqual([{ expression: "SORT(METRICS(), SUM, DESC, 10)", id: "highest" }]);
    expect(lines).toHaveLength(functions.length + ADDED);
    for (const line of lines)
      expect(line.at(-1)).toMatchObject({ visible: false, label: expect.any(String) });
    expect(lines.at(-1)).toMatchObject([
      "AWS/Lambda",
      "Errors",
      "FunctionName",
      many.resource(`Copy${ADDED - 1}Function`).outputs.name,
      { stat: "Sum", label: `copy-${ADDED - 1}` },
    ]);
  });
});
