import {
  concurrency,
  domainName,
  emailAddress,
  policyArn,
  readSetting,
  region,
  requireSetting,
} from "@lucky/deploy/setting";
import type { Stage } from "./stage.ts";

/** What differs between accounts, from the environment. */
export type Settings = {
  readonly region: string;
  /** Where alarms go; without it a stage that is not prod has none. */
  readonly alarmEmail: string | undefined;
  /** In the place of the address that API Gateway makes up. */
  readonly domain: string | undefined;
  /** How many events one function may run at once, taken from the account's quota; undefined for as many as there are. */
  readonly reservedConcurrency: number | undefined;
  /** The policy with the most that a function's role may do; the pipeline's roles may make none without it. */
  readonly permissionsBoundary: string | undefined;
};

/** Throws an ApplicationError that says what to set. */
export function readSettings({ isProd }: Stage, environment: NodeJS.ProcessEnv): Settings {
  const reserved = readSetting(environment, "RESERVED_CONCURRENCY", concurrency) ?? (isProd ? "50" : "none");
  return {
    region: requireSetting(environment, "AWS_REGION", region, "where the API is to run"),
    alarmEmail: isProd
      ? requireSetting(environment, "ALARM_EMAIL", emailAddress, "where prod's alarms go")
      : readSetting(environment, "ALARM_EMAIL", emailAddress),
    domain: readSetting(environment, "API_DOMAIN", domainName),
    permissionsBoundary: readSetting(environment, "PERMISSIONS_BOUNDARY", policyArn),
    reservedConcurrency: reserved === "none" ? undefined : Number(reserved),
  };
}
