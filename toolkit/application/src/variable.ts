/**
 * Those that Lambda sets itself, and takes from nobody.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
const RESERVED = new Set([
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_FORMAT",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_LAMBDA_MAX_CONCURRENCY",
  "AWS_LAMBDA_METADATA_API",
  "AWS_LAMBDA_METADATA_TOKEN",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
]);
/** How an SDK finds credentials elsewhere: a function gets them from its role, and here on purpose alone. */
const CREDENTIALS =
  /^AWS_(?:PROFILE|DEFAULT_PROFILE|CONFIG_FILE|SHARED_CREDENTIALS_FILE|WEB_IDENTITY_TOKEN_FILE|ROLE_ARN|CONTAINER_.*|EC2_METADATA_.*)$/;

/** Why a function cannot have such a variable, in a sentence; undefined where it can. */
export function mistakeOfVariable(name: string, value: unknown): string | undefined {
  if (RESERVED.has(name)) return `${name} is set by Lambda itself: take it out.`;
  if (CREDENTIALS.test(name))
    return `${name} is not for functions: --aws gives them this shell's credentials.`;
  if (!/^[a-zA-Z]\w+$/.test(name)) {
    return `"${name}" is no name of a variable on Lambda: it takes a letter, then letters, digits and _, two at least.`;
  }
  if (typeof value !== "string") return `${name} must be a string.`;
  if (value.includes("\0")) return `${name} has a NUL character, which no variable can have.`;
  return undefined;
}
