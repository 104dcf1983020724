import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { installOfflineFirst } from "./install.ts";
import { callsOfPnpm, replacePnpm } from "./testing.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lucky-install-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const calls = () => callsOfPnpm(folder);
const install = (stop = new AbortController().signal) =>
  installOfflineFirst(folder, ["--frozen-lockfile"], stop);

test("leaves the registry alone where the store has everything", async () => {
  replacePnpm(folder);
  expect(await install()).toMatchObject({ exitCode: 0 });
  expect(calls()).toEqual(["install --frozen-lockfile --offline"]);
});

test("asks the registry for what the store lacks", async () => {
  replacePnpm(folder, 'console.log(words); process.exitCode = words.includes("--offline") ? 1 : 0;');
  expect(await install()).toMatchObject({ stdout: "install --frozen-lockfile\n", exitCode: 0 });
  expect(calls()).toEqual(["install --frozen-lockfile --offline", "install --frozen-lockfile"]);
});

test("gives what pnpm printed and its exit code where the registry does not help either", async () => {
  replacePnpm(folder, 'console.log("ERR_OF_PNPM"); console.error("why"); process.exitCode = 7;');
  expect(await install()).toEqual({ stdout: "ERR_OF_PNPM\n", stderr: "why\n", exitCode: 7 });
});

test("rejects where there is no pnpm", async () => {
  vi.stubEnv("npm_execpath", join(folder, "nowhere"));
  await expect(install()).rejects.toThrow("ENOENT");
});

test("ends pnpm when it is stopped, and does not start it again", async () => {
  replacePnpm(folder, "setInterval(() => {}, 1000);");
  const stop = new AbortController();
  const stopped = expect(install(stop.signal)).rejects.toThrow("Stopped.");
  await vi.waitUntil(() => existsSync(join(folder, "calls")), { timeout: 30_000 });
  stop.abort();
  await stopped;
  expect(calls()).toHaveLength(1);
});
