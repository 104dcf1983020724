import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { findRoot } from "@lucky/application/application";
import { type Ended, endOf } from "@lucky/command/child-process";
import { pnpm } from "@lucky/command/pnpm";
import { linkTree } from "@lucky/offline/link-tree";
import type { Copy } from "@lucky/scaffold/testing";
import { expect } from "vitest";

export const MINUTES = 60_000;

/** No way to a registry: nobody listens at that proxy. */
export const OFFLINE: NodeJS.ProcessEnv = Object.fromEntries(
  [
    "http_proxy",
    "https_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "npm_config_proxy",
    "npm_config_https_proxy",
  ].map((name) => [name, "http://127.0.0.1:9"]),
);

/** Starts pnpm in a copy, as from a terminal, in a process group of its own. */
export function startPnpm(
  { root }: Copy,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): ChildProcess {
  const command = pnpm(words);
  return spawn(command.file, command.words, {
    cwd: root,
    env: { ...ownEnvironment(), CI: "true", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
}

/** Runs pnpm in a copy, and gives what it printed. Throws an error with that where it fails. */
export async function runPnpm(
  copy: Copy,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<string> {
  const ended = withoutCounts(await endOf(startPnpm(copy, words, environment)));
  if (ended.exitCode === 0) return ended.stdout;
  throw new Error(`pnpm ${words.join(" ")} ended with ${ended.exitCode}:\n${ended.stdout}${ended.stderr}`);
}

/** Installs a copy from its lockfile, with all that its tests would bring from a registry. */
export async function install(copy: Copy): Promise<void> {
  const root = findRoot();
  if (/[\\/]\.offline[\\/]/.test(root)) throw new Error("this test would copy its own copy, without an end");
  if (existsSync(join(root, ".sst/provider-lock.json"))) {
    linkTree(join(root, ".sst/platform"), copy.path(".sst/platform"));
    cpSync(join(root, ".sst/provider-lock.json"), copy.path(".sst/provider-lock.json"));
  }
  await runPnpm(copy, ["install", "--frozen-lockfile", "--offline"]);
}

/** Its tests, the offline deploy among them, of each function too, and its checks. */
export async function testsAndChecks(copy: Copy): Promise<void> {
  const tested = await runPnpm(copy, ["test"]);
  expect(tested).not.toContain("WARN");
  for (const name of readdirSync(copy.path("functions")))
    expect(tested).toContain(`/function-${name}:test: `);
  expect(tested).toContain("/infra:test: ");
  expect(await runPnpm(copy, ["check"])).not.toContain("WARN");
}

/** Without the lines that continuous integration adds up. */
function withoutCounts({ stdout, stderr, exitCode }: Ended): Ended {
  const [said = "", complained = ""] = [stdout, stderr].map((text) =>
    text.replaceAll(/^.* Tests .*\n/gm, ""),
  );
  return { stdout: said, stderr: complained, exitCode };
}

/** Without what pnpm, turbo and vitest add for what they start. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const added = /^(?:TURBO_|VITEST|TEST$|NODE_ENV$|DEV$|PROD$|MODE$|SSR$|BASE_URL$|pnpm_config_verify)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !added.test(name)));
}
