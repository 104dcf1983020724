import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { bundleBootstrap } from "./bundle.ts";
import { removeBundleFolder } from "./bundle-folder.ts";
import { type Build, type RunningFunction, runFunction } from "./lambda-function.ts";

let folder: string;
let running: RunningFunction;
let builds: Build[];
const source = (name: string) => join(folder, "src", name);
const write = (name: string, text: string) => writeFileSync(source(name), text);
const ask = async () => {
  const outcome = await running.invoke("{}");
  return outcome === "throttled" ? outcome : JSON.parse(outcome.payload);
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "lucky-reload-"));
  mkdirSync(join(folder, "src"));
  builds = [];
  write("word.ts", 'export const word: string = "one";');
  write("handler.ts", 'import { word } from "./word.ts"; export const handler = async () => word;');
  const contract = { method: "GET", path: "/", summary: "", reply: { 204: null } } as const;
  running = await runFunction(
    {
      name: "test",
      contract,
      entry: source("handler.ts"),
      eventFile: "",
      limits: { timeoutSeconds: 10, memoryMegabytes: 128 },
    },
    {
      folder,
      runtimeClient: await bundleBootstrap(folder),
      logFormat: "json",
      concurrency: 10,
      onBuild: (build) => builds.push(build),
    },
  );
});
afterEach(() => {
  running.stop();
  removeBundleFolder(folder);
});

test("a function cannot write where its code is", () => {
  const taskRoot = join(folder, "test", "1");
  for (const path of [taskRoot, join(taskRoot, "bundle.cjs")]) expect(statSync(path).mode & 0o222).toBe(0);
});

/** Makes every write to the bundle of that build fail as on a full disk. */
function fillDisk(build: number): void {
  mkdirSync(join(folder, "test", String(build)));
  symlinkSync("/dev/full", join(folder, "test", String(build), "bundle.cjs"));
}

test("a full disk is told of with what to do, leaves nothing half done, and the last good bundle goes on", async () => {
  fillDisk(2);
  write("word.ts", 'export const word = "two";');
  await built(1);
  expect(builds[0]?.error?.message).toMatch(
    /^There is no place for bundles in \/.* \(ENOSPC: no space left on device\): set TMPDIR to a folder/,
  );
  expect(await ask()).toBe("one");
  expect(readdirSync(join(folder, "test"))).toEqual(["1"]);
  write("word.ts", 'export const word = "three";');
  await built(2);
  expect(await ask()).toBe("three");
});

const built = (times: number) => vi.waitFor(() => expect(builds).toHaveLength(times), { timeout: 20_000 });

describe("an edit", () => {
  test("to a file that the bundle imports is live with the next request", async () => {
    expect(await ask()).toBe("one");
    write("word.ts", 'export const word = "two";');
    await built(1);
    expect(await ask()).toBe("two");
    expect(builds).toEqual([{ functionName: "test", milliseconds: expect.any(Number) }]);
  });

  test("lets requests in flight finish on the code that they began with", async () => {
    const [started, go] = [join(folder, "started"), join(folder, "go")];
    write(
      "handler.ts",
      `import { existsSync, writeFileSync } from "node:fs";
      export const handler = async () => {
        writeFileSync(${JSON.stringify(started)}, "");
        while (!existsSync(${JSON.stringify(go)})) await new Promise((resolve) => setTimeout(resolve, 5));
        return "old";
      };`,
    );
    await built(1);
    const slow = ask();
    await vi.waitFor(() => expect(existsSync(started)).toBe(true), { timeout: 20_000 });
    write("handler.ts", 'export const handler = async () => "new";');
    await built(2);
    expect(await ask()).toBe("new");
    writeFileSync(go, "");
    expect(await slow).toBe("old");
  });

  test("that does not compile is shown with its place, and the last good bundle goes on", async () => {
    write("word.ts", "export const word = ;");
    await built(1);
    expect(builds[0]?.error?.message).toMatch(/word\.ts:1:20.*\n.*export const word = ;/s);
    expect(await ask()).toBe("one");
    write("word.ts", 'export const word = "mended";');
    await built(2);
    expect(await ask()).toBe("mended");
  });

  test("that imports a file which comes later is built when it comes", async () => {
    write("handler.ts", 'import { late } from "./late.ts"; export const handler = async () => late;');
    await built(1);
    expect(builds[0]?.error?.message).toContain("late.ts");
    write("late.ts", 'export const late = "late";');
    await built(2);
    expect(await ask()).toBe("late");
  });

  test("is seen also after the folder of the sources has gone and come back", async () => {
    rmSync(join(folder, "src"), { recursive: true });
    await vi.waitFor(() => expect(builds.at(-1)?.error).toBeDefined());
    mkdirSync(join(folder, "src"));
    write("word.ts", 'export const word = "back";');
    write("handler.ts", 'import { word } from "./word.ts"; export const handler = async () => word;');
    await vi.waitFor(async () => expect(await ask()).toBe("back"));
    write("word.ts", 'export const word = "edited";');
    await vi.waitFor(async () => expect(await ask()).toBe("edited"));
  });

  test("to a file that the bundle does not import does nothing", async () => {
    write("other.ts", "export {};");
    write("word.ts", 'export const word = "two";');
    await built(1);
    const watcher = watch(join(folder, "src"));
    const seen = once(watcher, "change");
    write("other.ts", "export const changed = true;");
    await seen;
    watcher.close();
    await ask(); // waits for a build, if there is one
    expect(builds).toHaveLength(1);
  });

  test("by an editor that replaces the file is seen as well", async () => {
    write("word.ts.tmp", readFileSync(source("word.ts"), "utf8").replace("one", "replaced"));
    renameSync(source("word.ts.tmp"), source("word.ts"));
    await built(1);
    expect(await ask()).toBe("replaced");
  });

  test("a hundred times in a row ends with the last", async () => {
    for (let count = 0; count <= 100; count++) {
      write("word.ts", `export const word = "${count}";`);
      if (count % 10 === 0) await ask();
    }
    await vi.waitFor(async () => expect(await ask()).toBe("100"), { timeout: 20_000 });
    expect(builds.length).toBeLessThan(101);
    expect(readdirSync(join(folder, "test")).length).toBeLessThanOrEqual(20);
  });
});
