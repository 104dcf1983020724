import { cors } from "@acme/contracts";
import { createApi } from "@lucky/deploy/api";
import { settings, stage } from "./context.ts";
import { functions } from "./functions.ts";

export const http = createApi("Api", {
  cors,
  throttle: stage.throttle,
  logRetention: stage.logRetention,
  keepsLog: stage.isProd,
  domain: settings.domain,
  routes: functions,
});
