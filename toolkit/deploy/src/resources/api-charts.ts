import type { Chart, Metric } from "./dashboard.ts";

/** How many requests there were, and how many of them were refused or failed. */
export function requests(http: sst.aws.ApiGatewayV2): $util.Output<Chart> {
  return chart(http, "Requests", [
    ["Count", { stat: "Sum", label: "all" }],
    ["4xx", { stat: "Sum", label: "4xx", color: "#ff9900" }],
    ["5xx", { stat: "Sum", label: "5xx", color: "#d13212" }],
  ]);
}

/** How long callers waited. */
export function latency(http: sst.aws.ApiGatewayV2): $util.Output<Chart> {
  return chart(
    http,
    "Latency of the API, ms",
    ["p50", "p90", "p99"].map((stat) => ["Latency", { stat, label: stat }]),
  );
}

function chart(
  http: sst.aws.ApiGatewayV2,
  title: string,
  lines: readonly (readonly [metric: string, options: object])[],
): $util.Output<Chart> {
  return http.nodes.api.id.apply((id) => ({
    title,
    metrics: lines.map(([metric, options]): Metric => ["AWS/ApiGateway", metric, "ApiId", id, options]),
  }));
}
