import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import { endOf } from "@lucky/command/child-process";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { project } from "./project.ts";
import { rename } from "./renaming.ts";
import { type Copy, copyWorkspace, linkInstalled } from "./testing.ts";

describe("renaming", () => {
  const web = { app: "zap", scope: "@zap", title: "The Web Shop" };
  const other = { app: "zip", scope: "@zip", title: "Store" };

  test.each([
    ['import { api } from "@zap/api";', 'import { api } from "@zip/api";'],
    ['"@zap/function-zap-list": "workspace:*"', '"@zip/function-zap-list": "workspace:*"'],
    ["--filter '@zap/*' or @zap", "--filter '@zip/*' or @zip"],
    ["@zapping/api, @zap-two/api, me@zap.example", "@zapping/api, @zap-two/api, me@zap.example"],
    ["# The Web Shop, The\nWeb Shop's", "# Store, Store's"],
    ["The Web Shopping", "The Web Shopping"],
    ['name: "zap"', 'name: "zip"'],
    ["alarm:zap-*, /aws/lambda/zap-prod-x", "alarm:zip-*, /aws/lambda/zip-prod-x"],
    ['mkdtempSync(join(tmpdir(), "zap-infra-"))', 'mkdtempSync(join(tmpdir(), "zip-infra-"))'],
    ["web-zap, zaps, bizap, zap.example, zap_two", "web-zap, zaps, bizap, zip.example, zap_two"],
  ])("changes what is the workspace's in %j, and no more", (before, after) => {
    expect(rename(before, "infra/alarms.ts", web, other)).toBe(after);
  });

  test("leaves what an author may call like the app", () => {
    const source = 'import { x } from "@zap/core/x"; const table = "zap";';
    const renamed = 'import { x } from "@zip/core/x"; const table = "zap";';
    for (const file of [
      "functions/x/src/handler.ts",
      "packages/core/src/x.ts",
      "packages/contracts/src/x.ts",
    ]) {
      expect(rename(source, file, web, other)).toBe(renamed);
    }
  });
});

