/** Thrown where no plan can be made. The message says why. */
export class PlanError extends Error {
  override readonly name = "PlanError";
}
