import { UsageError } from "@lucky/command/usage-error";
import { messageOf, type Pipeline } from "../pipeline.ts";
import { breakDeadLock } from "../stage/lock.ts";
import { sst } from "../stage/sst.ts";
import { findRaised, findRinging, type Ringing, watch } from "./alarms.ts";
import { checkOut, passesSmokeTest } from "./checkout.ts";
import { waitForCi } from "./ci.ts";
import { readRecord, writeRecord } from "./record.ts";
import { findVersion } from "./tag.ts";
import { nameOf, type Version } from "./version.ts";

/**
 * Deploys a tag to prod and watches it. What fails is rolled back to the version that was released last and held. Throws an
 * Error that says what failed and what prod serves then.
 */
export async function releaseTag(pipeline: Pipeline, tag: string): Promise<void> {
  const { version, previous, folder, ringing } = await prepare(pipeline, tag).catch((error) => {
    throw error instanceof UsageError ? error : new Error(`Nothing was deployed. ${messageOf(error)}`);
  });
  const failure = await tryVersion(pipeline, version, folder, ringing);
  if (failure === undefined) {
    console.log(`Prod serves ${nameOf(version)}.`);
    return writeRecord(pipeline, version);
  }
  const failed = `${nameOf(version)} failed: ${failure}.`;
  console.log(failed);
  if (previous === undefined) throw new Error(`${failed} ${NONE_BEFORE}`);
  if (previous.commit === version.commit) throw new Error(`${failed} ${SAME_BEFORE}`);
  throw new Error(`${failed} ${await goBack(pipeline, previous)}`);
}

/** The version of a tag that may be released. Throws an Error where there is none, or CI has not passed it. */
export async function checkTag(pipeline: Pipeline, tag: string): Promise<Version> {
  const version = await findVersion(tag);
  await waitForCi(pipeline, version);
  return version;
}

/** All that can be refused or fail before prod is touched. The alarms are read last: it is from then on that they count. */
async function prepare(pipeline: Pipeline, tag: string) {
  const version = await checkTag(pipeline, tag);
  const previous = await readRecord(pipeline);
  refuseMovedTag(version, previous);
  const folder = await checkOut(version);
  await breakDeadLock(pipeline, folder, "prod");
  return { version, previous, folder, ringing: await findRinging(pipeline) };
}

const NONE_BEFORE =
  "No version was released before, so there is nothing to go back to: prod serves what came of it. Release a tag that fixes it.";
const SAME_BEFORE =
  "Prod was on it already, so there is nothing to go back to: prod serves it. Release another tag, or this one again.";

/** A roll-back to a tag means what was tested and deployed under its name. */
function refuseMovedTag(version: Version, previous: Version | undefined): void {
  if (previous?.tag !== version.tag || previous.commit === version.commit) return;
  const was = previous.commit.slice(0, 7);
  throw new Error(`${nameOf(version)} was released as ${was}, and has been moved since: make a new tag.`);
}

/** What fails of a version that is deployed now; undefined where nothing does. */
async function tryVersion(
  pipeline: Pipeline,
  version: Version,
  folder: string,
  before: Ringing,
): Promise<string | undefined> {
  if (!(await sst(folder, "deploy", "prod", pipeline.run))) {
    await breakDeadLock(pipeline, folder, "prod"); // throws where it failed as somebody else is at work
    return "it could not be deployed";
  }
  const passes = await passesSmokeTest(folder);
  const looks = passes ? watch(pipeline, before) : findRaised(pipeline, before);
  const raised = await looks.catch((error) => {
    if (!passes) return [];
    throw new Error(`${nameOf(version)} could not be watched: ${messageOf(error)} ${UNWATCHED}`);
  });
  const faults = [
    ...(passes ? [] : ["its smoke test failed"]),
    ...(raised.length > 0 ? [`it raised ${raised.join(", ")}`] : []),
  ];
  return faults.length > 0 ? faults.join(", and ") : undefined;
}

const UNWATCHED = "Prod serves it, and its smoke test passed. Look at the alarms, then release it again.";

/** Deploys the version before again, and says what prod serves then. */
async function goBack(pipeline: Pipeline, previous: Version): Promise<string> {
  try {
    const folder = await checkOut(previous);
    await breakDeadLock(pipeline, folder, "prod");
    if (!(await sst(folder, "deploy", "prod", pipeline.run))) throw new Error("sst deploy failed.");
    const smoke = (await passesSmokeTest(folder))
      ? ""
      : ", but its smoke test fails too: look at what both depend on";
    return `Prod is back on ${nameOf(previous)}${smoke}.`;
  } catch (error) {
    return (
      `THE ROLL-BACK FAILED TOO, and prod may serve parts of both: ${messageOf(error)} ` +
      `By hand: git checkout ${previous.commit} && pnpm install && pnpm sst unlock --stage prod && pnpm sst deploy --stage prod`
    );
  }
}
