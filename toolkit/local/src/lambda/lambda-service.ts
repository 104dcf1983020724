import { existsSync, mkdirSync } from "node:fs";
import type { Variables } from "@lucky/application/variables";
import { type AwsEndpoint, startAwsEndpoint } from "../aws/aws-endpoint.ts";
import type { AwsService } from "../aws/aws-service.ts";
import { type ApiInvocation, createInvokeApi } from "../aws/invoke-api.ts";
import { describeAccess } from "./aws-access.ts";
import { buildAwsRuntimeClient } from "./aws-runtime-client.ts";
import { bundleBootstrap } from "./bundle.ts";
import { explainWriteError, makeBundleFolder, removeBundleFolder } from "./bundle-folder.ts";
import { checkDebugPorts } from "./debug-ports.ts";
import type { InvocationResult } from "./environment.ts";
import { type InvokeOptions, MAX_EVENT_BYTES, type Rejection } from "./invoke-options.ts";
import { type Build, type FunctionCode, type RunningFunction, runFunction } from "./lambda-function.ts";
import type { LogFormat } from "./platform-log.ts";
import { holdFolder } from "./stale-folders.ts";
import { startWarden, type Warden } from "./warden.ts";

export const DEFAULT_CONCURRENCY = 10;

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
  /** Services of AWS on this machine, for functions without AWS access, by the name that a signature has for them. */
  readonly services?: Readonly<Record<string, AwsService>>;
  /** Functions that are bundled when another one calls them. */
  readonly others?: readonly FunctionCode[];
  /** Told of each invocation that a function, an SDK or a command line asks for by Lambda's own API. */
  readonly onInvocation?: (invocation: ApiInvocation) => void;
  /** Told of what takes long, what the bundler warns of, and what Node's inspector says. */
  readonly onNotice?: (notice: string) => void;
};

/** Lambda on this machine. */
export type LambdaService = {
  /** Runs one event (JSON) in the function of that name; the invocation has a new id unless it is given. */
  invoke(functionName: string, event: string, options?: InvokeOptions): Promise<InvocationResult | Rejection>;
  /** Ends every process and removes the bundles. */
  stop(): void;
};

/** A service whose functions change while it runs. */
export type LiveLambdaService = LambdaService & {
  /** `invoke` as AWS has it, by HTTP. */
  readonly invokeApi: AwsService;
  /** From now on, these are the functions. Of one that cannot be bundled `onBuild` is told; it is there, and fails. */
  update(functions: readonly FunctionCode[]): Promise<void>;
};

/**
 * Bundles the functions, each for processes of its own that start with its first events. Throws a BuildError, or an
 * error that says why there is no room for bundles, or which port a debugger cannot have.
 */
export async function startLambdaService(
  functions: readonly FunctionCode[],
  {
    concurrency = DEFAULT_CONCURRENCY,
    logFormat = "json",
    variablesOf,
    hasAwsAccess = false,
    ric,
    inspect,
    onBuild,
    services,
    others = [],
    onInvocation,
    onNotice,
  }: LambdaOptions = {},
): Promise<LiveLambdaService> {
  const notice = onNotice ?? (() => {});
  if (hasAwsAccess) notice(describeAccess());
  if (inspect) await checkDebugPorts(inspect.port, functions.length);
  const awsClient = ric && (await buildAwsRuntimeClient(notice));
  const folder = makeBundleFolder();
  const removeFolder = () => removeBundleFolder(folder);
  process.once("exit", removeFolder);
  let warden: Warden | undefined;
  let endpoint: AwsEndpoint | undefined;

  const running = new Map<string, RunningFunction>();
  function stop(): void {
    for (const each of running.values()) each.stop();
    removeFolder();
    process.off("exit", removeFolder);
    warden?.end();
    endpoint?.close();
  }

  let runtimeClient = "";
  async function provideRuntimeClient(): Promise<void> {
    runtimeClient = awsClient || (await bundleBootstrap(folder));
  }

  /** A cleaner of temporary folders may take what is in use, and the folder with it. */
  async function restoreFolder(): Promise<void> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await holdFolder(folder);
    await provideRuntimeClient();
  }

  function add(code: FunctionCode): RunningFunction {
    const onNotice = (text: string) => notice(`${code.name}: ${text}`);
    const started = runFunction(code, {
      folder,
      runtimeClient,
      isAwsClient: ric === true,
      ...(warden && { warden }),
      logFormat,
      hasAwsAccess,
      ...(endpoint && { awsEndpoint: endpoint.url }),
      onWarning: notice,
      ...(variablesOf && { variablesOf }),
      concurrency: inspect ? 1 : concurrency,
      ...(inspect && { inspect: { ...inspect, port: inspect.port + running.size, onNotice } }),
      ...(onBuild && { onBuild }),
    });
    running.set(code.name, started);
    return started;
  }

  async function addLater(code: FunctionCode): Promise<void> {
    const { name: functionName } = code;
    await add(code).ready.catch((error) =>
      onBuild?.({ functionName, milliseconds: 0, error, hasNone: true }),
    );
  }

  async function invoke(
    name: string,
    event: string,
    given?: InvokeOptions,
  ): Promise<InvocationResult | Rejection> {
    const other = others.find((each) => each.name === name);
    if (other && !running.has(name)) await add(other).ready;
    const each = running.get(name);
    if (each === undefined) throw new Error(`there is no function ${name}`);
    if (Buffer.byteLength(event) > MAX_EVENT_BYTES) return "event-too-large";
    if (!existsSync(runtimeClient)) await restoreFolder();
    return each.invoke(event, given);
  }

  /** What was removed is still there for requests that came before. */
  const removed = new Set<string>();
  const names = () =>
    [...running.keys(), ...others.map(({ name }) => name)].filter((name) => !removed.has(name));
  const invokeApi = createInvokeApi({ invoke, names, ...(onInvocation && { onInvocation }) });

  try {
    warden = await startWarden(folder);
    if (!hasAwsAccess) endpoint = await startAwsEndpoint({ ...services, lambda: invokeApi });
    await provideRuntimeClient();
    const started = await Promise.allSettled(functions.map((code) => add(code).ready));
    for (const each of started) if (each.status === "rejected") throw each.reason;
  } catch (error) {
    stop();
    throw explainWriteError(error);
  }

  return {
    stop,
    invoke,
    invokeApi,
    async update(wanted) {
      const kept = new Set(wanted.map(({ name }) => name));
      for (const [name, each] of running) {
        if (kept.has(name)) continue;
        removed.add(name);
        each.retire();
      }
      const added = wanted.filter(({ name }) => !running.has(name));
      for (const code of wanted) {
        removed.delete(code.name);
        running.get(code.name)?.use(code);
      }
      await Promise.all(added.map(addLater));
    },
  };
}
