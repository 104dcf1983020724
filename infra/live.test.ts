import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Deployed } from "@lucky/offline/offline";
import { readState } from "@lucky/offline/state";
import { describe, expect } from "vitest";
import { functions, PROD, test } from "./testing.ts";

const aliases = ({ state }: Pick<Deployed, "state">) =>
  functions.map(({ resource }) => ({
    ...state.resource(`${resource}Live`),
    lambda: state.resource(`${resource}Function`).outputs,
  }));

describe("what is live in prod", () => {
  test("is what a deploy by hand has published", ({ prod }) => {
    for (const { inputs, lambda, ignoreChanges = [] } of aliases(prod)) {
      expect(inputs).toMatchObject({
        name: "live",
        functionName: lambda.name,
        functionVersion: lambda.version,
      });
      expect(ignoreChanges).toEqual([]);
    }
  });

  test("stays as it is where the release says so, which finds what was published written down", async ({
    offline,
    prod: _,
  }) => {
    const held = { ...PROD, HOLD_LIVE: "1" };
    const { exitCode, output } = await offline.project.sst(["deploy", "--stage", "prod"], held);
    expect(exitCode, output).toBe(0);
    const file = join(offline.project.root, ".sst/outputs.json");
    const { versions } = JSON.parse(readFileSync(file, "utf8")) as { versions: string[] }; // of infra/outputs.ts
    const now = aliases({ state: await readState(offline.project, "prod", held) });
    for (const { ignoreChanges } of now) expect(ignoreChanges).toEqual(["functionVersion", "routingConfig"]);
    expect(versions).toEqual(now.map(({ lambda }) => `${lambda.arn}:${lambda.version}`));
  });
});

test("a stage that is not prod has no alias, and publishes no versions", ({ anna }) => {
  expect(anna.state.ofType("aws:lambda/alias:Alias")).toEqual([]);
  for (const { resource } of functions)
    expect(anna.state.resource(`${resource}Function`).inputs.publish).toBe(false);
});
