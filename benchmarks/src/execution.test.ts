import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleBootstrap } from "@lucky/local/bundle";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Execution, execute } from "./execution.ts";

// It reads /proc, which only Linux has; `pnpm bench` says so elsewhere.
const onLinux = process.platform === "linux";

const folder = mkdtempSync(join(tmpdir(), "lucky-execution-"));
let runtimeClient: string;
beforeAll(async () => {
  runtimeClient = await bundleBootstrap(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function start(body: string): Promise<Execution> {
  writeFileSync(join(folder, "bundle.cjs"), `exports.handler = async (event) => { ${body} };`);
  return execute({ file: process.execPath, args: [runtimeClient] }, folder);
}

describe.runIf(onLinux)("a function in a process of its own", () => {
  test("answers one event after the other, and tells what it took", async () => {
    const execution = await start("return { doubled: event.number * 2 };");
    try {
      expect(JSON.parse(await execution.invoke('{"number":3}'))).toEqual({ doubled: 6 });
      const [cpuMs, initMs] = [execution.cpuMs(), execution.initMs()];
      expect(JSON.parse(await execution.invoke('{"number":4}'))).toEqual({ doubled: 8 });
      expect(cpuMs).toBeGreaterThan(0);
      expect(execution.cpuMs()).toBeGreaterThan(cpuMs);
      expect(execution.initMs()).toBe(initMs);
      expect(execution.peakMb()).toBeGreaterThan(10);
    } finally {
      await execution.stop();
    }
  });

  test("is no figure when it fails", async () => {
    const execution = await start("throw new RangeError('no');");
    await expect(execution.invoke("{}")).rejects.toThrow("RangeError");
    await execution.stop();
  });

  test("is no figure when it ends", async () => {
    const execution = await start("process.exit(3);");
    await expect(execution.invoke("{}")).rejects.toThrow("the process ended");
    await execution.stop();
  });
});
