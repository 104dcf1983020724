import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { LambdaFunction } from "@lucky/application/application";
import type { Limits } from "@lucky/application/limits";
import type { Variables } from "@lucky/application/variables";
import { bundleFunction } from "./bundle.ts";
import { explainWriteError, makeReadOnly, removeBundleFolder } from "./bundle-folder.ts";
import type { InvocationResult } from "./environment.ts";
import type { EnvironmentOptions } from "./environment-options.ts";
import { createEnvironmentPool, type EnvironmentPool } from "./environment-pool.ts";
import { watchFiles } from "./file-watch.ts";

/** Whoever runs an older one has loaded it long ago. */
const KEPT_BUNDLES = 20;
/** An editor may write a file in several steps; they become one build. */
const SETTLING_MS = 10;

export type RunningFunction = {
  invoke(event: string, requestId?: string): Promise<InvocationResult | "throttled">;
  stop(): void;
};

export type RunningFunctionOptions = Omit<
  EnvironmentOptions,
  "functionName" | "taskRoot" | "variables" | keyof Limits
> & {
  /** Where its bundles go. */
  readonly folder: string;
  readonly concurrency: number;
  /** Asked for the function's own at every build; none unless given. */
  readonly variablesOf?: (functionName: string) => Promise<Variables>;
  /** Told of what the bundler warns of. */
  readonly onWarning?: (warning: string) => void;
  /** Told of every new bundle, and why there is none; without it, sources are not watched. */
  readonly onBuild?: (build: Build) => void;
};

export type Build = { readonly functionName: string; readonly milliseconds: number; readonly error?: Error };

/** Bundles a function and runs it; while its sources are watched, always the last bundle that could be made. */
export async function runFunction(
  { name, entry, limits, bundling }: LambdaFunction,
  { folder, concurrency, variablesOf, onWarning, onBuild, ...options }: RunningFunctionOptions,
): Promise<RunningFunction> {
  let version = 0;
  const taskRoots: string[] = [];
  let building: Promise<void> | undefined;
  let isSettling = false;
  let isStopped = false;
  let lastFailed = false;

  async function build(): Promise<{ options: EnvironmentOptions; inputs: readonly string[] }> {
    version++;
    const variables = await variablesOf?.(name);
    const taskRoot = join(folder, name, String(version));
    await mkdir(taskRoot, { recursive: true });
    const { inputs, warnings } = await bundleFunction(entry, taskRoot, bundling).catch((error) => {
      removeBundleFolder(taskRoot);
      throw explainWriteError(error);
    });
    for (const warning of warnings) onWarning?.(warning);
    await makeReadOnly(taskRoot);
    taskRoots.push(taskRoot);
    for (const old of taskRoots.splice(0, taskRoots.length - KEPT_BUNDLES)) removeBundleFolder(old);
    const own = { functionName: name, taskRoot, ...(variables && { variables }), ...limits };
    return { options: { ...own, ...options }, inputs };
  }

  const first = await build();
  const pool: EnvironmentPool = createEnvironmentPool(first.options, concurrency);
  const sources = watchFiles((isInput) => {
    // What was missing may lie beside what was found, so after a failure any change is worth a try.
    if (!isInput && !lastFailed) return;
    if (isSettling) return;
    isSettling = true;
    building = Promise.all([building, delay(SETTLING_MS)]).then(rebuild);
  });
  if (onBuild) sources.set(first.inputs);

  async function rebuild(): Promise<void> {
    isSettling = false; // from here on, an edit needs another build
    if (isStopped) return;
    const started = performance.now();
    const report = (error?: Error) => {
      lastFailed = error !== undefined;
      onBuild?.({ functionName: name, milliseconds: performance.now() - started, ...(error && { error }) });
    };
    try {
      const { options, inputs } = await build();
      sources.set(inputs);
      pool.use(options);
      report();
    } catch (error) {
      report(error instanceof Error ? error : new Error(String(error)));
    }
  }

  return {
    async invoke(event, requestId) {
      if (sources.hasLost()) building = Promise.resolve(building).then(rebuild); // which watches it again
      await building; // the first request after an edit is not for the code before it
      return pool.invoke(event, requestId);
    },
    stop() {
      isStopped = true;
      sources.close();
      pool.stop();
    },
  };
}
