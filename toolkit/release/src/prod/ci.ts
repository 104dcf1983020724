import { setTimeout as sleep } from "node:timers/promises";
import type { Pipeline } from "../pipeline.ts";
import { persist, read } from "../read.ts";
import { nameOf, type Version } from "./version.ts";

type Run = { readonly status: string; readonly conclusion: string | null };

/** How many looks at a run that is under way (an hour), and until there is one at all: a tag is pushed with its commit. */
const LOOKS = 120;
const LOOKS_FOR_NONE = 6;

/** Waits until CI has passed a version's commit on main. Throws an Error where it has not. */
export async function waitForCi(pipeline: Pipeline, version: Version): Promise<void> {
  for (let look = 1; ; look++) {
    const runs = await findRuns(pipeline, version);
    if (runs.some(({ conclusion }) => conclusion === "success")) return;
    const isUnderWay = runs.some(({ status }) => status !== "completed");
    if (look >= LOOKS || (!isUnderWay && (runs.length > 0 || look >= LOOKS_FOR_NONE))) {
      throw new Error(
        `CI has not passed ${nameOf(version)} on main: see its runs of the workflow ci, and run one again.`,
      );
    }
    await sleep(pipeline.pause);
  }
}

/** Of main alone: the same commit may have passed on a branch with another workflow. */
async function findRuns({ repository, pause }: Pipeline, { commit }: Version): Promise<readonly Run[]> {
  const path = `repos/${repository}/actions/workflows/ci.yml/runs?branch=main&event=push&head_sha=${commit}`;
  const found = await persist(pause, () => read("gh", ["api", path]));
  return (JSON.parse(found) as { workflow_runs: readonly Run[] }).workflow_runs; // as GitHub documents it
}
