import type { ParseArgsConfig } from "node:util";
import type { UsingFunction } from "@lucky/application/listed-uses";
import { readVariables } from "@lucky/application/variables";
import { toNumber } from "@lucky/command/number";
import { UsageError } from "@lucky/command/usage-error";
import type { LambdaOptions } from "../lambda/lambda-service.ts";
import { LOG_FORMATS } from "../lambda/platform-log.ts";

/** The options of a command that runs functions. */
export const lambdaOptions = {
  "log-format": { type: "string", default: "json" },
  environment: { type: "string", default: "local" },
  aws: { type: "boolean", default: false },
  ric: { type: "boolean", default: false },
  inspect: { type: "string" },
} as const satisfies ParseArgsConfig["options"];

export const LAMBDA_HELP = `  --log-format <format>   json (the default) or text, as Lambda writes either
  --environment <stage>   the variables that functions have on that stage by infra/environment.ts (default: local);
                          those of .env.local, which git ignores, come over them
  --aws                   give functions this shell's AWS region, profile and credentials: without it, nobody's
  --ric                   run under AWS's own runtime client, aws-lambda-ric; the first time it is built, on Linux
                          with cmake, make, g++ and python3`;

type LambdaValues = {
  readonly "log-format": string;
  readonly environment: string;
  readonly aws: boolean;
  readonly ric: boolean;
  readonly inspect?: string;
};

/**
 * Throws a UsageError. `root`: of the application; `functions`: what there are now; `waits`: whether functions wait for the
 * debugger; `count`: how many may need a port.
 */
export function toLambdaOptions(
  values: LambdaValues,
  root: string,
  functions: () => readonly UsingFunction[],
  waits: boolean,
  count: number,
): LambdaOptions & Required<Pick<LambdaOptions, "variablesOf">> {
  const logFormat = LOG_FORMATS.find((format) => format === values["log-format"]);
  if (logFormat === undefined) {
    throw new UsageError(`--log-format takes ${LOG_FORMATS.join(" or ")}, not "${values["log-format"]}".`);
  }
  const port =
    values.inspect === undefined ? undefined : toNumber(values.inspect, "--inspect", 1024, 65_535 - count);
  return {
    logFormat,
    variablesOf: (name) =>
      readVariables(root, values.environment, name, { functions: functions(), hasAwsTables: values.aws }),
    hasAwsAccess: values.aws,
    ric: values.ric,
    ...(port !== undefined && { inspect: { port, waits } }),
  };
}
