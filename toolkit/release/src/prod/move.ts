import { messageOf, type Pipeline } from "../pipeline.ts";
import { watch } from "./alarms.ts";
import type { Candidate } from "./candidate.ts";
import { passesSmokeTest } from "./checkout.ts";
import { moveLive, NotMovedError, readDeployed, readLive, type Versions } from "./live.ts";
import { nameOf } from "./version.ts";

/** Of each function what is live before and after; only what differs is `before`, as there is nothing else to go back to. */
export type Move = { readonly before: Versions; readonly after: Versions };

/** What is to be moved now that a version is deployed. Throws an Error where AWS cannot say what is live. */
export async function planMove(pipeline: Pipeline, { version, folder }: Candidate): Promise<Move> {
  try {
    const after = readDeployed(folder);
    const live = await readLive(pipeline, after.keys());
    return { before: new Map([...live].filter(([name, each]) => after.get(name) !== each)), after };
  } catch (error) {
    throw new Error(
      `${nameOf(version)} was deployed, and not made live: ${messageOf(error)} Prod serves what it did. Release it again.`,
    );
  }
}

/** Makes a version live, in its steps, and says what fails on the way; undefined where nothing does. */
export async function goForward(
  pipeline: Pipeline,
  { version, steps, ringing }: Candidate,
  { before, after }: Move,
): Promise<string | undefined> {
  try {
    for (const percent of before.size > 0 ? steps : []) {
      await moveLive(pipeline, before, after, percent);
      console.log(`${percent} % of the requests get ${nameOf(version)}.`);
      const raised = await watch(pipeline, ringing);
      if (raised.length > 0) return `at ${percent} % of the requests it raised ${raised.join(", ")}`;
    }
    await moveLive(pipeline, after);
    return undefined;
  } catch (error) {
    return `it could not be made live: ${messageOf(error)}`;
  }
}

/** Makes live again what was before, and says what prod serves then. */
export async function goBack(
  pipeline: Pipeline,
  { version, folder, previous }: Candidate,
  { before, after }: Move,
): Promise<string> {
  if (before.size === 0) return NOTHING_BEFORE;
  try {
    await moveLive(pipeline, before);
  } catch (error) {
    const commands = error instanceof NotMovedError ? error.commands : [];
    const byHand = ["By hand:", ...commands].join("\n");
    return `THE ROLL-BACK FAILED TOO, and prod may serve parts of both: ${messageOf(error)}\n${byHand}`;
  }
  const smoke = (await passesSmokeTest(folder))
    ? ""
    : `, but the smoke test of ${version.tag} fails on it too: if it is not for what is new, look at what both depend on`;
  const held = previous ? `the last that held is ${nameOf(previous)}` : "no release has held yet";
  const kept = [...after.keys()].filter((name) => !before.has(name));
  const same =
    kept.length > 0
      ? ` ${kept.join(", ")} had nothing to go back to, and what ${version.tag} has is live of it.`
      : "";
  return `Prod is back on what it served before (${held})${smoke}.${same} ${stays(version.tag)}`;
}

const NOTHING_BEFORE =
  "Nothing else was live before, so there is nothing to go back to: prod serves it. Release a tag that fixes it, or the one before.";

const stays = (tag: string) =>
  `Roles, routes, alarms and the page are those of ${tag}: the next release, of a fix or of the tag before, sets them right.`;
