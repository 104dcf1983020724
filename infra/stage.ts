/** What depends on the stage, and on nothing else. */
export type Stage = {
  readonly name: string;
  readonly isProd: boolean;
  /** What `sst remove` leaves: data (`retain`) or nothing. */
  readonly removal: "remove" | "retain";
  /** Whether `sst remove` is refused. */
  readonly protect: boolean;
  readonly logRetention: "1 week" | "6 months";
  /** Of the whole API; what is above gets a 429. */
  readonly throttle: { readonly requestsPerSecond: number; readonly burst: number };
  readonly hasTracing: boolean;
};

/** Such as anna, anna-2 or pr-123. */
const PATTERN = /^[a-z][a-z0-9-]{0,19}$/;
/** Who types one of these means prod, and would get a stage that anybody can remove. */
const MISTAKEN_FOR_PROD = ["production", "prd", "live", "main", "master", "release"];

/** Throws an error that says which names there are. */
export function stageOf(name: string): Stage {
  if (MISTAKEN_FOR_PROD.includes(name)) {
    throw new Error(`There is no stage "${name}": production is called prod. Use --stage prod.`);
  }
  if (!PATTERN.test(name)) {
    throw new Error(
      `"${name}" is no stage: use prod, or up to 20 lower-case letters, digits and dashes, such as anna or pr-123.`,
    );
  }
  return name === "prod"
    ? {
        name,
        isProd: true,
        removal: "retain",
        protect: true,
        logRetention: "6 months",
        throttle: { requestsPerSecond: 500, burst: 1000 },
        hasTracing: true,
      }
    : {
        name,
        isProd: false,
        removal: "remove",
        protect: false,
        logRetention: "1 week",
        throttle: { requestsPerSecond: 50, burst: 100 },
        hasTracing: false,
      };
}
