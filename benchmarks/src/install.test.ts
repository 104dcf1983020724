import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

/** Puts a program in the place of pnpm that notes how it is called and then does that. */
function replacePnpm(body = ""): void {
  const file = join(folder, "pnpm.mjs");
  const note = 'const words = process.argv.slice(2).join(" "); appendFileSync("calls", words + "\\n");';
  writeFileSync(file, `import { appendFileSync } from "node:fs"; ${note} ${body}`);
  vi.stubEnv("npm_execpath", file);
}

const calls = () =>
  existsSync(join(folder, "calls")) ? readFileSync(join(folder, "calls"), "utf8").trim().split("\n") : [];

async function installOnce(stop = new AbortController().signal): Promise<readonly string[]> {
  const notices: string[] = [];
  await install(folder, { stop, onNotice: (text) => notices.push(text) });
  return notices;
}

describe("installing what is compared", () => {
  test("happens once, offline where that works, and says so", async () => {
    replacePnpm();
    expect(await installOnce()).toEqual([expect.stringContaining(folder)]);
    expect(await installOnce()).toEqual([]);
    expect(calls()).toEqual(["install --frozen-lockfile --offline"]);
  });

  test("asks the registry for what the store lacks", async () => {
    replacePnpm('process.exitCode = words.includes("--offline") ? 1 : 0;');
    await installOnce();
    expect(calls()).toEqual(["install --frozen-lockfile --offline", "install --frozen-lockfile"]);
  });

  test.each(["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml"])(
    "happens again after an edit of %s",
    async (name) => {
      replacePnpm();
      await installOnce();
      writeFileSync(join(folder, name), "edited");
      expect(await installOnce()).toHaveLength(1);
    },
  );

  test("happens again after node_modules was removed", async () => {
    replacePnpm('import { mkdirSync } from "node:fs"; mkdirSync("node_modules", { recursive: true });');
    await installOnce();
    rmSync(join(folder, "node_modules"), { recursive: true });
    expect(await installOnce()).toHaveLength(1);
  });

  test("fails with pnpm's own words and what to do, and is tried again", async () => {
    replacePnpm('console.log("ERR_OF_PNPM"); process.exitCode = 1;');
    const failure = await installOnce().catch(({ message }: Error) => message);
    expect(failure).toContain("ERR_OF_PNPM");
    expect(failure).toContain(`pnpm --dir ${folder} install`);
    await expect(installOnce()).rejects.toThrow("ERR_OF_PNPM");
  });

  test("says how to bring pnpm where there is none", async () => {
    vi.stubEnv("npm_execpath", join(folder, "nowhere"));
    await expect(installOnce()).rejects.toThrow("npx -y pnpm bench");
  });

  test("ends pnpm when it is stopped, and does not count as installed", async () => {
    replacePnpm("setInterval(() => {}, 1000);");
    const stop = new AbortController();
    const stopped = expect(installOnce(stop.signal)).rejects.toThrow("Stopped.");
    await vi.waitUntil(() => calls().length > 0, { timeout: 30_000 });
    stop.abort();
    await stopped;
    replacePnpm();
    expect(await installOnce()).toHaveLength(1);
  });
});
