import { stripVTControlCharacters } from "node:util";
import { pnpm } from "@lucky/command/pnpm";
import type { Pipeline } from "../pipeline.ts";
import { persist, read } from "../read.ts";

/** The previews that stand, such as `pr-12`: whatever else SST lists is left out. SST looks at the first 1,000 states. */
export async function listPreviews(pipeline: Pipeline): Promise<readonly string[]> {
  const { file, words } = pnpm(["exec", "sst", "state", "list", "--stage", NONE]);
  const list = await persist(pipeline.pause, () => read(file, words));
  return stripVTControlCharacters(list)
    .split("\n")
    .map((line) => line.replace(/^Stages:/, "").trim())
    .filter((name) => /^pr-[1-9]\d*$/.test(name));
}

/** SST wants a stage to be named, and marks it in the list where it is there. */
const NONE = "pr-0";
