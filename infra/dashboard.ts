import { latency, requests } from "@lucky/deploy/api-charts";
import { createDashboard } from "@lucky/deploy/dashboard";
import { coldStartsAndCost, perFunction } from "@lucky/deploy/function-charts";
import { http } from "./api.ts";
import { settings } from "./context.ts";
import { functions } from "./functions.ts";

// Every stage that is watched has one: it costs 3 dollars a month.
if (settings.alarmEmail !== undefined) {
  createDashboard("Dashboard", {
    region: settings.region,
    charts: [
      requests(http),
      latency(http),
      perFunction("Function errors", functions, "Errors", "Sum"),
      perFunction("Duration p99, ms", functions, "Duration", "p99"),
      perFunction("Concurrent executions", functions, "ConcurrentExecutions", "Maximum"),
      perFunction("Throttles", functions, "Throttles", "Sum"),
    ],
    tables: coldStartsAndCost(functions),
  });
}
