import { createResources } from "@lucky/deploy/resources";
import { application, stage } from "./context.ts";
import { settingsOf } from "./environment.ts";

/** The tables and secrets that contracts use, and the values of their settings. docs/operating.md: what it costs, how to restore. */
export const resources = createResources(application, {
  keepsData: stage.isProd,
  settings: settingsOf(stage.name),
});
