import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { LambdaFunction } from "@lucky/application/application";
import { ApplicationError } from "@lucky/application/application-error";
import type { Limits } from "@lucky/application/limits";
import { createLookups, type Lookups } from "@lucky/application/module-lookups";
import { VARIABLE_FILES, type Variables } from "@lucky/application/variables";
import { BuildError } from "./build-error.ts";
import { bundleFunction } from "./bundle.ts";
import { explainWriteError, makeReadOnly, removeBundleFolder } from "./bundle-folder.ts";
import type { InvocationResult } from "./environment.ts";
import type { EnvironmentOptions } from "./environment-options.ts";
import { createEnvironmentPool, type EnvironmentPool } from "./environment-pool.ts";
import { watchPaths } from "./file-watch.ts";
import type { InvokeOptions } from "./invoke-options.ts";
import { createRerun } from "./rerun.ts";

/** Whoever runs an older one has loaded it long ago. */
const KEPT_BUNDLES = 20;

/** A function as Lambda knows it, which never sees its contract. */
export type FunctionCode = Omit<LambdaFunction, "contract">;

export type RunningFunction = {
  /** Rejects where it has no code to run yet: with a BuildError, or why there is no room for it. */
  readonly ready: Promise<void>;
  /** Rejects where it has no code to run. */
  invoke(event: string, options?: InvokeOptions): Promise<InvocationResult | "throttled">;
  /** From now on it is this: with other limits, say. */
  use(code: FunctionCode): void;
  /** Nobody is to call it any more: it finishes what it runs, and is not built again until it is used. */
  retire(): void;
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

export type Build = {
  readonly functionName: string;
  readonly milliseconds: number;
  readonly error?: Error;
  /** Whether there is no bundle at all, not even an older one. */
  readonly hasNone?: true;
};

/**
 * Bundles a function and runs it; while what its bundle depends on is watched, always the last bundle that could be made.
 *
 *     const running = runFunction(greet, { folder, runtimeClient, logFormat: "json", concurrency: 10 });
 *     await running.ready;
 *     await running.invoke("{}");
 */
export function runFunction(
  code: FunctionCode,
  { folder, concurrency, variablesOf, onWarning, onBuild, ...options }: RunningFunctionOptions,
): RunningFunction {
  const { name, entry } = code;
  const root = resolve(entry, "../../../.."); // it is functions/<name>/src/handler.ts
  let current = code;
  let version = 0;
  let pool: EnvironmentPool | undefined;
  let latest: EnvironmentOptions | undefined;
  let failure: unknown;
  let dependsOn: ReadonlySet<string> = new Set();
  let isIdle = false;
  const taskRoots: string[] = [];
  const rebuilding = createRerun(rebuild);
  const sources = watchPaths(root, rebuilding.request);

  async function bundle(): Promise<void> {
    const since = Date.now();
    const lookups = createLookups(root);
    for (const file of VARIABLE_FILES) lookups.paths.add(join(root, file));
    const made = await make(lookups).catch(toError);
    dependsOn = made instanceof Error ? new Set([...dependsOn, ...lookups.paths]) : lookups.paths;
    if (onBuild && !isIdle && sources.set(dependsOn, since)) return await bundle();
    if (made instanceof Error) throw made;
    use({ functionName: name, ...made, ...current.limits, ...options });
  }

  async function make(lookups: Lookups): Promise<Pick<EnvironmentOptions, "taskRoot" | "variables">> {
    const variables = await variablesOf?.(name);
    return { taskRoot: await makeTaskRoot(lookups), ...(variables && { variables }) };
  }

  async function makeTaskRoot(lookups: Lookups): Promise<string> {
    const taskRoot = join(folder, name, String(++version));
    try {
      await mkdir(taskRoot, { recursive: true });
      const { inputs, warnings } = await bundleFunction(entry, taskRoot, current.bundling, lookups);
      for (const input of inputs) lookups.paths.add(input); // and the files that are copied
      for (const warning of warnings) onWarning?.(warning);
      await makeReadOnly(taskRoot);
    } catch (error) {
      removeBundleFolder(taskRoot);
      throw explainWriteError(error);
    }
    taskRoots.push(taskRoot);
    for (const old of taskRoots.splice(0, taskRoots.length - KEPT_BUNDLES)) removeBundleFolder(old);
    return taskRoot;
  }

  function use(made: EnvironmentOptions): void {
    latest = made;
    if (pool) pool.use(made);
    else pool = createEnvironmentPool(made, concurrency);
  }

  async function rebuild(): Promise<void> {
    if (isIdle) return;
    const started = performance.now();
    failure = await bundle().catch((error) => error);
    onBuild?.({
      functionName: name,
      milliseconds: performance.now() - started,
      ...(failure !== undefined && { error: toError(failure) }),
      ...(pool === undefined && { hasNone: true }),
    });
  }

  /** A cleaner of temporary folders may have taken the bundle, or there was no room for it. */
  function isMissing(): boolean {
    if (failure instanceof BuildError || failure instanceof ApplicationError) return false; // until an edit
    return failure !== undefined || latest === undefined || !existsSync(join(latest.taskRoot, "bundle.cjs"));
  }

  const ready = bundle().catch((error) => {
    failure = error;
    throw error;
  });
  return {
    ready,
    async invoke(event, given) {
      await rebuilding.settled(); // the first request after an edit is not for the code before it
      if (isMissing()) {
        rebuilding.request();
        await rebuilding.settled();
      }
      if (pool === undefined)
        throw new Error(`${name} has no code to run: what is wrong with it stands above`);
      return pool.invoke(event, given);
    },
    use(next) {
      if (!isIdle && isDeepStrictEqual(current, next)) return;
      current = next;
      isIdle = false;
      rebuilding.request();
    },
    retire() {
      isIdle = true;
      sources.close();
      if (latest) use({ ...latest }); // those that wait for events end
    },
    stop() {
      isIdle = true;
      sources.close();
      pool?.stop();
    },
  };
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
