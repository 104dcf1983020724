import { ConfigurationError } from "./configuration-error.ts";
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
};

/** Such as anna, anna-2 or pr-123. */
const PATTERN = /^[a-z][a-z0-9-]{0,19}$/;
/** Who types one of these means prod, and would get a stage that anybody can remove. */
const MISTAKEN_FOR_PROD = ["production", "prd", "live", "main", "master", "release"];

/** What `sst remove` may do, which SST asks before anything else; of any name, as it shows no error then. */
export function lifetimeOf(name: string | undefined): Pick<Stage, "removal" | "protect"> {
  return name === "prod" ? { removal: "retain", protect: true } : { removal: "remove", protect: false };
}

/** Throws a ConfigurationError that says which names there are. */
export function stageOf(name: string): Stage {
  if (MISTAKEN_FOR_PROD.includes(name)) {
    throw new ConfigurationError(`There is no stage "${name}": production is called prod. Use --stage prod.`);
  }
  if (!PATTERN.test(name)) {
    throw new ConfigurationError(
      `"${name}" is no stage: use prod, or up to 20 lower-case letters, digits and dashes, such as anna or pr-123.`,
    );
  }
  return name === "prod"
    ? {
        name,
        isProd: true,
        ...lifetimeOf(name),
        logLevel: "INFO",
        logRetention: "6 months",
        throttle: { requestsPerSecond: 500, burst: 1000 },
        hasTracing: true,
      }
    : {
        name,
        isProd: false,
        ...lifetimeOf(name),
        logLevel: "TRACE",
        logRetention: "1 week",
        throttle: { requestsPerSecond: 50, burst: 100 },
        hasTracing: false,
      };
}
