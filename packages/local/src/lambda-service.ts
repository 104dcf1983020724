import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleBootstrap } from "./bundle.ts";
import type { Outcome } from "./environment.ts";
import { type Build, type RunningFunction, runFunction } from "./lambda-function.ts";
import type { LambdaFunction } from "./workspace.ts";

export const DEFAULT_CONCURRENCY = 10;
/** SST's defaults for a function. */
const LIMITS = { timeoutSeconds: 20, memoryMegabytes: 1024 };

export type LambdaOptions = {
  /** How many environments a function has at most. */
  readonly concurrency?: number;
  /** Told of every new bundle after an edit, and why there is none; without it, sources are not watched. */
  readonly onBuild?: (build: Build) => void;
};

/** Lambda on this machine. */
export type LambdaService = {
  /** Runs one event (JSON) in the function of that name. Undefined when too many of its events are running. */
  invoke(functionName: string, event: string): Promise<Outcome | undefined>;
  /** Ends every process and removes the bundles. */
  stop(): void;
};

/** Bundles the functions, each for processes of its own that start with its first events. Throws a BuildError. */
export async function startLambdaService(
  functions: readonly LambdaFunction[],
  { concurrency = DEFAULT_CONCURRENCY, onBuild }: LambdaOptions = {},
): Promise<LambdaService> {
  const folder = mkdtempSync(join(tmpdir(), "lucky-lambda-"));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  process.once("exit", removeFolder);

  const running = new Map<string, RunningFunction>();
  function stop(): void {
    for (const each of running.values()) each.stop();
    removeFolder();
    process.off("exit", removeFolder);
  }

  const bootstrap = await bundleBootstrap(folder);
  const options = { ...LIMITS, folder, bootstrap, concurrency, ...(onBuild && { onBuild }) };
  const started = await Promise.allSettled(
    functions.map(async (each) => running.set(each.name, await runFunction(each, options))),
  );
  for (const each of started) {
    if (each.status === "fulfilled") continue;
    stop();
    throw each.reason;
  }

  return {
    stop,
    async invoke(functionName, event) {
      const each = running.get(functionName);
      if (each === undefined) throw new Error(`there is no function ${functionName}`);
      return each.invoke(event);
    },
  };
}
