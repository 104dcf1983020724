import { functions, http } from "./api.ts";
import { settings, stage } from "./context.ts";

/** https://aws.amazon.com/lambda/pricing, arm64 in us-east-1, July 2026: dollars per GB-second and per request. */
const PRICE = { gigabyteSecond: 0.0000133334, request: 0.0000002 };

type Metric = readonly [string, string, ...(string | object)[]];

/** Every watched stage has it; watching costs 3 dollars a month. */
if (settings.alarmEmail !== undefined) {
  new aws.cloudwatch.Dashboard("Dashboard", {
    dashboardName: `${$app.name}-${stage.name}`,
    dashboardBody: $resolve({
      apiId: http.nodes.api.id,
      names: $util.all(functions.map(({ lambda }) => lambda.name)),
      groups: $util.all(functions.map(({ lambda }) => lambda.nodes.logGroup.apply((group) => group?.name))),
    }).apply(({ apiId, names, groups }) => JSON.stringify({ widgets: widgetsOf(apiId, names, groups) })),
  });
}

function widgetsOf(apiId: string, names: readonly string[], groups: readonly (string | undefined)[]) {
  const ofApi = (metric: string, options: object): Metric => [
    "AWS/ApiGateway",
    metric,
    "ApiId",
    apiId,
    options,
  ];
  const ofEach = (metric: string, stat: string) =>
    names.map(
      (name, index): Metric => [
        "AWS/Lambda",
        metric,
        "FunctionName",
        name,
        { stat, label: functions[index]?.name },
      ],
    );
  return [
    chart(0, 0, "Requests", [
      ofApi("Count", { stat: "Sum", label: "all" }),
      ofApi("4xx", { stat: "Sum", label: "4xx", color: "#ff9900" }),
      ofApi("5xx", { stat: "Sum", label: "5xx", color: "#d13212" }),
    ]),
    chart(
      12,
      0,
      "Latency of the API, ms",
      ["p50", "p90", "p99"].map((stat) => ofApi("Latency", { stat, label: stat })),
    ),
    chart(0, 6, "Function errors", ofEach("Errors", "Sum")),
    chart(12, 6, "Duration p99, ms", ofEach("Duration", "p99")),
    chart(0, 12, "Concurrent executions", ofEach("ConcurrentExecutions", "Maximum")),
    chart(12, 12, "Throttles", ofEach("Throttles", "Sum")),
    ...functions.map(({ name, limits }, index) => {
      const gigabytes = limits.memoryMegabytes / 1024;
      return table(18 + 6 * index, `${name}: cold starts and cost`, groups[index] ?? "", [
        'filter type = "platform.report"',
        "stats count(*) as invocations, count(record.metrics.initDurationMs) as coldStarts, avg(record.metrics.initDurationMs) as coldStartMs, " +
          "pct(record.metrics.durationMs, 99) as p99Ms, max(record.metrics.maxMemoryUsedMB) as peakMB, " +
          `sum(record.metrics.billedDurationMs) / 1000 * ${gigabytes} * ${PRICE.gigabyteSecond} + count(*) * ${PRICE.request} as dollars by bin(1h)`,
      ]);
    }),
  ];
}

function chart(x: number, y: number, title: string, metrics: readonly Metric[]) {
  return {
    type: "metric",
    x,
    y,
    width: 12,
    height: 6,
    properties: { title, metrics, region: settings.region, period: 60, view: "timeSeries" },
  };
}

function table(y: number, title: string, logGroup: string, query: readonly string[]) {
  return {
    type: "log",
    x: 0,
    y,
    width: 24,
    height: 6,
    properties: {
      title,
      query: `SOURCE '${logGroup}' | ${query.join(" | ")}`,
      region: settings.region,
      view: "table",
    },
  };
}
