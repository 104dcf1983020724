import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { endWithThisProcess } from "./cleanup.ts";
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

/** A handler and an event, and the name under which the figures come back. */
export type WarmCell = Pick<WarmTask, "file" | "event"> & { readonly name: string };

export type WarmEffort = Effort & Pick<WarmTask, "warmUpMs" | "countedMs">;

const WORKER = fileURLToPath(new URL("warm-worker.ts", import.meta.url));

/** Microseconds of one invocation in process, with no runtime client around it; each in a fresh process every round. */
export async function measureWarm(cells: readonly WarmCell[], effort: WarmEffort): Promise<Rounds<number>> {
  const { warmUpMs, countedMs } = effort;
  return inRounds(cells, effort, ({ file, event }) => runWarm({ file, event, warmUpMs, countedMs }));
}

async function runWarm(task: WarmTask): Promise<number> {
  const child = fork(WORKER, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  endWithThisProcess(child);
  child.send(task);
  const ended = once(child, "exit");
  const answer = await Promise.race([once(child, "message"), ended.then(() => undefined)]);
  if (answer === undefined) throw new Error(`${task.file} ended while it was measured`);
  child.disconnect();
  await ended;
  return Number(answer[0]);
}
