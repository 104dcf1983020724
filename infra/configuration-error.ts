/** Thrown for what a person must set or change before a deploy. It has no stack: the sentence says it all. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}
