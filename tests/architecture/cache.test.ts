import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "@lucky/command/child-process";
import { beforeAll, describe, expect, test } from "vitest";
import { reaches, root } from "./sources.ts";

// What turbo takes for the inputs of each room's tests: by these it decides what runs again.

type Task = {
  readonly package: string;
  readonly directory: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly dependencies: readonly string[];
  readonly taskId: string;
};

/** Without a file where there is no git, or this is no clone. */
const tracked = await listTracked();

let tasks: readonly Task[];
beforeAll(async () => {
  const turbo = join(root, "node_modules/.bin/turbo");
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1" };
  const plan = await run(turbo, ["run", "test", "sources", "--dry=json"], { cwd: root, env });
  tasks = (JSON.parse(plan.stdout) as { tasks: readonly Task[] }).tasks; // turbo's own
});

async function listTracked(): Promise<ReadonlySet<string>> {
  const words = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const listed = await run("git", words, { cwd: root }).catch(() => undefined);
  const files = listed?.stdout.split("\0").filter((file) => file !== "") ?? [];
  return new Set(files.filter((file) => existsSync(join(root, file)))); // git lists deleted ones until they are committed
}

/** The inputs of a task, relative to the root. */
function inputsOf({ directory, inputs }: Task): readonly string[] {
  return Object.keys(inputs).map((file) => join(directory, file).replaceAll("\\", "/"));
}

/** The rooms whose tests run again when that file changes, by the folder of each. */
function rerunBy(file: string): readonly string[] {
  const changed = new Set(tasks.filter((task) => inputsOf(task).includes(file)).map(({ taskId }) => taskId));
  for (let before = -1; before !== changed.size; ) {
    before = changed.size;
    for (const { taskId, dependencies } of tasks) {
      if (dependencies.some((each) => changed.has(each))) changed.add(taskId);
    }
  }
  return tasks
    .filter(({ taskId }) => taskId.endsWith("#test") && changed.has(taskId))
    .map(({ directory }) => directory);
}

describe.runIf(tracked.size > 0)("the tests of a room run again", () => {
  test("for nothing that git does not have, such as what an install or a test run writes", () => {
    const others = tasks.flatMap((task) => inputsOf(task).filter((file) => !tracked.has(file)));
    expect(others).toEqual([]);
  });

  test("where a source that they import has changed", () => {
    const tested = new Set(
      tasks.filter(({ taskId }) => taskId.endsWith("#test")).map(({ directory }) => directory),
    );
    const samples = new Map(
      reaches.flatMap(({ room, targetRoom, targetFile }) =>
        targetFile && targetRoom !== room && tested.has(room)
          ? [[`${room} ${targetRoom}`, { room, targetFile }]]
          : [],
      ),
    );
    const missed = [...samples.values()].filter(
      ({ room, targetFile }) => !rerunBy(targetFile).includes(room),
    );
    expect(missed).toEqual([]);
  });

  test("in the toolkit, not where the product has changed", () => {
    const product = [...tracked].filter((file) =>
      /^(?:packages|functions|infra|docs)\/|^sst\.config/.test(file),
    );
    expect(product.length).toBeGreaterThan(10);
    const rooms = new Set(product.flatMap(rerunBy));
    expect([...rooms].filter((room) => room.startsWith("toolkit/"))).toEqual([]);
  });

  test("in the documentation, where any page of it has changed, or what a page leads to", () => {
    const pages = [...tracked].filter((file) => /\.(?:md|svg|png)$/.test(file));
    expect(pages.filter((page) => !rerunBy(page).includes("tests"))).toEqual([]);
  });

  test("with the whole deploy, where a function, a contract or the page has changed, whatever the file", () => {
    const deployed = [...tracked].filter(
      (file) => /^(?:packages|functions)\//.test(file) && !file.endsWith(".test.ts"),
    );
    expect(deployed.filter((file) => !rerunBy(file).includes("infra"))).toEqual([]);
  });
});
