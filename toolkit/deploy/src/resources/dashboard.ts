/** As CloudWatch takes it: namespace, name, dimensions and options, or an expression over those of the chart. */
export type Metric =
  | readonly [namespace: string, name: string, ...(string | object)[]]
  | readonly [{ readonly expression: string; readonly id: string }];

/** Half as wide as the dashboard. */
export type Chart = { readonly title: string; readonly metrics: readonly Metric[] };
/** As wide as the dashboard: a query of CloudWatch Logs Insights, in parts that `|` joins. */
export type Table = {
  readonly title: string;
  readonly logGroups: readonly string[];
  readonly query: readonly string[];
};

export type DashboardOptions = {
  readonly region: string;
  readonly charts: readonly $util.Input<Chart>[];
  /** Below the charts. */
  readonly tables: readonly $util.Input<Table>[];
};

const HEIGHT = 6;
const WIDTH = 24;

/** Makes a dashboard in CloudWatch, called `<app>-<stage>`. */
export function createDashboard(
  resource: string,
  { region, charts, tables }: DashboardOptions,
): aws.cloudwatch.Dashboard {
  return new aws.cloudwatch.Dashboard(resource, {
    dashboardName: `${$app.name}-${$app.stage}`,
    dashboardBody: $jsonStringify({
      widgets: $util.all([$util.all([...charts]), $util.all([...tables])]).apply(([charts, tables]) => {
        const top = HEIGHT * Math.ceil(charts.length / 2);
        return [
          ...charts.map((chart, index) => chartWidget(chart, index, region)),
          ...tables.map((table, index) => tableWidget(table, top + HEIGHT * index, region)),
        ];
      }),
    }),
  });
}

function chartWidget({ title, metrics }: Chart, index: number, region: string): object {
  return {
    type: "metric",
    x: (index % 2) * (WIDTH / 2),
    y: Math.floor(index / 2) * HEIGHT,
    width: WIDTH / 2,
    height: HEIGHT,
    properties: { title, metrics, region, period: 60, view: "timeSeries" },
  };
}

function tableWidget({ title, logGroups, query }: Table, y: number, region: string): object {
  return {
    type: "log",
    x: 0,
    y,
    width: WIDTH,
    height: HEIGHT,
    properties: {
      title,
      query: [...logGroups.map((name) => `SOURCE '${name}'`), ...query].join(" | "),
      region,
      view: "table",
    },
  };
}
