import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { bundleBootstrap } from "./bundle.ts";
import { type Environment, startEnvironment } from "./environment.ts";
import { watchMemory } from "./process-memory.ts";

// What differs on macOS and Windows, run on whatever system this is: with real processes, but for Windows' taskkill.

const folder = mkdtempSync(join(tmpdir(), "lucky-platforms-"));
let runtimeClient: string;
beforeAll(async () => {
  runtimeClient = await bundleBootstrap(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(platform: NodeJS.Platform, body: string, timeoutSeconds = 10): Promise<Environment> {
  const taskRoot = mkdtempSync(join(folder, "function-"));
  writeFileSync(join(taskRoot, "bundle.cjs"), `exports.handler = async (event) => { ${body} };`);
  const options = { functionName: "test", taskRoot, runtimeClient, timeoutSeconds, memoryMegabytes: 128 };
  const environment = await startEnvironment({ ...options, logFormat: "json" }, platform);
  onTestFinished(() => environment.stop());
  return environment;
}

const HOARD = `const hoard = [];
  for (;;) { hoard.push(Buffer.alloc(8_000_000, 1)); await new Promise((resolve) => setTimeout(resolve, 10)); }`;

describe("where memory is read by a program", () => {
  test("a function that takes too much of it ends", async () => {
    const environment = await run("darwin", HOARD);
    const { payload } = await environment.invoke("{}");
    expect(JSON.parse(payload)).toMatchObject({ errorType: "Runtime.OutOfMemory" });
    expect(environment.isAlive()).toBe(false);
  });

  test("one program reads that of all processes, and none that has ended is told of", async () => {
    const child = (await run("linux", "return process.pid;")).invoke("{}");
    const pid = Number((await child).payload);
    const reads = { own: vi.fn(), child: vi.fn(), none: vi.fn() };
    const watches = [
      watchMemory(process.pid, reads.own, "darwin"),
      watchMemory(pid, reads.child, "darwin"),
      watchMemory(2 ** 30, reads.none, "darwin"),
    ];
    onTestFinished(() => {
      for (const each of watches) each.stop();
    });
    expect(watches.map((each) => each.peakMb())).toEqual([undefined, undefined, undefined]);
    await vi.waitFor(() => expect(reads.own).toHaveBeenCalled(), { timeout: 20_000 });
    expect([reads.child.mock.calls.length, reads.none.mock.calls.length]).toEqual([1, 0]);
    const { nowMb } = reads.own.mock.lastCall?.[0] ?? {};
    const { nowMb: sameMb } = await new Promise<{ nowMb: number }>((resolve) => {
      const watch = watchMemory(process.pid, resolve, "linux");
      watch.peakMb();
      watch.stop();
    });
    expect(Math.abs(nowMb - sameMb)).toBeLessThan(100);
  });
});

test.each(["darwin", "win32"] as const)(
  "on %s the client says how much memory it has had, with each result and each error",
  async (platform) => {
    const lie = `Object.defineProperty(process, "platform", { value: "${platform}" });`;
    const environment = await run(platform, `${lie} if (event === "fail") throw new Error("no");`);
    for (const event of ['"succeed"', '"fail"']) {
      expect((await environment.invoke(event)).report.maxMemoryUsedMb).toBeGreaterThan(20);
    }
  },
);

describe("on Windows", () => {
  /** Of one test: a program of the test before may still be about to write. */
  let own: string;
  let calls: string;
  beforeEach(() => {
    own = mkdtempSync(join(folder, "windows-"));
    calls = join(own, "calls");
    writeFileSync(calls, "");
    const program = join(own, "taskkill");
    writeFileSync(program, `#!/bin/sh\necho "$@" >> ${calls}\nkill -9 "$2"\n`);
    chmodSync(program, 0o755);
    vi.stubEnv("PATH", `${own}:${process.env.PATH}`);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
  });

  test("a function that runs out of time is ended by taskkill, with all that it has started", async () => {
    const environment = await run("win32", "if (event === 1) return process.pid; for (;;);", 1);
    const pid = (await environment.invoke("1")).payload;
    expect((await environment.invoke("2")).report.status).toBe("timeout");
    await environment.stop();
    expect(readFileSync(calls, "utf8")).toContain(`/pid ${pid} /t /f\n`);
  });

  test("it is ended without taskkill where there is none, which has ended by itself not at all", async () => {
    rmSync(join(own, "taskkill"));
    const environment = await run("win32", "for (;;);", 1);
    expect((await environment.invoke("1")).report.status).toBe("timeout");
    await environment.stop();
    const exiting = await run("win32", "process.exit(3);");
    expect(JSON.parse((await exiting.invoke("1")).payload).errorMessage).toContain("exit status 3");
    expect(readFileSync(calls, "utf8")).toBe("");
  });
});
