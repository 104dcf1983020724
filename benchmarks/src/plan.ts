/** How much a run measures: `full` takes about ten minutes on two cores, `quick` about one. */
export type Plan = {
  readonly cold: { readonly rounds: number };
  readonly warm: { readonly rounds: number; readonly warmUpMs: number; readonly countedMs: number };
  readonly trip: { readonly rounds: number; readonly warmUp: number; readonly counted: number };
  readonly table: {
    readonly cold: { readonly rounds: number };
    readonly trip: { readonly rounds: number; readonly warmUp: number; readonly counted: number };
    readonly engine: { readonly rounds: number };
  };
  readonly growth: {
    readonly warm: { readonly rounds: number; readonly warmUpMs: number; readonly countedMs: number };
    readonly coldRounds: number;
    readonly concurrent: { readonly rounds: number; readonly throughputMs: number };
  };
};

export const full: Plan = {
  cold: { rounds: 70 },
  warm: { rounds: 15, warmUpMs: 250, countedMs: 250 },
  // Handlers get faster for some thousand invocations, as V8 compiles what is called often.
  trip: { rounds: 12, warmUp: 2000, counted: 500 },
  table: {
    cold: { rounds: 40 },
    trip: { rounds: 6, warmUp: 1000, counted: 500 },
    engine: { rounds: 10 },
  },
  growth: {
    warm: { rounds: 5, warmUpMs: 150, countedMs: 150 },
    coldRounds: 15,
    concurrent: { rounds: 5, throughputMs: 500 },
  },
};

export const quick: Plan = {
  cold: { rounds: 7 },
  warm: { rounds: 2, warmUpMs: 100, countedMs: 60 },
  trip: { rounds: 2, warmUp: 200, counted: 150 },
  table: {
    cold: { rounds: 7 },
    trip: { rounds: 2, warmUp: 100, counted: 100 },
    engine: { rounds: 3 },
  },
  growth: {
    warm: { rounds: 1, warmUpMs: 40, countedMs: 40 },
    coldRounds: 1,
    concurrent: { rounds: 1, throughputMs: 150 },
  },
};
