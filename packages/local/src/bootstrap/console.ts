import { format } from "node:util";

/**
 * Makes each call of `console` one line of JSON on stdout, in the shape that Lambda's JSON log format has.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export function writeLogsAsLambda(invocation: { readonly requestId: string }): void {
  for (const method of ["trace", "debug", "info", "log", "warn", "error"] as const) {
    const level = (method === "log" ? "info" : method).toUpperCase();
    console[method] = (...parameters: unknown[]) => {
      const { requestId } = invocation;
      const line = { timestamp: new Date().toISOString(), level, requestId, ...toMessage(parameters) };
      process.stdout.write(`${toJson(line)}\n`);
    };
  }
}

function toMessage(parameters: unknown[]): { message: unknown } {
  if (parameters.length === 1) return { message: parameters[0] };
  const error = parameters.find((parameter) => parameter instanceof Error);
  return { message: format(...parameters), ...(error && describe(error)) };
}

function toJson(line: { message: unknown }): string {
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
