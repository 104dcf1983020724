// `pnpm fuzz` runs each property 100,000 times; FUZZ_SEED repeats a run.
export const parameters = {
  numRuns: Number(process.env.FUZZ_RUNS ?? 300),
  seed: Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31),
};
export const timeout = 600_000;
