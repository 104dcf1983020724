import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { LambdaFunction } from "@lucky/application/application";
import { ApplicationError } from "@lucky/application/application-error";
import type { Limits } from "@lucky/application/limits";
import type { ListedUses } from "@lucky/application/listed-uses";
import { createLookups } from "@lucky/application/module-lookups";
import { VARIABLE_FILES, type Variables } from "@lucky/application/variables";
import { BuildError } from "./build-error.ts";
import type { InvocationResult } from "./environment.ts";
import type { EnvironmentOptions } from "./environment-options.ts";
import { createEnvironmentPool, type EnvironmentPool } from "./environment-pool.ts";
import { watchPaths } from "./file-watch.ts";
import type { InvokeOptions } from "./invoke-options.ts";
import { createRerun } from "./rerun.ts";
import { createTaskRoots } from "./task-roots.ts";

/** A function as Lambda knows it, which never sees its contract. */
export type FunctionCode = Omit<LambdaFunction, "contract"> & {
  /** What it uses, if that is known: with it, its variables change. */
  readonly uses?: ListedUses;
};

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
  const { name } = code;
  const root = resolve(code.entry, "../../../.."); // it is functions/<name>/src/handler.ts
  const taskRoots = createTaskRoots(join(folder, name));
  let current = code;
  let pool: EnvironmentPool | undefined;
  let latest: EnvironmentOptions | undefined;
  let failure: unknown;
  let dependsOn: ReadonlySet<string> = new Set();
  let isIdle = false;
  const rebuilding = createRerun(rebuild);
  const sources = watchPaths(root, rebuilding.request);

  async function build(): Promise<void> {
    const since = Date.now();
    const lookups = createLookups(root);
    if (variablesOf) for (const file of VARIABLE_FILES) lookups.paths.add(join(root, file));
    const made = await makeOptions().catch(toError);
    dependsOn = made instanceof Error ? new Set([...dependsOn, ...lookups.paths]) : lookups.paths;
    if (onBuild && !isIdle && sources.set(dependsOn, since)) return await build();
    if (made instanceof Error) throw made;
    use(made);

    async function makeOptions(): Promise<EnvironmentOptions> {
      const variables = await variablesOf?.(name);
      const { taskRoot, warnings } = await taskRoots.make(current, lookups);
      for (const warning of warnings) onWarning?.(warning);
      const own = { functionName: name, taskRoot, ...(variables && { variables }), ...current.limits };
      return { ...own, ...options };
    }
  }

  function use(made: EnvironmentOptions): void {
    latest = made;
    if (pool) pool.use(made);
    else pool = createEnvironmentPool(made, concurrency);
  }

  async function rebuild(): Promise<void> {
    if (isIdle) return;
    const started = performance.now();
    failure = await build().catch(toError);
    onBuild?.({
      functionName: name,
      milliseconds: performance.now() - started,
      ...(failure instanceof Error && { error: failure }),
      ...(pool === undefined && { hasNone: true }),
    });
  }

  /** A cleaner of temporary folders may have taken the bundle, or there was no room for it. */
  function isMissing(): boolean {
    if (failure instanceof BuildError || failure instanceof ApplicationError) return false; // until an edit
    return failure !== undefined || latest === undefined || !existsSync(join(latest.taskRoot, "bundle.cjs"));
  }

  const ready = build().catch((error) => {
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
      const partsOf = ({ limits, bundling, uses }: FunctionCode) => [limits, bundling, uses];
      const isSame = isDeepStrictEqual(partsOf(current), partsOf(next));
      if (isSame && !isIdle) return;
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
