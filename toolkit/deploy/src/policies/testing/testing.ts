// For tests that hold the pipeline's roles to what a deploy calls.
export { readExtra } from "../extra.ts";
export type { Policy } from "../policy.ts";
export { pipelineRole } from "../role.ts";
export { scopeOf } from "../scope.ts";
export { callsFor, callsOfBootstrap, callsOfSst } from "./calls.ts";
export { type Call, isAllowed } from "./evaluate.ts";
