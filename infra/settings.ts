import { ConfigurationError } from "./configuration-error.ts";
import type { Stage } from "./stage.ts";

/** What differs between accounts, from the environment. */
export type Settings = {
  readonly region: string;
  /** Who hears of alarms; without it a stage that is not prod has none. */
  readonly alarmEmail?: string;
  /** Instead of the address that API Gateway makes up. */
  readonly domain?: string;
  /** How many events one function may run at once, taken from the account's quota; undefined for as many as there are. */
  readonly reservedConcurrency?: number;
};

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** Throws a ConfigurationError that says what to set, and to what. */
export function readSettings(stage: Stage, environment: NodeJS.ProcessEnv): Settings {
  const { ALARM_EMAIL: alarmEmail, API_DOMAIN: domain } = environment;
  if (stage.isProd && !alarmEmail) {
    throw new ConfigurationError(
      "Set ALARM_EMAIL to the address that hears of prod's alarms, such as oncall@example.com.",
    );
  }
  if (alarmEmail && !EMAIL.test(alarmEmail)) {
    throw new ConfigurationError(`ALARM_EMAIL is no e-mail address: "${alarmEmail}".`);
  }
  if (domain && !DOMAIN.test(domain)) {
    throw new ConfigurationError(
      `API_DOMAIN is no domain name such as api.example.com: "${domain}". Leave out https:// and paths.`,
    );
  }
  const reservedConcurrency = readReservedConcurrency(stage, environment.RESERVED_CONCURRENCY);
  return {
    region: readRegion(environment),
    ...(alarmEmail && { alarmEmail }),
    ...(domain && { domain }),
    ...(reservedConcurrency !== undefined && { reservedConcurrency }),
  };
}

/** Throws a ConfigurationError that says what to set. */
export function readRegion({ AWS_REGION: region }: NodeJS.ProcessEnv): string {
  if (!region)
    throw new ConfigurationError("Set AWS_REGION to where the API is to run, such as eu-central-1.");
  if (!REGION.test(region))
    throw new ConfigurationError(`AWS_REGION is no region such as eu-central-1: "${region}".`);
  return region;
}

/** A new account has a quota of 10 and can reserve nothing, so it can be left out. */
function readReservedConcurrency({ isProd }: Stage, setting: string | undefined): number | undefined {
  const text = setting || (isProd ? "50" : "none");
  if (text === "none") return undefined;
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new ConfigurationError(
    `RESERVED_CONCURRENCY takes a number from 1 to 99999, or none, not "${text}".`,
  );
}
