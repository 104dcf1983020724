import { messageOf, type Pipeline } from "../pipeline.ts";
import { persist, read } from "../read.ts";
import { removePreview } from "./preview.ts";
import { listPreviews } from "./stages.ts";

/**
 * Removes the previews whose pull request is closed. GitHub starts no run for one that is closed while it conflicts, so
 * somebody has to look. What fails does not stop the others; at the end it throws an Error that names it.
 */
export async function sweep(pipeline: Pipeline): Promise<void> {
  const failed: string[] = [];
  for (const stage of await listPreviews(pipeline)) {
    try {
      if (await isClosed(pipeline, stage)) await removePreview(pipeline, stage);
      else console.log(`${stage} is of a pull request that is open.`);
    } catch (error) {
      console.log(`${stage}: ${messageOf(error)}`);
      failed.push(stage);
    }
  }
  if (failed.length > 0) throw new Error(`Not removed: ${failed.join(", ")}. See above for each.`);
}

/** Only what GitHub calls closed is. One that it does not know may be somebody's stage. */
async function isClosed({ repository, pause }: Pipeline, stage: string): Promise<boolean> {
  const path = `repos/${repository}/pulls/${stage.replace("pr-", "")}`;
  const isAnswer = ({ message }: Error) => message.includes("HTTP 404");
  const state = await persist(pause, () => read("gh", ["api", path, "--jq", ".state"]), isAnswer);
  return state.trim() === "closed";
}
