/** Thrown where AWS refuses a call; its name is AWS's own, such as `ResourceNotFoundException`. */
export class AwsError extends Error {
  override readonly name: string;
  readonly status: number;
  /** All that AWS says besides, such as `CancellationReasons`. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(name: string, message: string, status: number, details: Readonly<Record<string, unknown>>) {
    super(message);
    this.name = name;
    this.status = status;
    this.details = details;
  }
}

/** Thrown where AWS slows a call down, and went on to until the tries, or the time, were used up. Nothing was done. */
export class ThrottledError extends Error {
  override readonly name = "ThrottledError";
}

/** Thrown where AWS cannot be reached, or fails at each try of what may be repeated. */
export class UnavailableError extends Error {
  override readonly name = "UnavailableError";
}

/**
 * Thrown where nobody knows whether a write was done: the connection broke, or AWS failed, and to repeat it would not be safe.
 * Read what is there, then decide.
 */
export class UnknownOutcomeError extends Error {
  override readonly name = "UnknownOutcomeError";
}
