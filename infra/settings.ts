import { type Domain, readDomain } from "@lucky/deploy/domain";
import {
  concurrency,
  emailAddress,
  policyArn,
  readSetting,
  region as regionName,
  requireSetting,
  wholeNumber,
  yes,
} from "@lucky/deploy/setting";
import type { Stage } from "./stage.ts";

/** What differs between accounts, from the environment. */
export type Settings = {
  readonly region: string;
  /** Where alarms go; without it a stage that is not prod has none. */
  readonly alarmEmail: string | undefined;
  /** In the place of the address that API Gateway makes up. */
  readonly domain: Domain | undefined;
  /** Dollars that the whole account may cost before ALARM_EMAIL gets a mail. */
  readonly monthlyBudget: number | undefined;
  /** How many events one function may run at once, taken from the account's quota; undefined for as many as there are. */
  readonly reservedConcurrency: number | undefined;
  /** The policy with the most that a function's role may do; the pipeline's roles may make none without it. */
  readonly permissionsBoundary: string | undefined;
  /** Whether aliases stay where they are, for the release to move; without it a deploy is live at once. */
  readonly holdsLive: boolean;
  /** The account's quota of executions at once, by which the sum of what is reserved is judged; AWS's own unless set. */
  readonly concurrencyQuota: number | undefined;
};

/** Throws an ApplicationError that says what to set. */
export function readSettings({ isProd }: Stage, environment: NodeJS.ProcessEnv): Settings {
  const reserved = readSetting(environment, "RESERVED_CONCURRENCY", concurrency) ?? "none";
  const region = requireSetting(environment, "AWS_REGION", regionName, "where the API is to run");
  return {
    region,
    alarmEmail: isProd
      ? requireSetting(environment, "ALARM_EMAIL", emailAddress, "where prod's alarms go")
      : readSetting(environment, "ALARM_EMAIL", emailAddress),
    domain: readDomain(environment, region),
    monthlyBudget: readNumber(environment, "MONTHLY_BUDGET"),
    permissionsBoundary: readSetting(environment, "PERMISSIONS_BOUNDARY", policyArn),
    reservedConcurrency: reserved === "none" ? undefined : Number(reserved),
    holdsLive: readSetting(environment, "HOLD_LIVE", yes) !== undefined,
    concurrencyQuota: readNumber(environment, "CONCURRENCY_QUOTA"),
  };
}

function readNumber(environment: NodeJS.ProcessEnv, variable: string): number | undefined {
  const value = readSetting(environment, variable, wholeNumber);
  return value === undefined ? undefined : Number(value);
}
