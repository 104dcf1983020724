import { type Budget, budgets } from "./budgets.ts";
import { type Figures, figureOf, type Measured, metrics, ranked, ratioOf } from "./figures.ts";
import { toMultiple, toPercent, toText } from "./number.ts";
import type { Result } from "./result.ts";
import { OURS } from "./subjects.ts";
import type { Table } from "./table.ts";

/**
 * What became of a budget: met; missed, which fails the gate; accepted, which is missed within its ceiling; or
 * unmeasured in this run.
 */
export type Status = "met" | "missed" | "accepted" | "unmeasured";

export type Verdict = {
  readonly budget: Budget;
  readonly status: Status;
  readonly figure?: number;
  /** Whom our figure was divided by. */
  readonly opponent?: string;
  /** Whether it could as well be 1, by noise. */
  readonly isNoise?: boolean;
};

/** Holds what a run has measured to every budget. */
export function verdictsOf({ figures, measured }: Pick<Result, "figures" | "measured">): readonly Verdict[] {
  return budgets.map((budget) => judge(budget, figures, measured));
}

/** Holds what was measured to a budget. A ratio within noise counts as 1. */
export function judge(budget: Budget, figures: Figures, measured: readonly Measured[]): Verdict {
  const opponent = opponentOf(budget, figures, measured);
  const ratio = opponent === undefined ? undefined : ratioOf(figures, budget.metric, OURS, opponent);
  const isNoise = ratio !== undefined && !ratio.isBeyondNoise;
  const figure = budget.over === undefined ? figureOf(figures, budget.metric, OURS) : ratio;
  if (figure === undefined) return { budget, status: "unmeasured" };
  const { median } = figure;
  return {
    budget,
    figure: median,
    status: statusOf(budget, isNoise ? 1 : median),
    isNoise,
    ...(opponent !== undefined && { opponent }),
  };
}

function statusOf({ limit, accepted }: Budget, figure: number): Status {
  if (figure <= limit) return "met";
  return accepted !== undefined && figure <= accepted.ceiling ? "accepted" : "missed";
}

function opponentOf(
  { metric, over }: Budget,
  figures: Figures,
  measured: readonly Measured[],
): string | undefined {
  if (over === "the fastest framework" || over === "the fastest peer") {
    const rivals = measured.filter(
      ({ kind }) => kind === "framework" || (kind === "peer" && over === "the fastest peer"),
    );
    return ranked(figures, metric, rivals)[0]?.name;
  }
  return over;
}

/** What to tell of each budget that fails the gate: which, and by how much. */
export function complaintsOf(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts
    .filter(({ status }) => status === "missed")
    .map(({ budget, figure = Number.NaN }) => {
      const bound = budget.accepted?.ceiling ?? budget.limit;
      const which = budget.accepted === undefined ? "its limit" : "its ceiling";
      const by = toPercent(figure / bound - 1);
      return `${budget.name}: ${show(budget, figure)} is ${by} above ${which} of ${show(budget, bound)}.`;
    });
}

/** Every budget beside its figure. */
export function verdictTable(verdicts: readonly Verdict[]): Table {
  return {
    title: "Budgets",
    columns: ["", "limit", "figure", "beside", ""],
    rows: verdicts.map((verdict) => ({ cells: toCells(verdict) })),
    notes: verdicts.flatMap(({ budget: { name, accepted }, status }) =>
      status === "accepted" && accepted !== undefined ? [`${name} is missed: ${accepted.reason}`] : [],
    ),
  };
}

function toCells({ budget, status, figure, opponent = "", isNoise }: Verdict): readonly string[] {
  const shown = figure === undefined ? "" : isNoise ? "≈ 1" : show(budget, figure);
  return [budget.name, `≤ ${show(budget, budget.limit)}`, shown, opponent, describe(status, budget)];
}

function describe(status: Status, budget: Budget): string {
  if (status === "unmeasured") return "not measured";
  if (status !== "accepted") return status;
  return `missed, held to ${show(budget, budget.accepted?.ceiling ?? budget.limit)}`;
}

function show({ metric, over }: Budget, figure: number): string {
  return over === undefined ? `${toText(figure)} ${metrics[metric].unit}` : toMultiple(figure);
}
