import { UsageError } from "@lucky/command/usage-error";
import type { Pipeline } from "../pipeline.ts";
import { breakDeadLock } from "../stage/lock.ts";
import { sst } from "../stage/sst.ts";
import { listPreviews } from "./stages.ts";

/** A pull request's stage, such as `pr-12`. Nothing here touches any other. */
export function stageOf(number: string): string {
  if (/^[1-9]\d{0,9}$/.test(number)) return `pr-${number}`;
  throw new UsageError(`"${number}" is not a pull request's number.`);
}

export const deployPreview = (pipeline: Pipeline, stage: string) => insist(pipeline, "deploy", stage);

/** Removes a preview that is there: sst fails for a pull request that was never deployed. */
export const removePreview = (pipeline: Pipeline, stage: string) => insist(pipeline, "remove", stage);

/** Removes a preview, where there is one. */
export async function removePreviewIfThere(pipeline: Pipeline, stage: string): Promise<void> {
  if ((await listPreviews(pipeline)).includes(stage)) return removePreview(pipeline, stage);
  console.log(`There is nothing of ${stage}.`);
}

/**
 * Runs sst on a preview from this checkout. A lock that a dead run has left is broken, and what fails is tried once more: a
 * removal often waits for what AWS deletes in its own time. Throws an Error that says what to do.
 */
async function insist(pipeline: Pipeline, command: "deploy" | "remove", stage: string): Promise<void> {
  for (const _ of ["first", "again"]) {
    await breakDeadLock(pipeline, ".", stage);
    if (await sst(".", command, stage, pipeline.run)) return;
  }
  throw new Error(`${stage} failed twice. Run this again, or by hand: pnpm sst ${command} --stage ${stage}`);
}