describe("pnpm rename", () => {
  // Another than that of whole-workspace.test.ts, in whose copy this runs as well.
  const APP = ["named", "by", "test"].join("-"); // a whole word would be found in this file
  let copy: Copy;
  beforeAll(() => {
    copy = copyWorkspace();
    linkInstalled(copy);
  });
  afterEach(() => {
    copy.git("checkout", "--quiet", ".");
    copy.git("clean", "-d", "--force", "--quiet");
  });
  afterAll(() => copy?.remove());

  const run = (...words: string[]) => copy.run("rename.ts", [...words, "--no-install"]);
  /** The files in which git finds that. */
  const filesWith = (text: string) => {
    const others = [":!pnpm-lock.yaml", ":!LICENSE"]; // the install's, and what the licence was given for
    const words = ["grep", "--files-with-matches", "--fixed-strings", text, "--", ...others];
    return spawnSync("git", words, { cwd: copy.root, encoding: "utf8" }).stdout;
  };

  test("leaves nothing of the old names, in the order and form that biome wants", async () => {
    expect(filesWith(`${project.scope}/`)).not.toBe("");
    const mode = statSync(copy.path(".ci/run")).mode;
    const license = copy.read("LICENSE");
    const { stdout, stderr, exitCode } = await run(APP, "--title", "Named (by a test)");
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(stdout).toMatch(/^\d+ files are Named \(by a test\)'s now\. Then: pnpm install\n/);
    for (const name of [`${project.scope}/`, project.app, project.title]) expect(filesWith(name)).toBe("");
    const biome = spawnSync(copy.path("node_modules/.bin/biome"), ["check", "--error-on-warnings"], {
      cwd: copy.root,
    });
    expect({ status: biome.status, mistakes: String(biome.stderr) }).toMatchObject({ status: 0 });
    expect(statSync(copy.path(".ci/run")).mode).toBe(mode);
    expect(copy.read("LICENSE")).toBe(license);
  });

  test("renames the app of SST, the pipeline's alarms, the API and the README, and keeps the example", async () => {
    await run(APP);
    expect(JSON.parse(copy.read("package.json")).name).toBe(APP);
    expect(copy.read("sst.config.ts")).toContain(`name: "${APP}"`);
    expect(copy.read(".github/workflows/deploy.yml")).toContain(`--alarm-name-prefix ${APP}-prod- `);
    expect(copy.read("packages/contracts/src/index.ts")).toContain('title: "Named By Test"');
    expect(copy.read("README.md")).toMatch(/^# Named By Test\n/);
    expect(JSON.parse(copy.read("functions/lucky-numbers/package.json"))).toMatchObject({
      name: `@${APP}/function-lucky-numbers`,
      dependencies: { [`@${APP}/core`]: "workspace:*" },
    });
    expect(copy.git("diff", "--name-only", "--diff-filter=ADR")).toBe("");
  });

  test("does nothing with --dry-run, and says what it would", async () => {
    const { stdout, exitCode } = await run(APP, "--dry-run");
    expect(exitCode).toBe(0);
    for (const file of ["package.json", "sst.config.ts", "packages/scaffold/src/project.ts"]) {
      expect(stdout).toContain(`  ${file}\n`);
    }
    expect(copy.status()).toBe("");
  });

  test.each<[string, string[], string]>([
    ["no name", [], "Give one name, as in pnpm rename your-app."],
    ["two names", ["a", "b"], "Give one name"],
    ["a bad name", ["Web_Shop"], '"Web_Shop" is no name: use small letters'],
    ["a scope", ["@zap"], '"@zap" is no name'],
    ["a name too long for AWS", ["a".repeat(21)], "is too long for AWS: use at most 20 characters."],
    ["the name that it has", [project.app], `This is ${project.app} already.`],
    ["a scope of others", ["types"], "This workspace uses packages of @types: choose another name."],
    ["a word that is there", ["tests"], '"tests" is a word of'],
    ["a title that is no title", [APP, "--title", 'a"b'], "--title takes letters"],
    ["an empty title", [APP, "--title", ""], "--title takes letters"],
    ["an unknown option", [APP, "--scope", "x"], "Unknown option '--scope'"],
  ])("refuses %s with 2", async (_, words, message) => {
    const { stdout, stderr, exitCode } = await run(...words);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toContain(message);
    expect(copy.status()).toBe("");
  });

  test("refuses with 2 where git does not have everything, unless forced", async () => {
    writeFileSync(copy.path("note.txt"), `of ${project.title}`);
    const { stderr, exitCode } = await run(APP);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining("?? note.txt") });
    expect(copy.status()).toBe("?? note.txt\n");
    expect(await run(APP, "--force")).toMatchObject({ exitCode: 0 });
    expect(copy.read("note.txt")).toBe("of Named By Test");
  });

  test.each([
    ["fails", "exit 3", undefined],
    ["is stopped", "exec sleep 60", "SIGINT"],
  ] as const)("takes everything back where the install %s", async (_, then, signal) => {
    const pnpm = copy.path("node_modules/fake-pnpm");
    const asked = copy.path("node_modules/asked");
    rmSync(asked, { force: true });
    writeFileSync(
      pnpm,
      `#!/bin/sh\necho changed >> pnpm-lock.yaml\necho "$*" > node_modules/asked\n${then}\n`,
    );
    chmodSync(pnpm, 0o755);
    const child = copy.start("rename.ts", [APP], { npm_execpath: pnpm });
    if (signal) {
      await vi.waitFor(() => expect(existsSync(asked)).toBe(true), { timeout: 30_000 });
      child.kill(signal);
    }
    const { stderr, exitCode } = await endOf(child);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining("Everything is as it was."),
    });
    expect(copy.status()).toBe("");
  });
});
