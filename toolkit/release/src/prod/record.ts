import { readParameter } from "../aws.ts";
import { messageOf, type Pipeline } from "../pipeline.ts";
import { persist, read } from "../read.ts";
import { nameOf, type Version } from "./version.ts";

// Which version prod was left with. It stands in the account that it is about, in one parameter: whatever happens to a
// runner or to the repository, it is there, and a deploy's own rights reach it.
const nameIn = ({ app }: Pipeline) => `/${app}/prod/deployed`;

/** The version that was released last and held; undefined where there is none yet. */
export async function readRecord(pipeline: Pipeline): Promise<Version | undefined> {
  const value = await readParameter(pipeline, nameIn(pipeline));
  return value === undefined ? undefined : (JSON.parse(value) as Version); // what is written below
}

/** Notes a version that holds. Throws an Error where that cannot be done: the next failure would go back too far. */
export async function writeRecord(pipeline: Pipeline, version: Version): Promise<void> {
  const words = [
    "--name",
    nameIn(pipeline),
    "--type",
    "String",
    "--overwrite",
    "--value",
    JSON.stringify(version),
  ];
  await persist(pipeline.pause, () => read("aws", ["ssm", "put-parameter", ...words])).catch((error) => {
    const reason = messageOf(error);
    throw new Error(
      `Prod serves ${nameOf(version)}, but ${nameIn(pipeline)} could not say so: ${reason} Release it again.`,
    );
  });
}
