import { randomUUID } from "node:crypto";
import { accessVariables } from "./aws-access.ts";
import { HANDLER } from "./bundle.ts";
import type { EnvironmentOptions } from "./environment-options.ts";

/**
 * The function's own variables and those that Lambda sets, and no others: a function that works here does not lean on
 * what this machine has. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function environmentVariables(options: EnvironmentOptions, runtimeApi: string): NodeJS.ProcessEnv {
  const { functionName, taskRoot, memoryMegabytes, logFormat, variables } = options;
  const { hasAwsAccess = false, awsEndpoint } = options;
  return {
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    AWS_XRAY_DAEMON_ADDRESS: "127.0.0.1:2000", // on AWS an address of its network, which is none of ours
    LANG: "en_US.UTF-8",
    NODE_PATH: "/opt/nodejs/node24/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules",
    PATH: process.env.PATH,
    TZ: ":UTC",
    ...accessVariables(hasAwsAccess),
    ...(awsEndpoint !== undefined && { AWS_ENDPOINT_URL: awsEndpoint }),
    ...variables, // of which none is a credential, or Lambda's own
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
    LAMBDA_TASK_ROOT: taskRoot,
  };
}
