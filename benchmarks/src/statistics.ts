/** The middle of some figures, and what half of them lie between. */
export type Spread = { readonly median: number; readonly low: number; readonly high: number };

/** The figures need not be sorted; at least one. */
export function spreadOf(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

export function median(figures: readonly number[]): number {
  return spreadOf(figures).median;
}

/** Of sorted figures, between the two nearest; `share` is 0 to 1. */
export function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/**
 * How many times the second figures the first are, round by round: the machine's moods hit both figures of a round, so
 * their ratio is steadier than either.
 */
export function ratiosOf(figures: readonly number[], baseline: readonly number[]): readonly number[] {
  return figures.map((figure, round) => figure / (baseline[round] ?? Number.NaN));
}

/**
 * How far from 1 the ratio of two identical subjects is, or may be by chance: the larger of how far its median is, and
 * of that median's own uncertainty, 1.57 times the quartiles' distance over the root of the rounds (the notch of a box
 * plot: McGill, Tukey and Larsen, "Variations of Box Plots", 1978).
 */
export function noiseOf(identical: readonly number[]): number {
  const { median, low, high } = spreadOf(identical);
  return Math.max(Math.abs(median - 1), (1.57 * (high - low)) / Math.sqrt(identical.length));
}

/** Whether a ratio says anything: it must be farther from 1 than noise alone takes it. */
export function isBeyondNoise({ median }: Spread, noise: number): boolean {
  return Math.abs(median - 1) > noise;
}
