import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { endOf, run, untilPrinted } from "@lucky/command/child-process";
import { describe, expect, test } from "vitest";
import { servesOf } from "./testing/functions.ts";
import { CASES, RECORD } from "./testing/release-cases.ts";
import { createWorld } from "./testing/world.ts";

// The real command and the real git; aws, gh and pnpm with its sst are stand-ins.

const RELEASE = fileURLToPath(new URL("release.ts", import.meta.url));
describe("a release", () => {
  test.each(CASES)(
    "$situation: exit code $exitCode, prod serves $serves",
    async ({ given, says, ...expected }) => {
      const setting = createWorld();
      setting.change(typeof given === "function" ? given(setting) : (given ?? {}));
      const { repository: cwd, environment } = setting;
      const { situation, tag = "v1.2.0", steps, ...left } = expected;
      const { stdout, stderr, exitCode } = await run(process.execPath, [RELEASE, tag], {
        cwd,
        env: { ...environment, LIVE_STEPS: steps },
      });
      const world = setting.read();
      const { parameters } = world;
      const serves = servesOf(world.functions);
      const deploys = setting.calls().filter((call) => call.startsWith("pnpm exec sst deploy")).length;
      expect(stdout + stderr, situation).toContain(says);
      expect({ exitCode, serves, deploys, held: JSON.parse(parameters[RECORD] ?? "{}").tag }).toEqual(left);
    },
  );

  test("that is cancelled lets sst end by itself, which leaves no lock", async () => {
    const setting = createWorld();
    setting.change({ outcomes: { "deploy v1.2.0": ["hang"] } });
    const child = spawn(process.execPath, [RELEASE, "v1.2.0"], {
      cwd: setting.repository,
      env: setting.environment,
    });
    const ended = endOf(child);
    await untilPrinted(child, ["deploying"]);
    child.kill("SIGINT");
    expect((await ended).exitCode).toBe(1);
    const world = setting.read();
    expect({ locks: world.locks, serves: servesOf(world.functions) }).toEqual({
      locks: {},
      serves: "v1.1.0",
    });
  });

  test.each([
    ["v1.2.0", 0],
    ["v9.0.0", 1],
    ["main", 2],
  ])("is only checked with --check, and asks AWS nothing: %s", async (tag, expected) => {
    const setting = createWorld();
    const { repository: cwd, environment: env } = setting;
    const { exitCode } = await run(process.execPath, [RELEASE, tag, "--check"], { cwd, env });
    expect(exitCode).toBe(expected);
    expect(setting.calls().filter((call) => !call.startsWith("gh api"))).toEqual([]);
  });

  test("is for a workflow alone", async () => {
    const { repository: cwd, environment } = createWorld();
    const env = { ...environment, GITHUB_RUN_ID: "" };
    const { stderr, exitCode } = await run(process.execPath, [RELEASE, "v1.2.0"], { cwd, env });
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining("GITHUB_RUN_ID is not set: only a workflow"),
    ]);
  });
});
