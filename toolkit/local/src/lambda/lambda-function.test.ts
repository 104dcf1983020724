import { once } from "node:events";
import {
  cpSync,
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
import { dirname, join } from "node:path";
import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { bundleBootstrap } from "./bundle.ts";
import { makeBundleFolder, removeBundleFolder } from "./bundle-folder.ts";
import { type Build, type RunningFunction, runFunction } from "./lambda-function.ts";

let folder: string;
let bundles: string;
let running: RunningFunction;
let builds: Build[];
let onWarning: () => void;
const source = (name: string) => join(folder, "functions/test/src", name);
const write = (name: string, text: string) => writeFileSync(source(name), text);
const ask = async () => {
  const outcome = await running.invoke("{}");
  return outcome === "throttled" ? outcome : JSON.parse(outcome.payload);
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "lucky-reload-"));
  mkdirSync(source(""), { recursive: true });
  builds = [];
  onWarning = () => {};
  write("word.ts", 'export const word: string = "one";');
  write("handler.ts", 'import { word } from "./word.ts"; export const handler = async () => word;');
  bundles = makeBundleFolder();
  running = runFunction(
    {
      name: "test",
      entry: source("handler.ts"),
      eventFile: "",
      limits: { timeoutSeconds: 10, memoryMegabytes: 128 },
    },
    {
      folder: bundles,
      runtimeClient: await bundleBootstrap(bundles),
      logFormat: "json",
      concurrency: 10,
      onBuild: (build) => builds.push(build),
      onWarning: () => onWarning(),
    },
  );
  await running.ready;
  await ask(); // what was written just before the build may have made another
  builds = [];
});
afterEach(() => {
  running.stop();
  removeBundleFolder(bundles);
  rmSync(folder, { recursive: true });
});

test("a function cannot write where its code is", () => {
  const taskRoot = join(bundles, "test", "1");
  for (const path of [taskRoot, join(taskRoot, "bundle.cjs")]) expect(statSync(path).mode & 0o222).toBe(0);
});

/** Makes every write to the bundle of that build fail as on a full disk. */
function fillDisk(build: number): void {
  mkdirSync(join(bundles, "test", String(build)));
  symlinkSync("/dev/full", join(bundles, "test", String(build), "bundle.cjs"));
}

test("a full disk is told of with what to do, leaves nothing half done, and the last good bundle goes on until there is room", async () => {
  const before = readdirSync(join(bundles, "test"));
  const next = Math.max(...before.map(Number)) + 1;
  fillDisk(next);
  fillDisk(next + 1);
  write("word.ts", 'export const word = "two";');
  await built(1);
  expect(builds[0]?.error?.message).toMatch(
    /^There is no place for bundles in \/.* \(ENOSPC: no space left on device\): set TMPDIR to a folder/,
  );
  expect(await ask()).toBe("one");
  expect(readdirSync(join(bundles, "test"))).toEqual(before);
  expect(await ask()).toBe("two"); // each request tries again
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

  test("is live with a request in the same turn of the loop", async () => {
    expect(await ask()).toBe("one");
    for (const word of ["two", "three", "four"]) {
      await turnOfTheLoop();
      write("word.ts", `export const word = "${word}";`);
      expect(await ask()).toBe(word);
    }
  });

  test("between being read and being watched makes another bundle at once", async () => {
    mkdirSync(source("new"));
    write("new/word.ts", 'export const word = "read";');
    onWarning = () => {
      onWarning = () => {};
      write("new/word.ts", 'export const word = "written";');
    };
    write(
      "handler.ts",
      'import { word } from "./new/word.ts"; export const handler = async () => import.meta.url ?? word;',
    );
    await built(1);
    expect(await ask()).toBe("written");
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
    rmSync(source(""), { recursive: true });
    await vi.waitFor(() => expect(builds.at(-1)?.error).toBeDefined());
    mkdirSync(source(""));
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
    const watcher = watch(source(""));
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
    expect(readdirSync(join(bundles, "test")).length).toBeLessThanOrEqual(20);
  });
});

