import { UsageError } from "@lucky/command/usage-error";
import { messageOf, type Pipeline } from "../pipeline.ts";
import { breakDeadLock } from "../stage/lock.ts";
import { sst } from "../stage/sst.ts";
import { findRaised, findRinging, watch } from "./alarms.ts";
import type { Candidate } from "./candidate.ts";
import { checkOut, passesSmokeTest } from "./checkout.ts";
import { waitForCi } from "./ci.ts";
import { goBack, goForward, planMove } from "./move.ts";
import { readRecord, writeRecord } from "./record.ts";
import { readSteps } from "./steps.ts";
import { findVersion } from "./tag.ts";
import { nameOf, type Version } from "./version.ts";

/**
 * Deploys a tag to prod, makes it live and watches it; on a failure what was live before is again. `steps` as readSteps takes
 * them. Throws an Error that says what failed and what prod serves then.
 */
export async function releaseTag(pipeline: Pipeline, tag: string, steps?: string): Promise<void> {
  const candidate = await prepare(pipeline, tag, steps).catch((error) => {
    throw error instanceof UsageError ? error : new Error(`Nothing was deployed. ${messageOf(error)}`);
  });
  const { version } = candidate;
  await deploy(pipeline, candidate);
  const move = await planMove(pipeline, candidate);
  const failure = (await goForward(pipeline, candidate, move)) ?? (await judge(pipeline, candidate));
  if (failure === undefined) {
    console.log(`Prod serves ${nameOf(version)}.`);
    return writeRecord(pipeline, version);
  }
  const failed = `${nameOf(version)} failed: ${failure}.`;
  console.log(failed);
  throw new Error(`${failed} ${await goBack(pipeline, candidate, move)}`);
}

/** The version of a tag that may be released. Throws an Error where there is none, or CI has not passed it. */
export async function checkTag(pipeline: Pipeline, tag: string): Promise<Version> {
  const version = await findVersion(tag);
  await waitForCi(pipeline, version);
  return version;
}

/** All that can be refused or fail before prod is touched. The alarms are read last: it is from then on that they count. */
async function prepare(pipeline: Pipeline, tag: string, percents: string | undefined): Promise<Candidate> {
  const steps = readSteps(percents);
  const version = await checkTag(pipeline, tag);
  const previous = await readRecord(pipeline);
  refuseMovedTag(version, previous);
  const folder = await checkOut(version);
  await breakDeadLock(pipeline, folder, "prod");
  return { version, previous, folder, steps, ringing: await findRinging(pipeline) };
}

/** A roll-back to a tag means what was tested and deployed under its name. */
function refuseMovedTag(version: Version, previous: Version | undefined): void {
  if (previous?.tag !== version.tag || previous.commit === version.commit) return;
  const was = previous.commit.slice(0, 7);
  throw new Error(`${nameOf(version)} was released as ${was}, and has been moved since: make a new tag.`);
}

/** Deploys a version and leaves live what is. Throws an Error where that fails. */
async function deploy(pipeline: Pipeline, { version, folder }: Candidate): Promise<void> {
  if (await sst(folder, "deploy", "prod", pipeline.run, { HOLD_LIVE: "1" })) return; // for infra/settings.ts
  await breakDeadLock(pipeline, folder, "prod"); // throws where it failed as somebody else is at work
  throw new Error(`${nameOf(version)} could not be deployed. ${HALF_DEPLOYED}`);
}

const HALF_DEPLOYED =
  "Each alias that was there leads where it did. What else a deploy changes, such as roles, routes, alarms and the page, may be new: release a fix, or the tag before.";

/** What fails of a version that is live now; undefined where nothing does. */
async function judge(
  pipeline: Pipeline,
  { version, folder, ringing }: Candidate,
): Promise<string | undefined> {
  const passes = await passesSmokeTest(folder);
  const looks = passes ? watch(pipeline, ringing) : findRaised(pipeline, ringing);
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
