import { format } from "node:util";
import { toErrorPayload } from "./errors.ts";

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const { AWS_LAMBDA_LOG_FORMAT, AWS_LAMBDA_LOG_LEVEL } = process.env;
const isJson = AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === "JSON";
const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

/**
 * Makes each call of `console` one line on stdout, in the shape of Lambda's JSON log format, or of its text format
 * (where a line break within a message is a carriage return). What is below the function's log level is dropped.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export function writeLogsAsLambda(invocation: { readonly requestId: string }): void {
  const lowest = LEVELS.indexOf(AWS_LAMBDA_LOG_LEVEL?.toUpperCase() ?? "");
  for (const [index, level] of LEVELS.entries()) {
    const write = (message?: unknown, ...parameters: unknown[]) => {
      const { requestId } = invocation;
      const timestamp = new Date().toISOString();
      const line = isJson
        ? toJson({ timestamp, level, requestId, ...toMessage(message, parameters) })
        : `${timestamp}\t${requestId}\t${level}\t${format(message, ...parameters)}`.replaceAll("\n", "\r");
      process.stdout.write(`${line}\n`);
    };
    // Lambda adds `fatal` to the console.
    Object.assign(console, { [level.toLowerCase()]: index < lowest ? () => {} : write });
  }
  console.log = console.info;
}

/** What a handler or its module threw. */
export function logError(what: "Init Error" | "Invoke Error", thrown: unknown): void {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (isJson) console.error(error);
  else console.error(what, `\t${toText(error)}`);
}

function toText(error: Error): string {
  try {
    return JSON.stringify(error, (_, value) => (value instanceof Error ? describeInText(value) : value));
  } catch {
    return JSON.stringify(toErrorPayload(error));
  }
}

function describeInText(error: Error): object {
  const { name: errorType, message: errorMessage, stack } = error;
  const { code } = error as { code?: unknown }; // of Node's own errors
  const description = { errorType, errorMessage, code, ...error };
  return typeof stack === "string" ? { ...description, stack: stack.split("\n") } : description;
}

function toMessage(message: unknown, parameters: readonly unknown[]): { message: unknown } {
  if (parameters.length === 0) return { message };
  const error = parameters.find((parameter) => parameter instanceof Error);
  return { message: format(message, ...parameters), ...(error && describe(error)) };
}

function toJson(line: { readonly message: unknown; readonly [field: string]: unknown }): string {
  try {
    return JSON.stringify(line, (_, value) =>
      value instanceof Error ? { ...describe(value), ...value } : value,
    );
  } catch {
    return JSON.stringify({ ...line, message: format(line.message) });
  }
}

function describe(error: Error): object {
  const { message, stack } = error;
  const stackTrace = typeof stack === "string" ? stack.split("\n") : stack;
  return { errorType: error.constructor.name, errorMessage: message, stackTrace };
}
