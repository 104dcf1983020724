import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { HANDLER } from "./bundle.ts";
import { type Outcome, serveRuntimeApi } from "./runtime-api.ts";

/** What an execution environment is made of. */
export type EnvironmentOptions = {
  readonly functionName: string;
  /** The folder that holds the bundle. */
  readonly taskRoot: string;
  /** The runtime client, as JavaScript. */
  readonly bootstrap: string;
  /** 1 to 900. */
  readonly timeoutSeconds: number;
  /** 128 to 10240. */
  readonly memoryMegabytes: number;
};

/** A process that runs one function, one event at a time, and stays for the next. */
export type Environment = {
  readonly options: EnvironmentOptions;
  /** Resolves however the invocation ends, even if the process dies of it; never rejects. */
  invoke(event: string): Promise<Outcome>;
  /** False once its process has ended, or has been told to. */
  isAlive(): boolean;
  stop(): void;
};

/** Starts an execution environment. What the function logs goes to stderr. */
export async function startEnvironment(options: EnvironmentOptions): Promise<Environment> {
  const { functionName, taskRoot, bootstrap, timeoutSeconds } = options;
  const runtimeApi = await serveRuntimeApi();
  const child = spawn(process.execPath, ["--enable-source-maps", bootstrap], {
    cwd: taskRoot,
    env: variablesOf(options, runtimeApi.address),
    stdio: ["ignore", 2, 2],
  });
  let requestId = "";
  let alive = true;

  child.once("error", (error) => end(error.message));
  child.once("exit", (code, signal) => end(signal ? `signal: ${signal}` : `exit status ${code}`));

  function end(reason: string): void {
    alive = false;
    runtimeApi.fail(
      "Runtime.ExitError",
      `RequestId: ${requestId} Error: Runtime exited with error: ${reason}`,
    );
    runtimeApi.close();
  }

  function stop(): void {
    alive = false;
    child.kill("SIGKILL");
  }

  return {
    options,
    stop,
    isAlive: () => alive,
    async invoke(event) {
      requestId = randomUUID();
      const timer = setTimeout(() => {
        const seconds = timeoutSeconds.toFixed(2);
        runtimeApi.fail(
          "Sandbox.Timedout",
          `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`,
        );
        stop();
      }, timeoutSeconds * 1000);
      const functionArn = `arn:aws:lambda:us-east-1:123456789012:function:${functionName}`;
      const deadline = Date.now() + timeoutSeconds * 1000;
      const outcome = await runtimeApi.invoke({ requestId, event, functionArn, deadline });
      clearTimeout(timer);
      return outcome;
    },
  };
}

/**
 * The variables that Lambda sets, and no others: a function that works here does not lean on what this machine has.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
function variablesOf(options: EnvironmentOptions, runtimeApi: string): NodeJS.ProcessEnv {
  const { functionName, taskRoot, memoryMegabytes } = options;
  return {
    _HANDLER: HANDLER,
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_FORMAT: "JSON",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `local/[$LATEST]${randomUUID().replaceAll("-", "")}`,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_REGION: "us-east-1",
    LAMBDA_TASK_ROOT: taskRoot,
    LANG: "en_US.UTF-8",
    PATH: process.env.PATH,
    TZ: ":UTC",
  };
}
