import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { readState } from "./state.ts";
import { test, WATCHED } from "./testing.ts";

describe("the alias of a function", () => {
  test("stays where it is, or moves with the deploy", async ({ offline: { project }, prod }) => {
    const file = join(project.root, "functions/read-health/package.json");
    const description = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(
      file,
      JSON.stringify({ ...description, lambda: { ...description.lambda, memoryMegabytes: 2048 } }),
    );
    const deploy = async (environment: NodeJS.ProcessEnv) => {
      const { exitCode, output } = await project.sst(["deploy", "--stage", "prod"], environment);
      expect(exitCode, output).toBe(0);
      return readState(project, "prod", environment);
    };
    const states = [prod.state, await deploy({ ...WATCHED, HOLD_LIVE: "1" }), await deploy(WATCHED)];
    const live = states.map((state) => state.resource("ReadHealthLive").inputs.functionVersion);
    const newest = states.map((state) => state.resource("ReadHealthFunction").outputs.version);
    expect({ live, newest }).toEqual({ live: ["1", "1", "2"], newest: ["1", "2", "2"] });
  });
});
