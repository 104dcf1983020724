/** Thrown where a bundle cannot be made; the message has every mistake with its place and its line. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}
