import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { messageOf } from "../pipeline.ts";
import { read } from "../read.ts";
import { runPnpm } from "../stage/sst.ts";
import { nameOf, type Version } from "./version.ts";

/**
 * A folder with a version and its packages, apart from the pipeline's own code: whatever is deployed, what deploys it is
 * main's. Throws an Error where there is none to be had.
 */
export async function checkOut(version: Version): Promise<string> {
  const folder = join(mkdtempSync(join(tmpdir(), "release-")), version.tag);
  await read("git", ["worktree", "add", "--detach", folder, version.commit]);
  if (await runPnpm(folder, ["install", "--frozen-lockfile"])) return folder;
  throw new Error(`The packages of ${nameOf(version)} could not be installed.`);
}

/** Whether what was deployed from a checkout answers as it should. */
export async function passesSmokeTest(folder: string): Promise<boolean> {
  const url = readUrl(join(folder, ".sst/outputs.json"));
  return url !== undefined && (await runPnpm(folder, ["test:e2e"], { API_URL: url }));
}

function readUrl(outputs: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(outputs, "utf8")) as { url?: string }).url; // of infra/outputs.ts
  } catch (error) {
    console.log(`The API's address is not known: ${messageOf(error)}`);
    return undefined;
  }
}
