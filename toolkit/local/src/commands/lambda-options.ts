import type { ParseArgsConfig } from "node:util";
import { toNumber } from "@lucky/command/number";
import { UsageError } from "@lucky/command/usage-error";
import type { LambdaOptions } from "../lambda/lambda-service.ts";
import { LOG_FORMATS } from "../lambda/platform-log.ts";

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

/** Throws a UsageError. `waits`: whether functions wait for the debugger; `count`: how many may need a port. */
export function toLambdaOptions(values: LambdaValues, waits: boolean, count: number): LambdaOptions {
  const logFormat = LOG_FORMATS.find((format) => format === values["log-format"]);
  if (logFormat === undefined) {
    throw new UsageError(`--log-format takes ${LOG_FORMATS.join(" or ")}, not "${values["log-format"]}".`);
  }
  const port =
    values.inspect === undefined ? undefined : toNumber(values.inspect, "--inspect", 1024, 65_535 - count);
  return { logFormat, ric: values.ric, ...(port !== undefined && { inspect: { port, waits } }) };
}
