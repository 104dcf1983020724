import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callsOfPnpm, replacePnpm } from "@lucky/command/testing";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { install } from "./install.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lucky-install-"));
  for (const name of ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml"])
    writeFileSync(join(folder, name), "");
  mkdirSync(join(folder, "node_modules"));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
});

const calls = () => callsOfPnpm(folder);

async function installOnce(stop = new AbortController().signal): Promise<readonly string[]> {
  const notices: string[] = [];
  await install(folder, { what: "the libraries", stop, onNotice: (text) => notices.push(text) });
  return notices;
}

describe("installing what is compared", () => {
  test("happens once, offline where that works, and says so", async () => {
    replacePnpm(folder);
    expect(await installOnce()).toEqual([expect.stringContaining(folder)]);
    expect(await installOnce()).toEqual([]);
    expect(calls()).toEqual(["install --frozen-lockfile --offline"]);
  });

  test("asks the registry for what the store lacks", async () => {
    replacePnpm(folder, 'process.exitCode = words.includes("--offline") ? 1 : 0;');
    await installOnce();
    expect(calls()).toEqual(["install --frozen-lockfile --offline", "install --frozen-lockfile"]);
  });

  test.each(["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml"])(
    "happens again after an edit of %s",
    async (name) => {
      replacePnpm(folder);
      await installOnce();
      writeFileSync(join(folder, name), "edited");
      expect(await installOnce()).toHaveLength(1);
    },
  );

  test("happens again after node_modules was removed", async () => {
    replacePnpm(
      folder,
      'import { mkdirSync } from "node:fs"; mkdirSync("node_modules", { recursive: true });',
    );
    await installOnce();
    rmSync(join(folder, "node_modules"), { recursive: true });
    expect(await installOnce()).toHaveLength(1);
  });

  test("fails with pnpm's own words and what to do, and is tried again", async () => {
    replacePnpm(folder, 'console.log("ERR_OF_PNPM"); process.exitCode = 1;');
    const failure = await installOnce().catch(({ message }: Error) => message);
    expect(failure).toContain("ERR_OF_PNPM");
    expect(failure).toContain(`pnpm --dir ${folder} install`);
    await expect(installOnce()).rejects.toThrow("ERR_OF_PNPM");
  });

  test("says how to bring pnpm where there is none", async () => {
    vi.stubEnv("npm_execpath", join(folder, "nowhere"));
    await expect(installOnce()).rejects.toThrow("npx -y pnpm");
  });

  test("ends pnpm when it is stopped, and does not count as installed", async () => {
    replacePnpm(folder, "setInterval(() => {}, 1000);");
    const stop = new AbortController();
    const stopped = expect(installOnce(stop.signal)).rejects.toThrow("Stopped.");
    await vi.waitUntil(() => calls().length > 0, { timeout: 30_000 });
    stop.abort();
    await stopped;
    replacePnpm(folder);
    expect(await installOnce()).toHaveLength(1);
  });
});
