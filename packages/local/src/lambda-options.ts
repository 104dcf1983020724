import type { ParseArgsConfig } from "node:util";
import type { LambdaOptions } from "./lambda-service.ts";
import { LOG_FORMATS } from "./platform-log.ts";
import { UsageError } from "./usage-error.ts";
import { functions } from "./workspace.ts";

/** The options of a command that runs functions. */
export const lambdaOptions = {
  "log-format": { type: "string", default: "json" },
  ric: { type: "boolean", default: false },
  inspect: { type: "string" },
} as const satisfies ParseArgsConfig["options"];

export const LAMBDA_HELP = `  --log-format <format>   json (the default) or text, as Lambda writes either
  --ric                   run under AWS's own runtime client, aws-lambda-ric; the first time it is built, on Linux
                          with cmake, make, g++ and python3`;

type LambdaValues = { readonly "log-format": string; readonly ric: boolean; readonly inspect?: string };

/** Throws a UsageError. `waits`: whether functions wait for the debugger. */
export function toLambdaOptions(values: LambdaValues, waits: boolean): LambdaOptions {
  const logFormat = LOG_FORMATS.find((format) => format === values["log-format"]);
  if (logFormat === undefined) {
    throw new UsageError(`--log-format takes ${LOG_FORMATS.join(" or ")}, not "${values["log-format"]}".`);
  }
  const port =
    values.inspect === undefined
      ? undefined
      : toNumber(values.inspect, "--inspect", 1024, 65_535 - functions.length);
  return { logFormat, ric: values.ric, ...(port !== undefined && { inspect: { port, waits } }) };
}

/** A whole number within bounds. Throws a UsageError. */
export function toNumber(text: string, option: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new UsageError(`${option} takes a number from ${least} to ${most}, not "${text}".`);
}
