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
  readonly problem?: string | undefined;
  readonly error?: ErrorDescription | undefined;
};

/** What a function adds to the line: none of what the line has by itself. */
export type LogFields = { readonly [Name in keyof LogLine]?: never } & { readonly [name: string]: unknown };

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
  readonly cause?: ErrorDescription | undefined;
  /** Those that it holds, as an AggregateError does; of a SuppressedError the later one, and the one that it hides. */
  readonly errors?: readonly ErrorDescription[];
};

/** So many errors are described for a request at most, those that others hold among them. */
const MOST_ERRORS = 10;

type ErrorLike = Partial<Error & AggregateError & SuppressedError>;

/**
 * Whatever was thrown, in text alone; its own fields stay out of the log, for they may hold secrets. Of an object that is
 * no Error it has the message or, without one, the names of the fields.
 */
export function describeError(thrown: unknown, left = { count: MOST_ERRORS }): ErrorDescription {
  left.count--;
  const describe = (held: unknown) => (left.count > 0 ? [describeError(held, left)] : []);
  try {
    if (Object(thrown) !== thrown) return { name: typeof thrown, message: String(thrown) };
    const { name = "object", message, stack, cause, errors, error, suppressed } = thrown as ErrorLike; // or it has none of them
    const held = suppressed ? [error, suppressed] : errors;
    return {
      name: String(name),
      message: String(message ?? `fields: ${Object.keys(thrown as object)}`),
      ...(stack && { stack: String(stack) }),
      ...(cause !== undefined && { cause: describe(cause)[0] }),
      ...(Array.isArray(held) && { errors: held.flatMap(describe) }),
    };
  } catch {
    return { name: typeof thrown, message: "it cannot be shown as text" };
  }
}
