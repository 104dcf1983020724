import type { Program } from "./programs.ts";

/** How much is measured, and who is told how far it is. */
export type Effort = {
  readonly rounds: number;
  onProgress(done: number, of: number): void;
};

/** Per program, by its name, what each round has given, in the order of the rounds. */
export type Rounds<T> = ReadonlyMap<string, readonly T[]>;

/**
 * Measures every program once a round, so that whatever the machine does to one it does to all; every other round
 * goes backwards. A round before the first warms up what the system caches, and does not count.
 */
export async function inRounds<T>(
  programs: readonly Program[],
  { rounds, onProgress }: Effort,
  measure: (program: Program) => Promise<T>,
): Promise<Rounds<T>> {
  const results = new Map<string, T[]>(programs.map(({ name }) => [name, []]));
  for (const program of programs) await measure(program);
  for (let round = 0; round < rounds; round++) {
    for (const program of round % 2 === 0 ? programs : programs.toReversed()) {
      results.get(program.name)?.push(await measure(program));
    }
    onProgress(round + 1, rounds);
  }
  return results;
}
