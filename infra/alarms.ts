import { alarmsTo } from "@lucky/deploy/alarm";
import { serverErrors, slowRequests } from "@lucky/deploy/api-alarms";
import { errors, slowness, throttles } from "@lucky/deploy/function-alarms";
import { http } from "./api.ts";
import { settings } from "./context.ts";
import { functions } from "./functions.ts";

// docs/operating.md says what to do about each.

const alarm = alarmsTo(settings.alarmEmail);

alarm("ApiServerErrors", serverErrors(http, { percent: 1, requests: 10 }));
alarm("ApiLatency", slowRequests(http, { milliseconds: 1000 }));

for (const each of functions) {
  alarm(`${each.resource}Errors`, errors(each, { over: 0 }));
  alarm(`${each.resource}Throttles`, throttles(each, { over: 0 }));
  alarm(`${each.resource}Duration`, slowness(each, { percentOfTimeout: 80 }));
}
