import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { installOfflineFirst } from "./install.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lucky-install-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Puts a program in the place of pnpm that notes how it is called and then does that. */
function replacePnpm(body = ""): void {
  const file = join(folder, "pnpm.mjs");
  const note = 'const words = process.argv.slice(2).join(" "); appendFileSync("calls", words + "\\n");';
  writeFileSync(file, `import { appendFileSync } from "node:fs"; ${note} ${body}`);
  vi.stubEnv("npm_execpath", file);
}

const calls = () => readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
const install = (stop = new AbortController().signal) =>
  installOfflineFirst(folder, ["--frozen-lockfile"], stop);

test("leaves the registry alone where the store has everything", async () => {
  replacePnpm();
  expect(await install()).toMatchObject({ exitCode: 0 });
  expect(calls()).toEqual(["install --frozen-lockfile --offline"]);
});

test("asks the registry for what the store lacks", async () => {
  replacePnpm('console.log(words); process.exitCode = words.includes("--offline") ? 1 : 0;');
  expect(await install()).toMatchObject({ stdout: "install --frozen-lockfile\n", exitCode: 0 });
  expect(calls()).toEqual(["install --frozen-lockfile --offline", "install --frozen-lockfile"]);
});

test("gives what pnpm printed and its exit code where the registry does not help either", async () => {
  replacePnpm('console.log("ERR_OF_PNPM"); console.error("why"); process.exitCode = 7;');
  expect(await install()).toEqual({ stdout: "ERR_OF_PNPM\n", stderr: "why\n", exitCode: 7 });
});

test("rejects where there is no pnpm", async () => {
  vi.stubEnv("npm_execpath", join(folder, "nowhere"));
  await expect(install()).rejects.toThrow("ENOENT");
});

test("ends pnpm when it is stopped, and does not start it again", async () => {
  replacePnpm("setInterval(() => {}, 1000);");
  const stop = new AbortController();
  const stopped = expect(install(stop.signal)).rejects.toThrow("Stopped.");
  await vi.waitUntil(() => existsSync(join(folder, "calls")), { timeout: 30_000 });
  stop.abort();
  await stopped;
  expect(calls()).toHaveLength(1);
});
