/** Thrown for what a person must change in the application or its settings. It has no stack: its sentence says what. */
export class ApplicationError extends Error {
  override readonly name = "ApplicationError";

  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}
