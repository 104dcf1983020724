import { randomUUID } from "node:crypto";
import { HANDLER } from "./bundle.ts";
import type { EnvironmentOptions } from "./environment-options.ts";

/**
 * The variables that Lambda sets, and no others: a function that works here does not lean on what this machine has.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function environmentVariables(options: EnvironmentOptions, runtimeApi: string): NodeJS.ProcessEnv {
  const { functionName, taskRoot, memoryMegabytes, logFormat } = options;
  return {
    _HANDLER: HANDLER,
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_FORMAT: logFormat === "json" ? "JSON" : "Text",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `local/[$LATEST]${randomUUID().replaceAll("-", "")}`,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_REGION: "us-east-1",
    LAMBDA_TASK_ROOT: taskRoot,
    LANG: "en_US.UTF-8",
    PATH: process.env.PATH,
    TZ: ":UTC",
  };
}
