import { format } from "node:util";

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const isJson = process.env.AWS_LAMBDA_LOG_FORMAT === "JSON";

/**
 * Makes each call of `console` one line on stdout, in the shape of Lambda's JSON log format, or of its text format
 * (where a line break within a message is a carriage return).
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export function writeLogsAsLambda(invocation: { readonly requestId: string }): void {
  // Lambda adds `fatal` to the console.
  for (const method of ["trace", "debug", "info", "log", "warn", "error", "fatal"]) {
    const level = (method === "log" ? "info" : method).toUpperCase();
    const write = (...parameters: unknown[]) => {
      const { requestId } = invocation;
      const timestamp = new Date().toISOString();
      const line = isJson
        ? toJson({ timestamp, level, requestId, ...toMessage(parameters) })
        : `${timestamp}\t${requestId}\t${level}\t${format(...parameters)}`.replaceAll("\n", "\r");
      process.stdout.write(`${line}\n`);
    };
    Object.assign(console, { [method]: write });
  }
}

/** What a handler or its module threw. */
export function logError(what: "Init Error" | "Invoke Error", thrown: unknown): void {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (isJson) {
    console.error(error);
    return;
  }
  const { name, message, stack, ...rest } = error;
  const { code } = rest as { code?: unknown }; // of Node's own errors
  const description = {
    errorType: name,
    errorMessage: message,
    code,
    ...rest,
    stack: stack?.split("\n"),
  };
  console.error(what, `\t${JSON.stringify(description)}`);
}

function toMessage(parameters: unknown[]): { message: unknown } {
  if (parameters.length <= 1) return { message: parameters[0] };
  const error = parameters.find((parameter) => parameter instanceof Error);
  return { message: format(...parameters), ...(error && describe(error)) };
}

function toJson(line: { readonly message: unknown; readonly [field: string]: unknown }): string {
  try {
    return JSON.stringify(line, (_, value) => (value instanceof Error ? describe(value) : value));
  } catch {
    return JSON.stringify({ ...line, message: format(line.message) });
  }
}

function describe(error: Error): object {
  const { message, stack } = error;
  return {
    errorType: error.constructor.name,
    errorMessage: message,
    stackTrace: stack?.split("\n") ?? [],
    ...error,
  };
}
