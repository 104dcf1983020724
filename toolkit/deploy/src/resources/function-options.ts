import type { Throttle } from "../settings/throttle.ts";
import type { LogRetention } from "./api.ts";
import type { Access } from "./resources.ts";
import { type Transform, transformInOrder } from "./transform.ts";

/** Of SST's arguments, those that the contract, package.json or this file decide. */
type Decided =
  | "handler"
  | "description"
  | "memory"
  | "timeout"
  | "runtime"
  | "architecture"
  | "nodejs"
  | "copyFiles"
  | "logging";

/** Whatever SST's Function takes, such as `permissions`, `link`, `vpc`, `concurrency` or `transform`, and these. */
export type FunctionOptions = Omit<sst.aws.FunctionArgs, Decided | "environment"> & {
  readonly logRetention: LogRetention;
  /** What a function logs below it is dropped. */
  readonly logLevel: "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";
  /** Whether the log stays when the function is renamed or taken out. */
  readonly keepsLog?: boolean;
  /** Whether AWS X-Ray gets Lambda's own segments; the function needs no SDK for it. */
  readonly hasTracing?: boolean;
  /** Has its routes lead to an alias: a deploy moves it, or it stays for the release to move. Not in `sst dev`. */
  readonly alias?: "moves" | "stays" | undefined;
  /** Of the function's route alone; without it, it shares the API's with the others. */
  readonly throttle?: Throttle;
  /** What it gets of the resources that its contract uses. */
  readonly access?: Access;
  /** Goes before what `access` has. */
  readonly environment?: Readonly<Record<string, $util.Input<string>>>;
};

const LISTS = ["permissions", "policies", "link", "layers"] as const;
const RECORDS = ["environment", "tags"] as const;

/** The second before the first, but for what can be had of both: those lists and records, and the transforms. */
export function joinOptions(common: FunctionOptions, own: Partial<FunctionOptions>): FunctionOptions {
  const joined: Record<string, unknown> = { ...common, ...own };
  for (const name of LISTS) {
    if (common[name] && own[name])
      joined[name] = $util.all([common[name], own[name]]).apply((lists) => lists.flat());
  }
  for (const name of RECORDS) {
    if (common[name] && own[name])
      joined[name] = $util.all([common[name], own[name]]).apply(([all, one]) => ({ ...all, ...one }));
  }
  if (common.transform && own.transform) joined.transform = joinTransforms(common.transform, own.transform);
  return joined as FunctionOptions; // each option has its own kind still
}

type Transforms = NonNullable<FunctionOptions["transform"]>;

function joinTransforms(common: Transforms, own: Transforms): object {
  const all: Record<string, Transform<object> | undefined> = { ...common };
  for (const [name, transform] of Object.entries<Transform<object>>(own as Record<string, Transform<object>>))
    all[name] = transformInOrder(all[name], transform);
  return all;
}