describe("a bundle depends on more than its files:", () => {
  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const link = (target: string, file: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    rmSync(join(folder, file), { force: true });
    symlinkSync(join(folder, target), join(folder, file));
  };
  const becomes = (word: string) =>
    vi.waitFor(async () => expect(await ask()).toBe(word), { timeout: 20_000, interval: 5 });
  const fails = (text: string) =>
    vi.waitFor(() => expect(builds.at(-1)?.error?.message).toContain(text), { timeout: 20_000 });
  const importing = (from: string) =>
    write("handler.ts", `import { word } from "${from}"; export const handler = async () => word;`);
  const saying = (word: string) => `export const word = "${word}";`;
  /** As pnpm installs: each version in a folder of its own, and a link to it. */
  const install = (version: string, files: Readonly<Record<string, string>>) => {
    const store = `node_modules/.pnpm/words@${version}/node_modules/words`;
    for (const [file, text] of Object.entries(files)) put(join(store, file), text);
    link(store, "functions/test/node_modules/words");
    return store;
  };

  test("a module in a folder that comes later", async () => {
    importing("./later/more/word.ts");
    await fails("./later/more/word.ts");
    put("functions/test/src/later/more/word.ts", saying("late"));
    await becomes("late");
  });

  test("a module that a failed build alone has read", async () => {
    put("functions/test/src/new/word.ts", "export const other = 1;");
    importing("./new/word.ts");
    await fails("No matching export in");
    put("functions/test/src/new/word.ts", saying("mended"));
    await becomes("mended");
  });

  test("a package that is installed later, changed in place, and updated", async () => {
    importing("words");
    await fails('Could not resolve "words"');
    const store = install("1.0.0", { "package.json": '{ "main": "a.js" }', "a.js": saying("installed") });
    await becomes("installed");
    put(join(store, "a.js"), saying("changed"));
    await becomes("changed");
    install("2.0.0", { "package.json": '{ "main": "a.js" }', "a.js": saying("updated") });
    await becomes("updated");
  });

  test("a package for all of the workspace, where the function has none of its own yet", async () => {
    put("node_modules/@scope/words/index.js", saying("shared"));
    importing("@scope/words");
    await becomes("shared");
    put("functions/test/node_modules/@scope/words/index.js", saying("own"));
    await becomes("own");
  });

  test("what a package's package.json says that it exports", async () => {
    const files = { "a.js": saying("a"), "b.js": saying("b") };
    const packageJson = (exports: object) => JSON.stringify({ exports });
    const store = install("1.0.0", { ...files, "package.json": packageJson({ ".": "./a.js" }) });
    importing("words");
    await becomes("a");
    put(join(store, "package.json"), packageJson({ ".": "./b.js" }));
    await becomes("b");
    importing("words/more");
    await fails("words/more");
    put(join(store, "package.json"), packageJson({ "./more": "./a.js" }));
    await becomes("a");
  });

  test("how tsconfig.json names modules, and what it extends", async () => {
    put("functions/test/src/b.ts", saying("b"));
    importing("#word");
    await fails("#word");
    put("functions/test/tsconfig.json", '{ "compilerOptions": { "paths": { "#word": ["./src/word.ts"] } } }');
    await becomes("one");
    put("functions/test/tsconfig.json", '{ "extends": "../../tsconfig.base.json" }');
    put(
      "tsconfig.base.json",
      '{ "compilerOptions": { "paths": { "#word": ["./functions/test/src/b.ts"] } } }',
    );
    await becomes("b");
    put(
      "tsconfig.base.json",
      '{ "compilerOptions": { "paths": { "#word": ["./functions/test/src/word.ts"] } } }',
    );
    await becomes("one");
  });

  test("a file that goes before another for a name without an ending", async () => {
    importing("./word");
    await becomes("one");
    put("functions/test/src/word.tsx", saying("first"));
    await becomes("first");
    rmSync(source("word.tsx"));
    await becomes("one");
  });

  test("a package of the workspace that is linked, and one from outside of it", async () => {
    const outside = mkdtempSync(join(tmpdir(), "lucky-outside-"));
    onTestFinished(() => rmSync(outside, { recursive: true }));
    writeFileSync(join(outside, "index.js"), saying("outside"));
    put("packages/words/index.js", saying("workspace"));
    link("packages/words", "functions/test/node_modules/words");
    importing("words");
    await becomes("workspace");
    put("packages/words/index.js", saying("edited"));
    await becomes("edited");
    rmSync(join(folder, "functions/test/node_modules/words"));
    symlinkSync(outside, join(folder, "functions/test/node_modules/words"));
    await becomes("outside");
    writeFileSync(join(outside, "index.js"), saying("edited outside"));
    await becomes("edited outside");
  });

  test("a folder above them that is moved away and replaced", async () => {
    expect(await ask()).toBe("one");
    cpSync(join(folder, "functions"), join(folder, "copy"), { recursive: true });
    renameSync(join(folder, "functions"), join(folder, "away"));
    renameSync(join(folder, "copy"), join(folder, "functions"));
    write("word.ts", saying("replaced"));
    await becomes("replaced");
    write("word.ts", saying("edited"));
    await becomes("edited");
  });
});
