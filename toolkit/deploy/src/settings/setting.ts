import { ApplicationError } from "@lucky/application/application-error";

/** What a setting may be: how it reads, and a sentence of what to write. */
export type Kind = { readonly pattern: RegExp; readonly use: string };

export const region: Kind = {
  // The words that AWS has made all regions of so far, such as ap-southeast-7, us-gov-west-1 and eusc-de-east-1.
  pattern:
    /^(?:[a-z]{2}|eusc-[a-z]{2})(?:-gov|-iso[a-z]?)?-(?:central|(?:north|south)(?:east|west)?|east|west)-[1-9]$/,
  use: "a region such as eu-central-1",
};
export const emailAddress: Kind = {
  pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  use: "an email address such as oncall@example.com",
};
export const domainName: Kind = {
  pattern: /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  use: "a domain name such as api.example.com, without https:// and paths",
};
export const policyArn: Kind = {
  pattern: /^arn:aws(?:-cn|-us-gov)?:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]+$/,
  use: "a policy's ARN such as arn:aws:iam::123456789012:policy/pipeline/shop-prod-functions",
};
export const certificateArn: Kind = {
  pattern: /^arn:aws(?:-[a-z]+)*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/,
  use: "the ARN of a certificate in ACM, such as arn:aws:acm:eu-central-1:123456789012:certificate/0f…",
};
/** Of executions at once: a new account has a quota of 10 and can reserve none of them. */
export const concurrency: Kind = {
  pattern: /^(?:none|[1-9]\d{0,4})$/,
  use: "a number from 1 to 99999, or none",
};

/** Of executions at once, dollars and the like. */
export const wholeNumber: Kind = {
  pattern: /^[1-9]\d{0,5}$/,
  use: "a number from 1 to 999999",
};

/** Of what is on, or not there. */
export const yes: Kind = { pattern: /^1$/, use: "1, or leave it out" };

/**
 * A setting from the environment; undefined where it is missing or empty. Throws an ApplicationError if it is not of its
 * kind.
 *
 *     readSetting(process.env, "ALARM_EMAIL", emailAddress);
 */
export function readSetting(
  environment: NodeJS.ProcessEnv,
  variable: string,
  { pattern, use }: Kind,
): string | undefined {
  const value = environment[variable] || undefined;
  if (value === undefined || pattern.test(value)) return value;
  throw new ApplicationError(`${variable} is "${value}": use ${use}.`);
}

/** A setting that a deploy cannot do without. Throws an ApplicationError that says what it is for where it is missing. */
export function requireSetting(
  environment: NodeJS.ProcessEnv,
  variable: string,
  kind: Kind,
  purpose: string,
): string {
  const value = readSetting(environment, variable, kind);
  if (value !== undefined) return value;
  throw new ApplicationError(`Set ${variable}, ${purpose}: use ${kind.use}.`);
}
