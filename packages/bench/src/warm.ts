import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Program } from "./programs.ts";
import { type Effort, inRounds, type Rounds } from "./run.ts";

/** What the process of a warm measurement is told; its answer is a number of microseconds. */
export type WarmTask = {
  /** The bundle. */
  readonly file: string;
  /** As JSON. */
  readonly event: string;
  /** How long it runs before it counts, and how long while it does. */
  readonly warmUpMs: number;
  readonly countedMs: number;
};

const WORKER = fileURLToPath(new URL("warm-worker.ts", import.meta.url));

/** Microseconds of one invocation in process, with no runtime client around it; each in a fresh process every round. */
export async function measureWarm(
  programs: readonly Program[],
  event: string,
  effort: Effort,
): Promise<Rounds<number>> {
  const withBundle = programs.filter(({ bundle }) => bundle !== undefined);
  return inRounds(withBundle, effort, async ({ bundle }) =>
    runWarm({ file: bundle?.file ?? "", event, warmUpMs: 250, countedMs: 250 }),
  );
}

/** Runs a handler in a process of its own, and gives microseconds per invocation. */
export async function runWarm(task: WarmTask): Promise<number> {
  const child = fork(WORKER, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  child.send(task);
  const [microseconds] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => {
      throw new Error(`${task.file} ended while it was measured`);
    }),
  ]);
  child.disconnect();
  return Number(microseconds);
}
