import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readState, type State } from "@lucky/offline/state";
import { describe, expect } from "vitest";
import { functions, PROD, test } from "./testing.ts";

/** What the alias of each function leads to, and what was published of it last. */
const versions = (state: State) =>
  functions.map(({ resource }) => ({
    live: state.resource(`${resource}Live`).inputs.functionVersion,
    newest: state.resource(`${resource}Function`).outputs.version,
  }));

const all = (live: string, newest: string) => functions.map(() => ({ live, newest }));

describe("what is live in prod", () => {
  test("is what the first deploy published", ({ prod: { state } }) => {
    expect(versions(state)).toEqual(all("1", "1"));
  });

  test("stays as it is where the release says so, and moves with a deploy by hand", async ({
    offline: { project },
    prod: _,
  }) => {
    const deploy = async (environment: NodeJS.ProcessEnv) => {
      const { exitCode, output } = await project.sst(["deploy", "--stage", "prod"], environment);
      expect(exitCode, output).toBe(0);
      return readState(project, "prod", environment);
    };
    for (const { name, limits } of functions) giveMemory(project.root, name, limits.memoryMegabytes + 64);

    const held = await deploy({ ...PROD, HOLD_LIVE: "1" });
    expect(versions(held)).toEqual(all("1", "2"));
    const written = JSON.parse(readFileSync(join(project.root, ".sst/outputs.json"), "utf8"));
    const arns = functions.map(({ resource }) => held.resource(`${resource}Function`).outputs.arn);
    expect(written.versions).toEqual(arns.map((arn) => `${arn}:2`)); // for the release to make live
    expect(versions(await deploy(PROD))).toEqual(all("2", "2"));
  });
});

test("a stage that is not prod has no alias, and publishes no versions", ({ anna }) => {
  expect(anna.state.ofType("aws:lambda/alias:Alias")).toEqual([]);
  for (const { resource } of functions)
    expect(anna.state.resource(`${resource}Function`).inputs.publish).toBe(false);
});

function giveMemory(root: string, name: string, memoryMegabytes: number): void {
  const file = join(root, "functions", name, "package.json");
  const description = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...description, lambda: { ...description.lambda, memoryMegabytes } }));
}
