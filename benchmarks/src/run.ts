/** How much is measured, and who is told how far it is. */
export type Effort = {
  readonly rounds: number;
  onProgress(done: number, of: number): void;
};

/** Per name, what each round has given, in the order of the rounds. */
export type Rounds<T> = ReadonlyMap<string, readonly T[]>;

/**
 * Measures every cell once a round, so that whatever the machine does to one it does to all; every other round goes
 * backwards. Whatever should be warm before the first round is the caller's to warm.
 */
export async function inRounds<C extends { readonly name: string }, T>(
  cells: readonly C[],
  { rounds, onProgress }: Effort,
  measure: (cell: C) => Promise<T>,
): Promise<Rounds<T>> {
  const results = new Map<string, T[]>(cells.map(({ name }) => [name, []]));
  const total = rounds * cells.length;
  let done = 0;
  for (let round = 0; round < rounds; round++) {
    for (const cell of round % 2 === 0 ? cells : cells.toReversed()) {
      results.get(cell.name)?.push(await measure(cell));
      onProgress(++done, total);
    }
  }
  return results;
}
