import type { Difference } from "./difference.ts";

/** What is found of a pair of schemas. `compare` compares pairs inside it, and may come back to itself. */
export type Look<Pair> = (
  pair: Pair,
  compare: (inside: Pair) => readonly Difference[],
) => readonly Difference[];

type Verdict = Pick<Difference, "narrows" | "widens">;

/**
 * Compares a pair where pairs may stand inside themselves, each once a round. Inside itself a pair is taken for what the round
 * before found, and at first for the same: rounds go on until none finds more. So the work grows with the number of pairs, and
 * not with that of ways through them.
 */
export function compareInRounds<Pair>(
  pair: Pair,
  nameOf: (pair: Pair) => string,
  look: Look<Pair>,
): readonly Difference[] {
  let known: ReadonlyMap<string, Verdict> = new Map();
  for (;;) {
    const { found, verdicts } = runRound(pair, nameOf, look, known);
    const isMore = [...verdicts].some(([name, { narrows, widens }]) => {
      const before = known.get(name);
      return narrows !== (before?.narrows ?? false) || widens !== (before?.widens ?? false);
    });
    if (!isMore) return withoutEchoes(found);
    known = verdicts;
  }
}

function runRound<Pair>(
  pair: Pair,
  nameOf: (pair: Pair) => string,
  look: Look<Pair>,
  known: ReadonlyMap<string, Verdict>,
) {
  const results = new Map<string, readonly Difference[]>();
  /** Those that came up inside themselves: of the others nobody has to know more. */
  const verdicts = new Map<string, Verdict>();
  const open = new Set<string>();
  const compare = (inside: Pair): readonly Difference[] => {
    const name = nameOf(inside);
    const result = results.get(name);
    if (result !== undefined) return result;
    if (open.has(name)) {
      verdicts.set(name, { narrows: false, widens: false });
      const { narrows = false, widens = false } = known.get(name) ?? {};
      return narrows || widens ? [{ place: [], says: "", narrows, widens }] : [];
    }
    open.add(name);
    const found = look(inside, compare);
    open.delete(name);
    results.set(name, found);
    if (verdicts.has(name)) verdicts.set(name, verdictOf(found));
    return found;
  };
  return { found: compare(pair), verdicts };
}

function verdictOf(differences: readonly Difference[]): Verdict {
  return {
    narrows: differences.some(({ narrows }) => narrows),
    widens: differences.some(({ widens }) => widens),
  };
}

/** What a pair says of itself inside itself is said already, or else must not be lost. */
function withoutEchoes(differences: readonly Difference[]): readonly Difference[] {
  const said = differences.filter(({ says }) => says !== "");
  const all = verdictOf(said);
  const lost = differences.filter(
    ({ says, narrows, widens }) => says === "" && ((narrows && !all.narrows) || (widens && !all.widens)),
  );
  return [...said, ...lost.map((each) => ({ ...each, says: "differs" }))];
}
