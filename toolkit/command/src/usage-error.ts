/** Thrown when a command is called wrongly. The message says what to do; the exit code is 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
