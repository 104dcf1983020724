import { api } from "@acme/contracts";
import { listFunctions } from "@lucky/application/application";
import { limitRoles } from "@lucky/deploy/role-boundary";
import { readSettings } from "./settings.ts";
import { stageOf } from "./stage.ts";

// Read and checked before any resource of the app is made.
export const stage = stageOf($app.stage);
export const settings = readSettings(stage, process.env);
export const application = listFunctions(api, $cli.paths.root);

limitRoles(settings.permissionsBoundary);
