import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { environmentVariables } from "./environment-variables.ts";
import { readMemory } from "./process-memory.ts";
import type { Report } from "./report.ts";
import { type Settled, serveRuntimeApi } from "./runtime-api.ts";

/** Lambda's own, for the time before the first event. */
const INIT_TIMEOUT_MS = 10_000;
const MEMORY_CHECK_MS = 100;

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

/** How an invocation ends: what Lambda's Invoke call gives back, and what its log gets. */
export type Outcome = Settled & {
  /** What the function wrote, in order, line by line. */
  readonly logs: readonly string[];
  readonly report: Report;
  /** Which environment it was, counted from 1 in this process. */
  readonly environment: number;
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

let count = 0;

/** Starts an execution environment. */
export async function startEnvironment(options: EnvironmentOptions): Promise<Environment> {
  const { functionName, taskRoot, bootstrap, timeoutSeconds, memoryMegabytes } = options;
  const environment = ++count;
  const runtimeApi = await serveRuntimeApi();
  const started = performance.now();
  const child = spawn(process.execPath, ["--enable-source-maps", bootstrap], {
    cwd: taskRoot,
    env: environmentVariables(options, runtimeApi.address),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const closed = once(child, "close");
  let alive = true;
  let isCold = true;
  let requestId = "";
  let logs: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface(stream).on("line", (line) => logs.push(line));

  child.once("error", (error) => end(error.message));
  child.once("exit", (code, signal) => end(signal ? `signal: ${signal}` : `exit status ${code}`));

  function end(reason: string): void {
    alive = false;
    fail("Runtime.ExitError", `Runtime exited with error: ${reason}`);
    runtimeApi.close();
  }

  function fail(errorType: string, message: string): void {
    runtimeApi.fail(errorType, `RequestId: ${requestId} Error: ${message}`);
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
      let taken: number | undefined;
      let hasTimedOut = false;
      const timeOut = (milliseconds: number) =>
        setTimeout(() => {
          hasTimedOut = true;
          fail("Sandbox.Timedout", `Task timed out after ${(milliseconds / 1000).toFixed(2)} seconds`);
          stop();
        }, milliseconds);

      let timer = timeOut(INIT_TIMEOUT_MS);
      const watch = setInterval(() => {
        const memory = readMemory(child.pid);
        if (memory === undefined || memory.nowMb <= memoryMegabytes) return;
        fail("Runtime.OutOfMemory", "Runtime exited with error: signal: killed");
        stop();
      }, MEMORY_CHECK_MS);

      const functionArn = `arn:aws:lambda:us-east-1:123456789012:function:${functionName}`;
      const timeoutMs = timeoutSeconds * 1000;
      const answering = runtimeApi.invoke({ requestId, event, functionArn, timeoutMs }, () => {
        taken = performance.now();
        clearTimeout(timer);
        timer = timeOut(timeoutMs);
      });
      if (!alive) end("it had ended before");
      const settled = await answering;
      const ended = performance.now();
      clearTimeout(timer);
      clearInterval(watch);
      const peakMb = readMemory(child.pid)?.peakMb;
      const report: Report = {
        requestId,
        durationMs: ended - (taken ?? ended),
        ...(isCold && { initDurationMs: (taken ?? ended) - started }),
        memorySizeMb: memoryMegabytes,
        ...(peakMb && { maxMemoryUsedMb: peakMb }),
        status: hasTimedOut ? "timeout" : settled.isFunctionError ? "error" : "success",
      };
      isCold = false;

      // The process wrote its logs before it answered, or died; they may only not have been read yet.
      await (alive ? new Promise((resolve) => setImmediate(resolve)) : Promise.race([closed, delay(100)]));
      const written = logs;
      logs = [];
      return { ...settled, logs: written, report, environment };
    },
  };
}
