import { api } from "@lucky/api";
import { routesOf } from "./routes.ts";
import { readSettings } from "./settings.ts";
import { stageOf } from "./stage.ts";

// Read and checked before any resource is made.
export const stage = stageOf($app.stage);
export const settings = readSettings(stage, process.env);
export const routes = routesOf(api, $cli.paths.root);
