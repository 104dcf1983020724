import { readIfThere, readParameter } from "../aws.ts";
import type { Pipeline } from "../pipeline.ts";
import { persist, read } from "../read.ts";
import { sst } from "./sst.ts";

/** SST's note that an update of a stage is under way. Without a run, a person's sst has made it. */
type Lock = { readonly created: string; readonly command: string; readonly runID: string };

/**
 * Breaks the lock that a run of the workflow has left which was cancelled or lost its machine. A lock whose maker may still
 * be at work is kept: then it throws an Error that says whose it is.
 */
export async function breakDeadLock(pipeline: Pipeline, folder: string, stage: string): Promise<void> {
  const lock = await findLock(pipeline, stage);
  if (lock === undefined) return;
  const maker = /^github-(\d+)-(\d+)$/.exec(lock.runID);
  if (!maker)
    throw new Error(`${stage} is locked by a person's sst ${lock.command} since ${lock.created}. ${WAIT}`);
  if (lock.runID !== pipeline.run && !(await isOver(pipeline, maker))) {
    throw new Error(
      `${stage} is locked by the run ${maker[1]} of a workflow, which is still under way. ${WAIT}`,
    );
  }
  if (!(await sst(folder, "unlock", stage, pipeline.run))) throw new Error(`${stage} could not be unlocked.`);
}

const WAIT = "Wait for it, or end it and unlock: pnpm sst unlock --stage <stage>. Then run this again.";

/** What SST keeps where `/sst/bootstrap` says: https://github.com/anomalyco/sst, pkg/project/provider */
async function findLock(pipeline: Pipeline, stage: string): Promise<Lock | undefined> {
  const bootstrap = await readParameter(pipeline, "/sst/bootstrap");
  if (bootstrap === undefined) return undefined;
  const { state } = JSON.parse(bootstrap) as { state: string };
  const url = `s3://${state}/lock/${pipeline.app}/${stage}.json`;
  const lock = await readIfThere(pipeline.pause, ["s3", "cp", url, "-"], /\(404\)|NoSuchKey/);
  return lock === undefined ? undefined : (JSON.parse(lock) as Lock); // as SST writes it
}

/** An attempt that GitHub calls completed has no machine at work any more. */
async function isOver({ repository, pause }: Pipeline, [, run, attempt]: RegExpExecArray): Promise<boolean> {
  const path = `repos/${repository}/actions/runs/${run}/attempts/${attempt}`;
  const status = await persist(pause, () => read("gh", ["api", path, "--jq", ".status"]));
  return status.trim() === "completed";
}
