import type { Figures, Measured } from "./figures.ts";
import type { Growth } from "./growth/growth.ts";
import type { Machine } from "./machine.ts";

/** All that a run has found. */
export type Result = {
  /** When it began, as ISO 8601. */
  readonly date: string;
  readonly seconds: number;
  readonly isQuick: boolean;
  readonly machine: Machine;
  /** How many rounds each timed measure had. */
  readonly rounds: Readonly<Partial<Record<"cold" | "warm" | "trip", number>>>;
  readonly measured: readonly Measured[];
  readonly figures: Figures;
  readonly growth: readonly Growth[];
  /** Why something is left out. */
  readonly notices: readonly string[];
};
