import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readdirSync, readFileSync } from "node:fs";
import { HANDLER } from "@lucky/local/bundle";
import { type RuntimeApi, serveRuntimeApi } from "@lucky/local/runtime-api";
import { endWithThisProcess } from "./cleanup.ts";

/** How to start a function: by Node under AWS's runtime client, or as a program that has a client of its own. */
export type Command = { readonly file: string; readonly args: readonly string[] };

/** A function in a process of its own, fresh from the system, behind a Runtime API of its own. */
export type Execution = {
  /** Milliseconds from the start of the process until it asked for its first event; known after that event. */
  initMs(): number;
  /** Runs one event and gives its result, as JSON. Rejects if the function failed. */
  invoke(event: string): Promise<string>;
  /** CPU milliseconds that the process has used until now, in all of its threads. */
  cpuMs(): number;
  /** The most memory that it has had until now, in MB. */
  peakMb(): number;
  stop(): Promise<void>;
};

const FUNCTION_ARN = "arn:aws:lambda:us-east-1:123456789012:function:bench";
const LOG_FD = 3;

/** What the environment of a function has besides Lambda's own. */
export type Variables = Readonly<Record<string, string>>;

/** Starts a function; the bundle is in `taskRoot`. */
export async function execute(
  { file, args }: Command,
  taskRoot: string,
  variables: Variables = {},
): Promise<Execution> {
  const runtimeApi: RuntimeApi = await serveRuntimeApi();
  const started = performance.now();
  // Its log goes where Lambda's goes, to a descriptor of its own: setting up process.stdout would cost it 1 to 2 ms.
  const child = spawn(file, args, {
    cwd: taskRoot,
    env: { ...environmentVariables(taskRoot, runtimeApi.address), ...variables },
    stdio: ["ignore", "ignore", "inherit", nullDevice()],
  });
  endWithThisProcess(child);
  const ended = once(child, "exit").then(() => runtimeApi.fail("Runtime.ExitError", "the process ended"));
  let initMs: number | undefined;
  let count = 0;

  return {
    initMs: () => initMs ?? Number.NaN,
    async invoke(event) {
      const requestId = `00000000-0000-4000-8000-${String(++count).padStart(12, "0")}`;
      const invocation = { requestId, event, functionArn: FUNCTION_ARN, timeoutMs: 30_000 };
      const { payload, isFunctionError } = await runtimeApi.invoke(invocation, () => {
        initMs ??= performance.now() - started;
      });
      if (isFunctionError) throw new Error(`${taskRoot}: ${payload}`);
      return payload;
    },
    cpuMs: () => readCpuMs(child.pid),
    peakMb: () => readPeakMb(child.pid),
    async stop() {
      child.kill("SIGKILL");
      await ended;
      runtimeApi.close();
    },
  };
}

let device: number | undefined;

/** "ignore" would not open it for a descriptor above 2. */
function nullDevice(): number {
  device ??= openSync("/dev/null", "r+");
  return device;
}

function environmentVariables(taskRoot: string, runtimeApi: string): NodeJS.ProcessEnv {
  return {
    _HANDLER: HANDLER,
    _LAMBDA_TELEMETRY_LOG_FD: String(LOG_FD),
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "1024",
    AWS_LAMBDA_FUNCTION_NAME: "bench",
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_FORMAT: "JSON",
    AWS_LAMBDA_LOG_LEVEL: "INFO", // as prod has it
    AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/bench",
    AWS_LAMBDA_LOG_STREAM_NAME: "bench",
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_REGION: "us-east-1",
    LAMBDA_TASK_ROOT: taskRoot,
    NODE_ENV: "production",
    PATH: process.env.PATH,
    TZ: ":UTC",
  };
}

/** To the nanosecond, where /proc/PID/stat counts in hundredths of a second. Threads that have ended are left out. */
function readCpuMs(pid: number | undefined): number {
  const tasks = `/proc/${pid}/task`;
  const nanoseconds = readdirSync(tasks).map((task) =>
    Number(readFileSync(`${tasks}/${task}/schedstat`, "utf8").split(" ")[0]),
  );
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6;
}

function readPeakMb(pid: number | undefined): number {
  const [, kilobytes = ""] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}
