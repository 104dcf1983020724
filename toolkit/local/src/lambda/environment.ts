import { randomUUID } from "node:crypto";
import type { EnvironmentOptions } from "./environment-options.ts";
import { startProcess } from "./environment-process.ts";
import { type LogLine, platformLogs, type Report } from "./platform-log.ts";
import { watchMemory } from "./process-memory.ts";
import { type Settled, serveRuntimeApi } from "./runtime-api.ts";

/** Lambda's own, for the time before the first event. */
const INIT_TIMEOUT_MS = 10_000;
/** A day: who debugs takes time. */
const NO_TIMEOUT_MS = 24 * 60 * 60 * 1000;

/** How an invocation ends: what Lambda's Invoke call gives back, and what its log gets. */
export type InvocationResult = Settled & {
  /** The function's log, in order, line by line. */
  readonly logs: readonly LogLine[];
  readonly report: Report;
  /** Which environment it was, counted from 1 in this process. */
  readonly environment: number;
};

/** A process that runs one function, one event at a time, and stays for the next. */
export type Environment = {
  readonly options: EnvironmentOptions;
  /** Resolves however the invocation ends, even if the process dies of it; never rejects. */
  invoke(event: string, requestId?: string): Promise<InvocationResult>;
  /** False once its process has ended, or has been told to. */
  isAlive(): boolean;
  /** Resolves when its process has ended. */
  stop(): Promise<void>;
};

let count = 0;

/** Starts an execution environment; `platform` decides how its memory is read, and how it is ended. */
export async function startEnvironment(
  options: EnvironmentOptions,
  platform: NodeJS.Platform = process.platform,
): Promise<Environment> {
  const { functionName, timeoutSeconds, memoryMegabytes, logFormat, inspect } = options;
  const functionArn = `arn:aws:lambda:us-east-1:123456789012:function:${functionName}`;
  const timeoutMs = inspect ? NO_TIMEOUT_MS : timeoutSeconds * 1000;
  const platformLog = platformLogs[logFormat];
  const environment = ++count;
  const runtimeApi = await serveRuntimeApi(options.isAwsClient ? "host" : "path");
  let isCold = true;
  let requestId = "";
  let logs: LogLine[] = [];

  const started = performance.now();
  logPlatform(platformLog.initStart());
  const listeners = {
    onLine: (text: string) => logs.push({ from: "function", text }),
    onEnd(reason: string) {
      fail("Runtime.ExitError", `Runtime exited with error: ${reason}`);
      runtimeApi.close();
      memory.stop();
    },
  };
  const child = startProcess(options, runtimeApi.address, listeners, platform);
  const memory = watchMemory(
    child.pid,
    ({ nowMb }) => {
      if (nowMb <= memoryMegabytes) return;
      fail("Runtime.OutOfMemory", "Runtime exited with error: signal: killed");
      child.kill();
    },
    platform,
  );

  function fail(errorType: string, message: string): void {
    runtimeApi.fail(errorType, `RequestId: ${requestId} Error: ${message}`);
  }

  function logPlatform(...lines: readonly string[]): void {
    for (const text of lines) logs.push({ from: "platform", text });
  }

  return {
    options,
    async stop() {
      child.kill();
      await child.ended;
    },
    isAlive: () => child.isAlive(),
    async invoke(event, givenId = randomUUID()) {
      requestId = givenId;
      let taken: number | undefined;
      let hasTimedOut = false;
      let logsBefore = logs.length;
      const timeOut = (milliseconds: number) =>
        setTimeout(() => {
          hasTimedOut = true;
          fail("Sandbox.Timedout", `Task timed out after ${(milliseconds / 1000).toFixed(2)} seconds`);
          child.kill();
        }, milliseconds);

      let timer = timeOut(inspect ? NO_TIMEOUT_MS : INIT_TIMEOUT_MS);
      const answering = runtimeApi.invoke({ requestId, event, functionArn, timeoutMs }, () => {
        taken = performance.now();
        logsBefore = logs.length;
        clearTimeout(timer);
        timer = timeOut(timeoutMs);
      });
      if (!child.isAlive()) fail("Runtime.ExitError", "Runtime exited with error: it had ended before");
      const settled = await answering;
      const ended = performance.now();
      clearTimeout(timer);
      await child.flush();

      const errorType = settled.isFunctionError ? typeOf(settled.payload) : undefined;
      const peakMb = settled.peakMb ?? memory.peakMb();
      const report: Report = {
        requestId,
        durationMs: ended - (taken ?? ended),
        ...(isCold && { initDurationMs: (taken ?? ended) - started }),
        memorySizeMb: memoryMegabytes,
        ...(peakMb && { maxMemoryUsedMb: peakMb }),
        status: hasTimedOut ? "timeout" : settled.isFunctionError ? "error" : "success",
        ...(errorType !== undefined && { errorType }),
      };
      if (taken === undefined) {
        const status = hasTimedOut ? "timeout" : "error";
        logPlatform(platformLog.initReport(ended - started, status, errorType ?? ""));
        logsBefore = logs.length;
      }
      logs.splice(logsBefore, 0, { from: "platform", text: platformLog.start(requestId) });
      logPlatform(...platformLog.report(report));
      isCold = false;

      const written = logs;
      logs = [];
      return { ...settled, logs: written, report, environment };
    },
  };
}

/** The errorType of Lambda's error shape. */
function typeOf(payload: string): string {
  const { errorType } = JSON.parse(payload) as { errorType?: unknown }; // the Runtime API takes no other errors
  return String(errorType);
}
