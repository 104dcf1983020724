import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { linkTree } from "@lucky/offline/link-tree";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endOf } from "../../toolkit/command/src/child-process.ts";
import { project } from "../../toolkit/scaffold/src/project.ts";
import { type Copy, copyWorkspace } from "../../toolkit/scaffold/src/testing.ts";
import { root } from "../../toolkit/scaffold/src/workspace.ts";

// What pnpm new and pnpm rename promise, of a whole workspace: an install, all tests with the offline deploy, and the
// checks, in a copy. It takes minutes and runs all tests twice, so it is no part of them: `pnpm test:new`.

const MINUTES = 60_000;
const NEW_NAME = ["renamed", "by", "test"].join("-"); // a whole word would be found in this file
/** No way to a registry: nobody listens at that proxy. */
const OFFLINE = Object.fromEntries(
  [
    "http_proxy",
    "https_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "npm_config_proxy",
    "npm_config_https_proxy",
  ].map((name) => [name, "http://127.0.0.1:9"]),
);

let copy: Copy;
beforeAll(async () => {
  if (/[\\/]\.offline[\\/]/.test(root)) throw new Error("this test would copy its own copy, without an end");
  copy = copyWorkspace();
  // Else the tests of infra bring it from the registry.
  if (existsSync(join(root, ".sst/provider-lock.json"))) {
    linkTree(join(root, ".sst/platform"), copy.path(".sst/platform"));
    cpSync(join(root, ".sst/provider-lock.json"), copy.path(".sst/provider-lock.json"));
  }
  await succeed("install", "--frozen-lockfile", "--offline");
}, 5 * MINUTES);
afterAll(() => copy?.remove(), 3 * MINUTES);

function pnpm(words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  return spawn(process.env.npm_execpath ?? "pnpm", words, {
    cwd: copy.root,
    env: { ...ownEnvironment(), CI: "true", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true, // so that it has a process group of its own
  });
}

/** What it prints. */
async function succeed(...words: readonly string[]): Promise<string> {
  return succeedWith({}, ...words);
}

async function succeedWith(environment: NodeJS.ProcessEnv, ...words: readonly string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await endOf(pnpm(words, environment));
  const [said, complained] = [stdout, stderr].map((text) => text.replaceAll(COUNTS, ""));
  if (exitCode !== 0)
    throw new Error(`pnpm ${words.join(" ")} ended with ${exitCode}:\n${said}${complained}`);
  return said ?? "";
}

/** Lines that continuous integration adds up. */
const COUNTS = /^.* Tests .*\n/gm;

/** As of a terminal, without what pnpm, turbo and vitest add for what they start. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const added = /^(?:TURBO_|VITEST|TEST$|NODE_ENV$|DEV$|PROD$|MODE$|SSR$|BASE_URL$|pnpm_config_verify)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !added.test(name)));
}

async function testsAndChecks(): Promise<void> {
  const tested = await succeed("test");
  expect(tested).not.toContain("WARN");
  for (const name of readdirSync(copy.path("functions")))
    expect(tested).toContain(`/function-${name}:test: `);
  expect(await succeed("check")).not.toContain("WARN");
}

describe("functions that pnpm new has made", () => {
  test(
    "are there after the command, with no registry",
    async () => {
      const greet = await succeedWith(OFFLINE, "new", "body-by-test");
      expect(greet).toContain("pnpm invoke body-by-test");
      await succeedWith(
        OFFLINE,
        "new",
        "params-by-test",
        "--method",
        "GET",
        "--path",
        "/by-test/{id}/numbers/{rest+}",
      );
      expect(copy.git("diff", "--name-only")).toBe("packages/contracts/src/index.ts\npnpm-lock.yaml\n");
    },
    3 * MINUTES,
  );

  test(
    "run as they are",
    async () => {
      const bodyOf = async (name: string) => JSON.parse(JSON.parse(await succeed("-s", "invoke", name)).body);
      expect(await bodyOf("body-by-test")).toEqual({ message: "Hello, Ada!" });
      const parameters = { id: "7", rest: "2026/report.txt" };
      expect(await bodyOf("params-by-test")).toEqual({
        ...parameters,
        message: "Hello from params-by-test.",
      });
    },
    3 * MINUTES,
  );

  test(
    "are served, by the curl that is told, and described",
    async () => {
      const server = pnpm(["start", "--port", "0"]);
      try {
        const welcome = await untilPrinted(
          server.stdout,
          "Ctrl-C stops it",
          "/by-test/",
          "Says what the path says",
          "\n\n",
        );
        const [url = ""] = /http:\/\/localhost:\d+/.exec(welcome) ?? [];
        const curls = [...welcome.matchAll(/^ +(curl .*)$/gm)].map(([, command = ""]) => command);
        const answers = await Promise.all(curls.map((command) => shell(`${command} --silent`)));
        expect(answers).toContain('{"message":"Hello, Ada!"}');
        expect(answers).toContain('{"id":"id","rest":"rest+","message":"Hello from params-by-test."}');
        const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: object }; // as OpenAPI has it
        expect(Object.keys(paths)).toEqual(
          expect.arrayContaining(["/body_by_test", "/by-test/{id}/numbers/{rest}"]),
        );
      } finally {
        if (server.pid !== undefined) process.kill(-server.pid, "SIGINT");
        await once(server, "exit");
      }
    },
    3 * MINUTES,
  );

  test("pass all tests with the offline deploy, and the checks", testsAndChecks, 8 * MINUTES);

  test(
    "are gone without a trace when removed",
    async () => {
      for (const name of ["body-by-test", "params-by-test"]) {
        await succeedWith(OFFLINE, "new", "--remove", name, "--force");
        expect(existsSync(copy.path(`functions/${name}`))).toBe(false);
      }
      expect(copy.status()).toBe("");
    },
    3 * MINUTES,
  );
});

describe("a workspace that pnpm rename has renamed", () => {
  test(
    "has the old names nowhere",
    async () => {
      expect(copy.git("grep", "--count", "--fixed-strings", `${project.scope}/`)).not.toBe("");
      await succeedWith(OFFLINE, "rename", NEW_NAME);
      const find = spawn("git", ["grep", "--line-number", "-e", `${project.scope}/`, "-e", project.app], {
        cwd: copy.root,
      });
      expect(await endOf(find)).toMatchObject({ stdout: "", exitCode: 1 });
    },
    3 * MINUTES,
  );

  test("passes all tests, and the checks", testsAndChecks, 8 * MINUTES);
});

async function untilPrinted(stream: NodeJS.ReadableStream, ...words: readonly string[]): Promise<string> {
  let printed = "";
  for await (const chunk of stream) {
    printed += chunk;
    if (words.every((word) => printed.includes(word))) return printed;
  }
  throw new Error(`it ended with: ${printed}`);
}

async function shell(command: string): Promise<string> {
  return text(spawn("sh", ["-c", command], { stdio: ["ignore", "pipe", "inherit"] }).stdout);
}
