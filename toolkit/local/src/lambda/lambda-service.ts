import type { LambdaFunction } from "@lucky/application/application";
import type { Variables } from "@lucky/application/variables";
import { describeAccess } from "./aws-access.ts";
import { buildAwsRuntimeClient } from "./aws-runtime-client.ts";
import { bundleBootstrap } from "./bundle.ts";
import { explainWriteError, makeBundleFolder, removeBundleFolder } from "./bundle-folder.ts";
import { checkDebugPorts } from "./debug-ports.ts";
import type { InvocationResult } from "./environment.ts";
import { type Build, type RunningFunction, runFunction } from "./lambda-function.ts";
import type { LogFormat } from "./platform-log.ts";
import { startWarden, type Warden } from "./warden.ts";

export const DEFAULT_CONCURRENCY = 10;
/** Of an event: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_EVENT_BYTES = 6 * 1024 * 1024;

export type LambdaOptions = {
  /** How many environments a function has at most. */
  readonly concurrency?: number;
  readonly logFormat?: LogFormat;
  /** Gives the variables of a function, of its own; asked again after an edit. */
  readonly variablesOf?: (functionName: string) => Promise<Variables>;
  /** Whether functions have this shell's region, profile and credentials: told by onNotice. Nobody's otherwise. */
  readonly hasAwsAccess?: boolean;
  /** Whether the functions run under AWS's own runtime client, aws-lambda-ric, and not under this package's. */
  readonly ric?: boolean;
  /** Where debuggers attach: the first function has this port, each other the next. One environment each, then. */
  readonly inspect?: { readonly port: number; readonly waits: boolean };
  /** Told of every new bundle after an edit, and why there is none; without it, sources are not watched. */
  readonly onBuild?: (build: Build) => void;
  /** Told of what takes long, what the bundler warns of, and what Node's inspector says. */
  readonly onNotice?: (notice: string) => void;
};

/** Why Lambda does not take an event. */
export type Rejection = "throttled" | "event-too-large";

/** Lambda on this machine. */
export type LambdaService = {
  /** Runs one event (JSON) in the function of that name; the invocation has a new id unless it is given. */
  invoke(functionName: string, event: string, requestId?: string): Promise<InvocationResult | Rejection>;
  /** Ends every process and removes the bundles. */
  stop(): void;
};

/**
 * Bundles the functions, each for processes of its own that start with its first events. Throws a BuildError, or an
 * error that says why there is no room for bundles, or which port a debugger cannot have.
 */
export async function startLambdaService(
  functions: readonly LambdaFunction[],
  {
    concurrency = DEFAULT_CONCURRENCY,
    logFormat = "json",
    variablesOf,
    hasAwsAccess = false,
    ric,
    inspect,
    onBuild,
    onNotice,
  }: LambdaOptions = {},
): Promise<LambdaService> {
  const notice = onNotice ?? (() => {});
  if (hasAwsAccess) notice(describeAccess());
  if (inspect) await checkDebugPorts(inspect.port, functions.length);
  const awsClient = ric && (await buildAwsRuntimeClient(notice));
  const folder = makeBundleFolder();
  const removeFolder = () => removeBundleFolder(folder);
  process.once("exit", removeFolder);
  let warden: Warden | undefined;

  const running = new Map<string, RunningFunction>();
  function stop(): void {
    for (const each of running.values()) each.stop();
    removeFolder();
    process.off("exit", removeFolder);
    warden?.end();
  }

  try {
    warden = await startWarden(folder);
    const runtimeClient = awsClient || (await bundleBootstrap(folder));
    const isAwsClient = ric === true;
    const given = { ...(variablesOf && { variablesOf }), ...(onBuild && { onBuild }) };
    const made = { folder, runtimeClient, isAwsClient, warden };
    const shared = { ...made, logFormat, hasAwsAccess, onWarning: notice, ...given };
    const started = await Promise.allSettled(
      functions.map(async (each, index) => {
        const onNotice = (text: string) => notice(`${each.name}: ${text}`);
        const debug = inspect && { inspect: { ...inspect, port: inspect.port + index, onNotice } };
        const options = {
          ...shared,
          concurrency: inspect ? 1 : concurrency,
          ...debug,
        };
        running.set(each.name, await runFunction(each, options));
      }),
    );
    for (const each of started) if (each.status === "rejected") throw each.reason;
  } catch (error) {
    stop();
    throw explainWriteError(error);
  }

  return {
    stop,
    async invoke(functionName, event, requestId) {
      const each = running.get(functionName);
      if (each === undefined) throw new Error(`there is no function ${functionName}`);
      return Buffer.byteLength(event) > MAX_EVENT_BYTES ? "event-too-large" : each.invoke(event, requestId);
    },
  };
}
