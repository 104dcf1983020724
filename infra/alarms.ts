import { alarmsTo } from "@lucky/deploy/alarm";
import { serverErrors, slowRequests, throttledRequests } from "@lucky/deploy/api-alarms";
import { createBudget } from "@lucky/deploy/budget";
import { errors, slowness, throttles } from "@lucky/deploy/function-alarms";
import { tableThrottles } from "@lucky/deploy/table-alarms";
import { http } from "./api.ts";
import { settings, stage } from "./context.ts";
import { functions } from "./functions.ts";
import { resources } from "./resources.ts";

// docs/operating.md says what to do about each.

const { alarmEmail, monthlyBudget } = settings;
const alarm = alarmsTo(alarmEmail);

alarm("ApiServerErrors", serverErrors(http, { percent: 1 }));
alarm("ApiLatency", slowRequests(http, { milliseconds: 1000 }));
alarm("ApiThrottles", throttledRequests(http, { over: 10 }));

for (const each of functions) {
  alarm(`${each.resource}Errors`, errors(each, { over: 0 }));
  alarm(`${each.resource}Throttles`, throttles(each, { over: 0 }));
  alarm(`${each.resource}Duration`, slowness(each, { percentOfTimeout: 80 }));
}

for (const each of resources.tables) {
  alarm(`Throttled${each.resource}`, tableThrottles(each, { over: 10 }));
  for (const index of Object.keys(each.table.indexes))
    alarm(`Throttled${each.resource}-${index}`, tableThrottles(each, { over: 10, index }));
}

// It is the account's, so one stage watches it.
if (stage.isProd && alarmEmail !== undefined && monthlyBudget !== undefined)
  createBudget("Budget", { dollars: monthlyBudget, email: alarmEmail });
