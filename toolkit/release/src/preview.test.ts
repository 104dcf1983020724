import { fileURLToPath } from "node:url";
import { run } from "@lucky/command/child-process";
import { describe, expect, test } from "vitest";
import { createWorld, type World } from "./testing/world.ts";

// The real command; aws, gh and pnpm with its sst are stand-ins.

const PREVIEW = fileURLToPath(new URL("preview.ts", import.meta.url));

async function preview(words: readonly string[], given: Partial<World>) {
  const setting = createWorld();
  setting.change(given);
  const { repository: cwd, environment: env } = setting;
  const { stdout, stderr, exitCode } = await run(process.execPath, [PREVIEW, ...words], { cwd, env });
  const { removed, locks } = setting.read();
  return { output: stdout + stderr, exitCode, removed, locks, calls: setting.calls() };
}

const lock = (runID: string) => ({ created: "2026-01-01", command: "deploy", runID });
/** As SST prints it. */
const list = (...stages: readonly string[]) =>
  `App:        shop\nProvider:   AWS\nStages:     ${stages.join("\n            ")}\n`;

describe("the sweep", () => {
  const sweep = (given: Partial<World>) => preview(["sweep"], given);

  test("removes the previews of which GitHub says that their pull request is closed, and no other", async () => {
    const { exitCode, removed } = await sweep({
      stageList: list("pr-1", "pr-2", "pr-3", "pr-30"),
      pulls: { "1": "closed", "2": "open", "3": "", "30": "closed" },
    });
    expect({ exitCode, removed }).toEqual({ exitCode: 0, removed: ["pr-1", "pr-30"] });
  });

  test("never touches, nor asks about, what is no preview", async () => {
    const others = [
      "prod",
      "anna",
      "pr-1x",
      "xpr-1",
      "pr-01",
      "pr-",
      "pr-1-2",
      "PR-1",
      "pr-0 (not deployed)",
    ];
    const { exitCode, removed, calls } = await sweep({
      stageList: list(...others),
      pulls: { "1": "closed" },
    });
    expect({ exitCode, removed }).toEqual({ exitCode: 0, removed: [] });
    expect(calls).toEqual(["pnpm exec sst state list --stage pr-0"]);
  });

  test("reads a list in colours", async () => {
    const stageList = `\u001b[1mStages:     \u001b[0m\u001b[90mpr-1\u001b[0m\n            \u001b[90mpr-2\u001b[0m\n`;
    const { removed } = await sweep({ stageList, pulls: { "1": "closed", "2": "closed" } });
    expect(removed).toEqual(["pr-1", "pr-2"]);
  });

  test("goes on where one cannot be removed, and fails at the end with its name", async () => {
    const { exitCode, removed, output } = await sweep({
      stageList: list("pr-1", "pr-2"),
      pulls: { "1": "closed", "2": "closed" },
      outcomes: { "remove pr-1": ["fails", "fails"] },
    });
    expect({ exitCode, removed }).toEqual({ exitCode: 1, removed: ["pr-2"] });
    expect(output).toContain("::error::Not removed: pr-1. See above");
  });

  test("leaves one of which GitHub knows no pull request, and says so", async () => {
    const { exitCode, removed, output } = await sweep({
      stageList: list("pr-1", "pr-2"),
      pulls: { "2": "closed" },
    });
    expect({ exitCode, removed }).toEqual({ exitCode: 1, removed: ["pr-2"] });
    expect(output).toContain("pr-1: gh: Not Found");
  });

  test.each([
    ["GitHub", "gh"],
    ["the list", "pnpm exec sst state"],
  ])("removes nothing where %s cannot be reached", async (_, call) => {
    const outages = [{ call, times: 99 }];
    const { exitCode, removed } = await sweep({ stageList: list("pr-1"), pulls: { "1": "closed" }, outages });
    expect({ exitCode, removed }).toEqual({ exitCode: 1, removed: [] });
  });

  test("breaks a lock that a dead run has left, and leaves one of a run that is under way", async () => {
    const { exitCode, removed, locks } = await sweep({
      stageList: list("pr-1", "pr-2"),
      pulls: { "1": "closed", "2": "closed" },
      locks: { "pr-1": lock("github-18-1"), "pr-2": lock("github-19-1") },
      runs: { "18": "completed", "19": "in_progress" },
    });
    expect({ exitCode, removed, locked: Object.keys(locks) }).toEqual({
      exitCode: 1,
      removed: ["pr-1"],
      locked: ["pr-2"],
    });
  });
});

describe("a preview", () => {
  test.each(["deploy", "remove"])("is tried once more where its %s fails", async (command) => {
    const { exitCode, calls } = await preview([command, "1"], {
      stageList: list("pr-1"),
      outcomes: { [`${command} pr-1`]: ["fails"] },
    });
    expect(exitCode).toBe(0);
    expect(calls.filter((call) => call.startsWith(`pnpm exec sst ${command} --stage pr-1`))).toHaveLength(2);
  });

  test("is unlocked before it is tried once more", async () => {
    const { exitCode, locks } = await preview(["deploy", "1"], { outcomes: { "deploy pr-1": ["crash"] } });
    expect({ exitCode, locks }).toEqual({ exitCode: 0, locks: {} });
  });

  test("is left as it is where a person's sst has it", async () => {
    const { exitCode, removed, output } = await preview(["remove", "1"], {
      stageList: list("pr-1"),
      locks: { "pr-1": lock("") },
    });
    expect({ exitCode, removed }).toEqual({ exitCode: 1, removed: [] });
    expect(output).toContain("pr-1 is locked by a person's sst deploy since 2026-01-01");
  });

  test("that was never deployed has nothing to be removed", async () => {
    const { exitCode, output, removed } = await preview(["remove", "1"], { stageList: list("pr-10") });
    expect({ exitCode, removed }).toEqual({ exitCode: 0, removed: [] });
    expect(output).toContain("There is nothing of pr-1.");
  });

  test.each([["prod"], ["0"], ["01"], ["-1"], ["1 --stage prod"], ["1;id"], [""]])(
    "is of a pull request's number, which %j is not",
    async (number) => {
      const { exitCode, calls } = await preview(["remove", "--", number], {});
      expect({ exitCode, calls }).toEqual({ exitCode: 2, calls: [] });
    },
  );

  test.each([[[]], [["sweep", "1"]], [["remove"]], [["remove", "1", "2"]], [["keep", "1"]]])(
    "is a wrong call with %j",
    async (words) => {
      const { exitCode, calls } = await preview(words, {});
      expect({ exitCode, calls }).toEqual({ exitCode: 2, calls: [] });
    },
  );
});
