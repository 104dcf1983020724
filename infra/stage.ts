import { checkStageName } from "@lucky/deploy/stage-name";

/** What depends on the stage, and on nothing else. */
export type Stage = {
  readonly name: string;
  readonly isProd: boolean;
  /** What `sst remove` leaves: data (`retain`) or nothing. */
  readonly removal: "remove" | "retain";
  /** Whether `sst remove` is refused. */
  readonly protect: boolean;
  /** What a function logs below it is dropped: a line for each request that went well is DEBUG. */
  readonly logLevel: "INFO" | "TRACE";
  readonly logRetention: "1 week" | "6 months";
  /** Of the whole API; what is above gets a 429. */
  readonly throttle: { readonly requestsPerSecond: number; readonly burst: number };
  readonly hasTracing: boolean;
  /** Whether a deploy is live only when toolkit/deploy/src/live.ts says so, which can go back in seconds. */
  readonly hasAlias: boolean;
};

const PROD = {
  logLevel: "INFO",
  logRetention: "6 months",
  throttle: { requestsPerSecond: 500, burst: 1000 },
  hasTracing: true,
  hasAlias: false,
} as const;

const OTHERS = {
  logLevel: "TRACE",
  logRetention: "1 week",
  throttle: { requestsPerSecond: 50, burst: 100 },
  hasTracing: false,
  hasAlias: false,
} as const;

/** What `sst remove` may do. SST asks before anything else, of any name, and shows no error then. */
export function lifetimeOf(name: string | undefined): Pick<Stage, "removal" | "protect"> {
  return name === "prod" ? { removal: "retain", protect: true } : { removal: "remove", protect: false };
}

/** Throws an ApplicationError that says which names there are. */
export function stageOf(name: string): Stage {
  checkStageName(name);
  const isProd = name === "prod";
  return { name, isProd, ...lifetimeOf(name), ...(isProd ? PROD : OTHERS) };
}
