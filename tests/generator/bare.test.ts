import { chmodSync, existsSync, globSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { run } from "@lucky/command/child-process";
import { pnpm } from "@lucky/command/pnpm";
import { GOES, goes, SCRIPTS_THAT_GO } from "@lucky/scaffold/bare-parts";
import { type Copy, copyWorkspace } from "@lucky/scaffold/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { install, MINUTES, OFFLINE, runPnpm, testsAndChecks } from "./pnpm.ts";
import { get, withServer } from "./server.ts";

// What pnpm rename --bare promises, of a whole workspace: everything is green at once, and the toolkit is as it was.

const APP = ["bare", "by", "test"].join("-"); // a whole word would be found in this file

let copy: Copy;
/** The files upstream, and its workflow. */
let upstream: readonly string[];
let workflow: string;
beforeAll(async () => {
  copy = copyWorkspace();
  upstream = copy.git("ls-files").trim().split("\n");
  workflow = copy.read(".github/workflows/ci.yml");
  await install(copy);
  await runPnpm(copy, ["rename", APP, "--bare"], OFFLINE);
  copy.commit("bare");
}, 5 * MINUTES);
afterAll(() => copy?.remove(), 3 * MINUTES);

describe("what goes", () => {
  test.each(GOES)("%s is upstream", (part) => {
    expect(upstream.filter((file) => file === part || file.startsWith(part))).not.toEqual([]);
  });

  test("is nothing of the toolkit", () => {
    expect(upstream.filter((file) => goes(file) && file.startsWith("toolkit/"))).toEqual([]);
    expect(copy.git("diff", "--name-only", "HEAD~1", "--", "toolkit", "LICENSE")).toBe("");
  });
});

describe("a bare workspace", () => {
  test("has no trace of the example, nor of the old names", async () => {
    const product = ["--", ":!toolkit", ":!LICENSE"];
    const find = (...words: string[]) => run("git", ["grep", "-i", ...words, ...product], { cwd: copy.root });
    const example = await find("-e", "lucky.\\?numbers", "-e", "\\bdraws\\?\\b");
    expect(example.stdout).toBe("");
    const names = await find("-e", "@acme", "-e", "lucky.lambda");
    expect(names.stdout).toBe("");
  });

  test("has no script, task or page that leads to what is gone", () => {
    const { scripts } = JSON.parse(copy.read("package.json")) as { scripts: Record<string, string> }; // pnpm's own
    expect(Object.keys(scripts).filter((script) => SCRIPTS_THAT_GO.includes(script))).toEqual([]);
    const files = Object.values(scripts).flatMap(
      (script) => script.match(/\b(?:toolkit|tests)\/[\w./-]+/g) ?? [],
    );
    expect(files).not.toEqual([]);
    expect(files.filter((file) => !existsSync(copy.path(file)))).toEqual([]);
    const pages = globSync("{*,docs/*,infra/*}.md", { cwd: copy.root }).map((page) => copy.read(page));
    const named = pages.flatMap((page) =>
      [...page.matchAll(/\bpnpm ((?:test:)?[a-z]\w+)/g)].map(([, name = ""]) => name),
    );
    const own = ["install", "sst", "exec", ...Object.keys(scripts)];
    expect(named.filter((name) => !own.includes(name))).toEqual([]);
  });

  test("has the actions and the pnpm of upstream's workflow", () => {
    const pins = (text: string) => text.match(/uses: .*|pnpm@[\d.]+/g);
    expect(pins(copy.read(".github/workflows/ci.yml"))).toEqual(pins(workflow));
  });

  test("installs from its lockfile", async () => {
    await runPnpm(copy, ["install", "--frozen-lockfile", "--offline"]);
    expect(copy.status()).toBe("");
  });

  test("runs hello", async () => {
    const { body } = JSON.parse(await runPnpm(copy, ["-s", "invoke", "hello"]));
    expect(JSON.parse(body)).toEqual({ message: "Hello, Ada!" });
  });

  test("serves the function, the page that lists it, and the reference", () =>
    withServer(copy, ["/hello"], async (url) => {
      const headers = { "content-type": "application/json" };
      const reply = await fetch(`${url}/hello`, { method: "POST", headers, body: '{"name":"Eve"}' });
      expect(await reply.json()).toEqual({ message: "Hello, Eve!" });
      expect(await get(url)).toContain('id="contracts"');
      expect(await get(`${url}/reference/`)).toContain('id="reference"');
      expect(Object.keys(JSON.parse(await get(`${url}/openapi.json`)).paths)).toEqual([
        "/openapi.json",
        "/hello",
      ]);
    }));

  test("passes all tests with the offline deploy, and the checks", () => testsAndChecks(copy), 8 * MINUTES);

  test("passes the toolkit's tests", () => runPnpm(copy, ["test:toolkit"]), 40 * MINUTES);

  test(
    "has a pipeline that tests what has changed, and deploys",
    async () => {
      copy.write("functions/hello/src/more.ts", "export {};\n");
      copy.commit("more");
      const environment = { ...process.env, PATH: withNpx(copy), TURBO_SCM_BASE: "HEAD~1" };
      const { stdout, stderr, exitCode } = await run(copy.path(".ci/run"), [], {
        cwd: copy.root,
        env: environment,
      });
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      const tested = new Set([...stdout.matchAll(/^(@[\w-]+\/[\w-]+):test: /gm)].map(([, name]) => name));
      expect([...tested].sort()).toEqual(["@lucky/tests", `@${APP}/function-hello`, `@${APP}/infra`].sort());
    },
    8 * MINUTES,
  );
});

/** A PATH whose `npx -y pnpm` is the pnpm that runs this test. */
function withNpx({ path }: Copy): string {
  const { file, words } = pnpm([]);
  const npx = path("node_modules/.npx/npx");
  mkdirSync(dirname(npx), { recursive: true });
  writeFileSync(
    npx,
    `#!/bin/sh\nshift 2\nexec ${[file, ...words].map((word) => `'${word}'`).join(" ")} "$@"\n`,
  );
  chmodSync(npx, 0o755);
  return `${dirname(npx)}${delimiter}${process.env.PATH}`;
}
