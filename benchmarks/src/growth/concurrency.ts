import { execute } from "../execution.ts";
import { findProgram, type Program } from "../programs.ts";
import { type Effort, inRounds } from "../run.ts";
import { spreadOf } from "../statistics.ts";
import { EMPTY, OURS } from "../subjects.ts";
import type { Growth } from "./growth.ts";

const ENVIRONMENTS = [1, 5, 10, 20];
const NAMES = [EMPTY, OURS, "Hono 4.13, zod (cjs)"];

export type ConcurrencyEffort = Effort & {
  /** For how long all of them are kept busy. */
  readonly throughputMs: number;
};

type Concurrent = {
  /** From the start of all of them until the last has answered. */
  readonly allAnsweredMs: number;
  /** Invocations per second after that, of all together. */
  readonly perSecond: number;
};

/** What so many environments take that start at once, and what they get done together. */
export async function growWithConcurrency(
  programs: readonly Program[],
  event: string,
  effort: ConcurrencyEffort,
): Promise<Growth> {
  const cells = NAMES.flatMap((name) =>
    ENVIRONMENTS.map((environments) => ({
      name: `${name} ${environments}`,
      program: findProgram(programs, name),
      environments,
    })),
  );
  const figures = await inRounds(cells, effort, ({ program, environments }) =>
    measureAtOnce(program, environments, event, effort.throughputMs),
  );
  const rows = (field: keyof Concurrent, unit: string) =>
    NAMES.map((name) => ({
      name,
      unit,
      cells: ENVIRONMENTS.map((environments) =>
        spreadOf((figures.get(`${name} ${environments}`) ?? []).map((each) => each[field])),
      ),
    }));
  return {
    title: "By concurrent environments",
    of: "environments",
    about:
      "Started at once: until the last has answered (ms), then invocations a second of all together. They share this machine's cores with the one process that plays the Runtime API; on Lambda each has its own.",
    columns: ENVIRONMENTS.map(String),
    rows: [...rows("allAnsweredMs", "ms"), ...rows("perSecond", "per s")],
  };
}

async function measureAtOnce(
  { command, taskRoot }: Program,
  environments: number,
  event: string,
  throughputMs: number,
): Promise<Concurrent> {
  const started = performance.now();
  const executions = await Promise.all(
    Array.from({ length: environments }, () => execute(command, taskRoot)),
  );
  try {
    await Promise.all(executions.map((execution) => execution.invoke(event)));
    const answered = performance.now();
    const end = answered + throughputMs;
    let count = 0;
    await Promise.all(
      executions.map(async (execution) => {
        while (performance.now() < end) {
          await execution.invoke(event);
          count++;
        }
      }),
    );
    const seconds = (performance.now() - answered) / 1000;
    return { allAnsweredMs: answered - started, perSecond: count / seconds };
  } finally {
    await Promise.all(executions.map((execution) => execution.stop()));
  }
}
