// For infra/policies.ts.
export type { Extra } from "./extra.ts";
export { allow, deny, type Statement } from "./policy.ts";
export type { Scope } from "./scope.ts";
