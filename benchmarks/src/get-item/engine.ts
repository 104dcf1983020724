import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { endWithThisProcess, makeTemporaryFolder } from "../cleanup.ts";
import type { Growth } from "../growth/growth.ts";
import { type Effort, inRounds } from "../run.ts";
import { spreadOf } from "../statistics.ts";

/** Milliseconds, by what was done. */
export type EngineTimes = Readonly<Record<string, number>>;

const WORKER = fileURLToPath(new URL("engine-worker.ts", import.meta.url));
const IN_MEMORY = "in memory";
const IN_FOLDER = "in a folder";

/** What the DynamoDB on this machine takes, in a fresh process each round. */
export async function measureEngine(effort: Effort): Promise<Growth> {
  const root = makeTemporaryFolder();
  let count = 0;
  const cells = [{ name: IN_MEMORY }, { name: IN_FOLDER }];
  const rounds = await inRounds(cells, effort, ({ name }) =>
    measureOnce(name === IN_FOLDER ? [join(root, `engine-${++count}`)] : []),
  );
  const names = Object.keys(rounds.get(IN_MEMORY)?.[0] ?? {});
  return {
    title: "DynamoDB on this machine",
    of: "its tables",
    about:
      "In a fresh process: from its import until it listens, then calls of our client one after the other, over plain HTTP; the middle of 200. DynamoDB itself answers in single-digit milliseconds.",
    columns: cells.map(({ name }) => name),
    rows: names.map((name) => ({
      name,
      unit: "ms",
      cells: cells.map((cell) =>
        spreadOf((rounds.get(cell.name) ?? []).map((times) => times[name] ?? Number.NaN)),
      ),
    })),
  };
}

async function measureOnce(folder: readonly string[]): Promise<EngineTimes> {
  const child = fork(WORKER, [...folder], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  endWithThisProcess(child);
  const ended = once(child, "exit");
  const answer = await Promise.race([once(child, "message"), ended.then(() => undefined)]);
  if (answer === undefined) throw new Error("DynamoDB on this machine ended while it was measured");
  await ended;
  return answer[0] as EngineTimes; // what the worker sends
}
