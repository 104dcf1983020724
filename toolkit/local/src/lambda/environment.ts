import { randomUUID } from "node:crypto";
import type { EnvironmentOptions } from "./environment-options.ts";
import { startProcess } from "./environment-process.ts";
import { startClock } from "./invocation-clock.ts";
import type { InvokeOptions } from "./invoke-options.ts";
import { type InitReport, type LogLine, platformLogs, type Report } from "./platform-log.ts";
import { type ProcessMemory, watchMemory } from "./process-memory.ts";
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
  invoke(event: string, options?: InvokeOptions): Promise<InvocationResult>;
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
  const { initTimeoutMs = INIT_TIMEOUT_MS } = options;
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
  let runtime = launch();

  function launch() {
    const onLine = (text: string) => logs.push({ from: "function", text });
    const child = startProcess(options, runtimeApi.address, { onLine, onEnd }, platform);
    const memory = watchMemory(child.pid, onRead, platform);
    return { child, memory };

    function onEnd(reason: string): void {
      memory.stop();
      if (runtime.child !== child) return; // another has its place
      fail("Runtime.ExitError", reason);
      runtimeApi.close();
    }

    function onRead({ nowMb }: ProcessMemory): void {
      if (nowMb <= memoryMegabytes || runtime.child !== child) return;
      fail("Runtime.OutOfMemory", "Runtime exited with error: signal: killed");
      child.kill();
    }
  }

  function relaunch(): void {
    runtime.child.kill();
    runtimeApi.reset();
    runtime = launch();
  }

  function fail(errorType: string, message: string): void {
    runtimeApi.fail(errorType, `RequestId: ${requestId} Error: ${message}`);
  }

  function logPlatform(...lines: readonly string[]): void {
    for (const text of lines) logs.push({ from: "platform", text });
  }

  return {
    options,
    async stop() {
      runtime.child.kill();
      await runtime.child.ended;
    },
    isAlive: () => runtime.child.isAlive(),
    async invoke(event, { requestId: givenId = randomUUID(), clientContext } = {}) {
      requestId = givenId;
      let phase: InitReport["phase"] = "init";
      let start: Date | undefined;
      let hasTimedOut = false;
      let logsBefore = logs.length;
      const clock = startClock({
        initTimeoutMs: isCold && !inspect ? initTimeoutMs : undefined,
        timeoutMs,
        onInitTimeout() {
          if (!runtime.child.isAlive()) return; // it has been told to end
          logInit("timeout", "Sandbox.Timedout");
          phase = "invoke";
          clock.begin();
          relaunch();
        },
        onTimeout() {
          hasTimedOut = true;
          fail("Sandbox.Timedout", `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`);
          runtime.child.kill();
        },
      });
      const logInit = (status: InitReport["status"], errorType: string) => {
        const durationMs = performance.now() - (clock.began() ?? started);
        logPlatform(platformLog.initReport({ phase, durationMs, status, errorType }));
      };
      const invocation = {
        requestId,
        event,
        functionArn,
        clientContext,
        get timeoutMs() {
          return clock.timeLeft();
        },
      };
      const answering = runtimeApi.invoke(invocation, () => {
        start = new Date();
        logsBefore = logs.length;
        clock.begin();
      });
      if (!runtime.child.isAlive())
        fail("Runtime.ExitError", "Runtime exited with error: it had ended before");
      const settled = await answering;
      const ended = performance.now();
      clock.stop();
      await runtime.child.flush();

      const errorType = settled.isFunctionError ? typeOf(settled.payload) : undefined;
      const peakMb = settled.peakMb ?? runtime.memory.peakMb();
      const began = clock.began() ?? ended;
      const report: Report = {
        requestId,
        durationMs: ended - began,
        ...(isCold && phase === "init" && { initDurationMs: began - started }),
        memorySizeMb: memoryMegabytes,
        ...(peakMb && { maxMemoryUsedMb: peakMb }),
        status: hasTimedOut ? "timeout" : settled.isFunctionError ? "error" : "success",
        ...(errorType !== undefined && { errorType }),
      };
      if (start === undefined && isCold) {
        logInit(hasTimedOut ? "timeout" : "error", errorType ?? "");
        logsBefore = logs.length;
      }
      logs.splice(logsBefore, 0, {
        from: "platform",
        text: platformLog.start(requestId, start ?? new Date()),
      });
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
