/** Thrown for a mistake in the application. It has no stack: its sentence says what to change. */
export class ApplicationError extends Error {
  override readonly name = "ApplicationError";

  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}
