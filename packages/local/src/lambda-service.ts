import { mkdtempSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleBootstrap, bundleFunction } from "./bundle.ts";
import { createEnvironmentPool, type EnvironmentPool } from "./environment-pool.ts";
import type { Outcome } from "./runtime-api.ts";
import type { LambdaFunction } from "./workspace.ts";

const CONCURRENCY = 10;
/** SST's defaults for a function. */
const LIMITS = { timeoutSeconds: 20, memoryMegabytes: 1024 };

/** Lambda on this machine. */
export type LambdaService = {
  /** Runs one event (JSON) in the function of that name. Undefined when too many of its events are running. */
  invoke(functionName: string, event: string): Promise<Outcome | undefined>;
  /** Ends every process and removes the bundles. */
  stop(): void;
};

/** Bundles the functions, each for a process of its own that starts with its first event. Throws esbuild's BuildFailure. */
export async function startLambdaService(functions: readonly LambdaFunction[]): Promise<LambdaService> {
  const folder = mkdtempSync(join(tmpdir(), "lucky-lambda-"));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", removeFolder);

  const bootstrapBundled = bundleBootstrap(folder);
  const pools = new Map<string, EnvironmentPool>();
  await Promise.all(
    functions.map(async ({ name, entry }) => {
      const taskRoot = join(folder, name);
      await mkdir(taskRoot);
      await bundleFunction(entry, taskRoot);
      const options = { functionName: name, taskRoot, bootstrap: await bootstrapBundled, ...LIMITS };
      pools.set(name, createEnvironmentPool(options, CONCURRENCY));
    }),
  );

  return {
    invoke: async (functionName, event) => pools.get(functionName)?.invoke(event),
    stop() {
      for (const pool of pools.values()) pool.stop();
      removeFolder();
      process.off("exit", removeFolder);
    },
  };
}
