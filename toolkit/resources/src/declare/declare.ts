// What functions use, as data: nothing here runs on Lambda, and web pages may import it.
export { type IdempotencyTable, idempotencyTable, onceProblems } from "./idempotency-table.ts";
export { type Secret, secret } from "./secret.ts";
export { type Setting, setting, type ValueOf } from "./setting.ts";
export {
  type Indexes,
  type ItemOf,
  type Key,
  type KeyOfTable,
  type NewItemOf,
  type Table,
  table,
} from "./table.ts";
export { type AnyUse, allow, type Resource, read, write } from "./use.ts";
export { variableOf } from "./variable.ts";
