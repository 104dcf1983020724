/** One line of the log, which Lambda's JSON format completes with time, level and request id. */
export type LogLine = {
  readonly message: string;
  readonly requestId: string;
  readonly method: string;
  /** The contract's, not the caller's path: that may hold personal data. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  /** The kind of the problem that was answered, if any. */
  readonly problem?: string;
  readonly error?: ErrorDescription;
};

/**
 * What went well is told at DEBUG, below the level of prod: there the gateway's own access log has it, and writing a
 * line costs a tenth of a warm invocation. What the caller did wrong is INFO, what the function did wrong ERROR.
 */
export function levelOf({ problem, error }: LogLine): "debug" | "info" | "error" {
  if (error !== undefined) return "error";
  return problem === undefined ? "debug" : "info";
}

export type ErrorDescription = {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
};

/** Whatever was thrown, in text alone; its own fields stay out of the log, for they may hold secrets. */
export function describeError(thrown: unknown, depth = 0): ErrorDescription {
  try {
    if (!(thrown instanceof Error)) return { name: typeof thrown, message: String(thrown) };
    const { name, message, stack, cause } = thrown;
    return {
      name: String(name),
      message: String(message),
      ...(stack !== undefined && { stack: String(stack) }),
      ...(cause !== undefined && depth < 4 && { cause: describeError(cause, depth + 1) }),
    };
  } catch {
    return { name: typeof thrown, message: "it cannot be shown as text" };
  }
}
