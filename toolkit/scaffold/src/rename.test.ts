import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { endOf } from "@lucky/command/child-process";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { copyFixture, type FixtureCopy } from "./fixture-copy.ts";
import { UPSTREAM } from "./product.ts";

const APP = "named-by-test";
const CONTRACTS = "packages/contracts/src/index.ts";

let copy: FixtureCopy;
let first: string;
beforeAll(() => {
  copy = copyFixture();
  first = copy.git("rev-parse", "HEAD").trim();
});
afterEach(() => {
  copy.git("reset", "--hard", "--quiet", first);
  copy.git("clean", "-d", "--force", "--quiet");
});
afterAll(() => copy?.remove());

const run = (...words: string[]) => copy.run("rename.ts", [...words, "--no-install"]);

/** Of the product: the toolkit and the benchmark keep their names. */
function filesWith(text: string): string {
  const others = [":!toolkit", ":!benchmarks", ":!LICENSE", ":!pnpm-lock.yaml", ":!tests"];
  const words = ["grep", "--files-with-matches", "--fixed-strings", text, "--", ...others];
  return spawnSync("git", words, { cwd: copy.root, encoding: "utf8" }).stdout;
}

describe("pnpm rename", () => {
  test("leaves nothing of the old names in the product, in the order and form that biome wants", async () => {
    expect(filesWith(`${UPSTREAM.scope}/`)).not.toBe("");
    const mode = statSync(copy.path(".ci/run")).mode;
    const { stdout, stderr, exitCode } = await run(APP, "--title", "Named (by a test)");
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(stdout).toMatch(/^\d+ files are Named \(by a test\)'s now\. Then: pnpm install\n/);
    expect(filesWith(`${UPSTREAM.scope}/`)).toBe("");
    expect(filesWith(UPSTREAM.title)).toBe("");
    expect(copy.read("README.md")).toContain(`${APP}-prod-*, and another-${UPSTREAM.app}'s are not`);
    expect(await copy.check()).toMatchObject({ exitCode: 0 });
    expect(statSync(copy.path(".ci/run")).mode).toBe(mode);
  });

  test("says where there is no git, and exits with 1", async () => {
    vi.stubEnv("PATH", copy.path("nowhere"));
    const { stdout, stderr, exitCode } = await run(APP).finally(() => vi.unstubAllEnvs());
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
    expect(stderr).toBe("There is no git on this machine, which knows what is committed. Install it.\n");
  });

  test("leaves the toolkit, the benchmark and the licence as they are, and of the tests all but the scope", async () => {
    await run(APP);
    const kept = ["toolkit", "benchmarks", "LICENSE", "pnpm-lock.yaml"];
    expect(copy.git("diff", "--name-only", "--", ...kept)).toBe("");
    const tests = copy.read("tests/end-to-end/api.ts");
    expect(tests).toContain(`from "@${APP}/contracts"`);
    expect(tests).toContain(`{ "${UPSTREAM.app}": api, "${UPSTREAM.title}": api }`);
  });

  test("renames the app of SST, the pipeline's alarms, the API and the README, and keeps the example", async () => {
    await run(APP);
    expect(JSON.parse(copy.read("package.json")).name).toBe(APP);
    expect(copy.read("sst.config.ts")).toContain(`name: "${APP}"`);
    expect(copy.read(".github/workflows/deploy.yml")).toContain(`--alarm-name-prefix ${APP}-prod- `);
    expect(copy.read(CONTRACTS)).toContain('title: "Named By Test"');
    expect(copy.read("README.md")).toMatch(/^# Named By Test\n/);
    expect(JSON.parse(copy.read("functions/lucky-numbers/package.json"))).toMatchObject({
      name: `@${APP}/function-lucky-numbers`,
      dependencies: { [`@${APP}/contracts`]: "workspace:*" },
    });
    expect(copy.git("diff", "--name-only", "--diff-filter=ADR")).toBe("");
  });

  test("has the pipeline test what has changed, and then the deploy", async () => {
    expect(copy.read(".ci/run")).not.toContain("--affected");
    await run(APP);
    expect(copy.read(".ci/run")).toContain("--affected");
    expect(copy.read(".github/workflows/ci.yml")).toContain("TURBO_SCM_BASE");
    copy.git("add", "--all");
    copy.git(
      "-c",
      "user.name=test",
      "-c",
      "user.email=test@example.com",
      "commit",
      "--quiet",
      "-m",
      "renamed",
    );
    copy.write(".ci/run", "# of one's own\n");
    await run("another-by-test", "--force");
    expect(copy.read(".ci/run")).toBe("# of one's own\n");
  });

  test("does nothing with --dry-run, and says what it would", async () => {
    const { stdout, exitCode } = await run(APP, "--dry-run");
    expect(exitCode).toBe(0);
    for (const file of ["package.json", "sst.config.ts", CONTRACTS]) expect(stdout).toContain(`  ${file}\n`);
    expect(copy.status()).toBe("");
  });

  test.each<[string, string[], string]>([
    ["no name", [], "Give one name, as in pnpm rename your-app."],
    ["two names", ["a", "b"], 'Give one name: unexpected argument "b".'],
    ["a bad name", ["Web_Shop"], '"Web_Shop" is no name: use small letters'],
    ["a scope", ["@zap"], '"@zap" is no name'],
    ["a name too long for AWS", ["a".repeat(21)], "is too long for AWS: use at most 20 characters."],
    ["a scope of others", ["types"], "This workspace uses packages of @types: choose another name."],
    ["a word that is there", ["turbo"], '"turbo" is a word of package.json already'],
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
    writeFileSync(copy.path("note.txt"), `of ${UPSTREAM.title}`);
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
    const child = copy.start("rename.ts", [APP, "--bare"], { npm_execpath: pnpm });
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

describe("pnpm rename, run again,", () => {
  const renamed = async (...words: string[]) => {
    expect(await run(APP, ...words)).toMatchObject({ exitCode: 0 });
    copy.commit("rename");
  };

  test("says that nothing is left to rename, and succeeds", async () => {
    await renamed("--title", "My Lucky Lambda");
    const { stdout, stderr, exitCode } = await run(APP);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(stdout).toBe(`Nothing is left to rename: this is My Lucky Lambda (${APP}, @${APP}).\n`);
    expect(copy.status()).toBe("");
  });

  test("renames what came from upstream, and nothing else, though the contracts cannot be loaded", async () => {
    await renamed();
    copy.write("packages/core/src/new.ts", `export * from "${UPSTREAM.scope}/core/zod";\n`);
    copy.write(CONTRACTS, `import "${UPSTREAM.scope}/core/new";\n${copy.read(CONTRACTS)}`);
    copy.write("docs/new.md", "Lucky Lambda's logs: lucky-lambda-prod-*\n");
    copy.write("toolkit/new.md", "Lucky Lambda in @acme\n");
    copy.commit("merge");
    const { stderr, exitCode } = await run(APP);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(copy.read("packages/core/src/new.ts")).toBe(`export * from "@${APP}/core/zod";\n`);
    expect(copy.read("docs/new.md")).toBe(`Named By Test's logs: ${APP}-prod-*\n`);
    const changed = [CONTRACTS, "docs/new.md", "packages/core/src/new.ts"];
    expect(copy.git("diff", "--name-only").trim().split("\n").sort()).toEqual(changed.sort());
  });

  test("gives back a name that a merge has taken", async () => {
    await renamed("--title", "My Shop");
    copy.git("checkout", "--quiet", first, "--", "package.json", "packages/contracts/package.json");
    copy.commit("merge");
    expect(await run(APP, "--title", "My Shop")).toMatchObject({ stderr: "", exitCode: 0 });
    expect(copy.git("diff", "--stat", "HEAD~1")).toBe("");
  });

  test("takes another name", async () => {
    await renamed();
    expect(await run("another-by-test")).toMatchObject({ stderr: "", exitCode: 0 });
    for (const name of [APP, "Named By Test", `${UPSTREAM.scope}/`]) expect(filesWith(name)).toBe("");
    expect(copy.read(CONTRACTS)).toContain('title: "Another By Test"');
  });
});

describe("pnpm rename --bare", () => {
  const GONE = [
    "functions/lucky-numbers",
    "packages/contracts/src/lucky-numbers.ts",
    "packages/core/src/lucky-numbers.ts",
    "packages/web/pages/draw.ts",
    "benchmarks",
    "docs/guide.md",
  ];
  const remaining = () => GONE.filter((file) => existsSync(copy.path(file)));

  test("takes the example out, and leaves hello, in the order and form that biome wants", async () => {
    mkdirSync(copy.path("functions/lucky-numbers/node_modules/zod"), { recursive: true });
    expect(await run(APP, "--bare")).toMatchObject({ stderr: "", exitCode: 0 });
    expect(remaining()).toEqual([]);
    expect(copy.read(CONTRACTS)).toMatch(/api = \{\s*openapi,\s*hello,?\s*\}/);
    expect(copy.read("functions/hello/src/handler.ts")).toContain(`from "@${APP}/core/hello"`);
    expect(await copy.check()).toMatchObject({ exitCode: 0 });
    copy.git("add", "--all");
    const mentions = spawnSync(
      "git",
      ["grep", "-i", "lucky.\\?numbers\\|draw", "--", ":!toolkit", ":!pnpm-lock.yaml"],
      {
        cwd: copy.root,
        encoding: "utf8",
      },
    );
    expect(mentions.stdout).toBe("");
  });

  const CORE = "@acme/core"; // in texts, which are no imports of this file
  const DRAWS = `import { KeptDraw } from "${CORE}/draw";
import { idempotencyTable, table } from "@lucky/resources/declare";

/** The draws that are kept. */
export const Draws = table("draws", {
  item: KeptDraw,
  key: { partition: "id" },
});

/** Requests that are done once. */
export const Requests = idempotencyTable("requests");
`;
  const OWN = 'export const Notes = table("notes", { item: Note, key: { partition: "id" } });\n';
  const RESOURCES = "packages/contracts/src/resources.ts";

  test("takes the example's tables out, and the dependency that declared them", async () => {
    const manifest = "packages/contracts/package.json";
    copy.write(RESOURCES, DRAWS);
    copy.write(
      manifest,
      copy
        .read(manifest)
        .replace('"dependencies": {', '"dependencies": { "@lucky/resources": "workspace:*",'),
    );
    copy.commit("tables");
    expect(await run(APP, "--bare")).toMatchObject({ stderr: "", exitCode: 0 });
    expect(existsSync(copy.path(RESOURCES))).toBe(false);
    expect(copy.read(manifest)).not.toContain("@lucky/resources");
  });

  test("leaves tables of one's own", async () => {
    copy.write(RESOURCES, `import { Note } from "${CORE}/note";\n${DRAWS}${OWN}`);
    copy.commit("tables");
    expect(await run(APP, "--bare")).toMatchObject({ stderr: "", exitCode: 0 });
    expect(copy.read(RESOURCES)).toContain('table("notes"');
    expect(copy.read(RESOURCES)).toContain(`from "@${APP}/core/note"`);
    expect(copy.read(RESOURCES)).not.toMatch(/draw|requests/i);
  });

  test("refuses where a contract of one's own uses the example's table", async () => {
    copy.write(RESOURCES, DRAWS);
    copy.write(
      "packages/contracts/src/paging.ts",
      'import { Draws } from "./resources.ts";\nexport { Draws };\n',
    );
    copy.commit("tables");
    const { stderr, exitCode } = await run(APP, "--bare");
    expect({ stderr, exitCode }).toEqual({ stderr: expect.stringContaining("paging.ts"), exitCode: 2 });
  });

  test("takes the scripts and the dependencies that nothing uses any more, and leaves the others in their order", async () => {
    await run(APP, "--bare");
    const { scripts, version, ...manifest } = JSON.parse(copy.read("package.json"));
    expect(Object.keys(scripts)).toEqual(["start", "test"]);
    expect({ version, ...manifest }).toEqual({ name: APP, version: "0.1.0", private: true, type: "module" });
    const used = (room: string) => Object.keys(JSON.parse(copy.read(`${room}/package.json`)).devDependencies);
    expect([used("packages/core"), used("packages/web"), used("tests")]).toEqual([
      ["typescript"],
      ["typescript"],
      [`@${APP}/contracts`, "typescript"],
    ]);
    expect(JSON.parse(copy.read("packages/web/package.json")).scripts).toEqual({ typecheck: "tsc" });
  });

  test("takes what the pages for people say of what is gone, and names a function that is there", async () => {
    await run(APP, "--bare");
    const operating = copy.read("docs/operating.md");
    expect(operating).toContain(`/aws/lambda/${APP}-prod-Hello.`);
    expect(operating).toContain("[README](../README.md)");
    expect(operating).not.toMatch(/RESULTS|guide/);
    expect(copy.read(".vscode/tasks.json")).toContain("invoke hello");
    expect(copy.read("CHANGELOG.md")).toMatch(/^# Changelog\n/);
  });

  test("keeps the functions of an author, and makes no hello beside them", async () => {
    await copy.run("new.ts", ["made-by-test", "--no-install"]);
    copy.commit("a function");
    expect(await run(APP, "--bare")).toMatchObject({ stderr: "", exitCode: 0 });
    expect(copy.read(CONTRACTS)).toMatch(/api = \{\s*openapi,\s*"made-by-test": madeByTest,?\s*\}/);
    expect(existsSync(copy.path("functions/hello"))).toBe(false);
    expect(copy.read("docs/operating.md")).toContain("-MadeByTest.");
  });

  test("works where the project has its name already, and says that nothing is left when run again", async () => {
    await run(APP);
    copy.commit("rename");
    expect(await run(APP, "--bare")).toMatchObject({ stderr: "", exitCode: 0 });
    copy.commit("bare");
    expect(remaining()).toEqual([]);
    for (const words of [[APP], [APP, "--bare"]])
      expect((await run(...words)).stdout).toContain("Nothing is left to rename");
  });

  test("takes what a merge has brought back, once it is told to", async () => {
    await run(APP, "--bare");
    copy.commit("bare");
    copy.write("README.md", "# Mine\n");
    copy.git("checkout", "--quiet", first, "--", "benchmarks");
    copy.commit("merge");
    expect(await run(APP, "--bare")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("\nbenchmarks/RESULTS.md\n"),
    });
    expect(await run(APP, "--bare", "--force")).toMatchObject({ stderr: "", exitCode: 0 });
    expect(copy.status()).toBe(" D benchmarks/RESULTS.md\n");
  });

  test("refuses to take what has changed since the project has its name, unless forced", async () => {
    await run(APP);
    copy.commit("rename");
    copy.write("functions/lucky-numbers/src/numbers.ts", "export const numbers = [7];\n");
    copy.commit("lucky");
    const { stderr, exitCode } = await run(APP, "--bare");
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^You have changed what --bare would .*\nfunctions\/lucky-numbers\/src\/numbers\.ts\n/,
    );
    expect(copy.status()).toBe("");
    expect(await run(APP, "--bare", "--force")).toMatchObject({ exitCode: 0 });
    expect(remaining()).toEqual([]);
  });

  test("refuses to take what other code imports, unless forced", async () => {
    copy.write("packages/core/src/more.ts", 'export * from "./lucky-numbers.ts";\n');
    copy.commit("more");
    const { stderr, exitCode } = await run(APP, "--bare");
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^These use the example: .*\npackages\/core\/src\/more\.ts\nSee --help/);
    expect(copy.status()).toBe("");
    expect(await run(APP, "--bare", "--force")).toMatchObject({ exitCode: 0 });
  });

  test("only says what it would do with --dry-run", async () => {
    const { stdout } = await run(APP, "--bare", "--dry-run");
    expect(stdout).toMatch(/^Would be changed:\n[^:]* {2}functions\/hello\/src\/handler\.ts\n/);
    expect(stdout).toMatch(/\nWould be removed:\n[^:]* {2}functions\/lucky-numbers\/event\.json\n/);
    expect(copy.status()).toBe("");
  });
});

test("pnpm rename --help explains itself and exits with 0", async () => {
  const { stdout, exitCode } = await copy.run("rename.ts", ["--help"]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Makes this clone.*Usage: pnpm rename <app>.*--title.*--bare.*--force.*Exit code/s);
});
