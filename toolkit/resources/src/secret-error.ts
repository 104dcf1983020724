/** Thrown where a secret is not set, or cannot be read; it says what to do, and never has the value. */
export class SecretError extends Error {
  override readonly name = "SecretError";
}
