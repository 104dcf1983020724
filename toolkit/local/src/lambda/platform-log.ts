/** How a function's log looks: its own lines, and those that Lambda adds. */
export type LogFormat = "json" | "text";

export const LOG_FORMATS: readonly LogFormat[] = ["json", "text"];

/** A line of a function's log, and whether the function wrote it or Lambda. */
export type LogLine = { readonly from: "function" | "platform"; readonly text: string };

/** What Lambda reports of an invocation. */
export type Report = {
  readonly requestId: string;
  /** From handing over the event to the result. */
  readonly durationMs: number;
  /** From starting the process to its first question for an event; only of a cold start. */
  readonly initDurationMs?: number;
  readonly memorySizeMb: number;
  /** Undefined where the system does not tell (it does on Linux). */
  readonly maxMemoryUsedMb?: number;
  readonly status: "success" | "error" | "timeout";
  /** Of a status that is not success. */
  readonly errorType?: string;
};

/** What Lambda reports of an init that failed. */
export type InitReport = {
  /** Whether it ran in its own time or, where it was too long for that, in the invocation's. */
  readonly phase: "init" | "invoke";
  readonly durationMs: number;
  readonly status: "error" | "timeout";
  readonly errorType: string;
};

/** As Lambda bills: whole milliseconds, and the init of a cold start with them. */
export function billedDurationMs({ durationMs, initDurationMs = 0 }: Report): number {
  return Math.ceil(durationMs + initDurationMs);
}

/** The lines that Lambda adds to a function's log. */
export type PlatformLog = {
  initStart(): string;
  /** Of a process that ended before it asked for an event. */
  initReport(report: InitReport): string;
  start(requestId: string, at: Date): string;
  /** One line in JSON, END and REPORT in text. */
  report(report: Report): readonly string[];
};

const RUNTIME = "nodejs:24.local";
const RUNTIME_ARN = "arn:aws:lambda:us-east-1::runtime:local";

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html */
const textLog: PlatformLog = {
  initStart: () => `INIT_START Runtime Version: ${RUNTIME}\tRuntime Version ARN: ${RUNTIME_ARN}`,
  initReport: ({ phase, durationMs, status, errorType }) =>
    [
      `INIT_REPORT Init Duration: ${durationMs.toFixed(2)} ms`,
      `Phase: ${phase}`,
      `Status: ${status}`,
      ...(status === "error" ? [`Error Type: ${errorType}`] : []),
    ].join("\t"),
  start: (requestId) => `START RequestId: ${requestId} Version: $LATEST`,
  report(report) {
    const { requestId, durationMs, initDurationMs, memorySizeMb, maxMemoryUsedMb, status, errorType } =
      report;
    const fields = [
      `REPORT RequestId: ${requestId}`,
      `Duration: ${durationMs.toFixed(2)} ms`,
      `Billed Duration: ${billedDurationMs(report)} ms`,
      `Memory Size: ${memorySizeMb} MB`,
      ...(maxMemoryUsedMb === undefined ? [] : [`Max Memory Used: ${maxMemoryUsedMb} MB`]),
      ...(initDurationMs === undefined ? [] : [`Init Duration: ${initDurationMs.toFixed(2)} ms`]),
      ...(status === "success" ? [] : [`Status: ${status}`]),
      ...(status === "error" ? [`Error Type: ${errorType}`] : []),
    ];
    return [`END RequestId: ${requestId}`, fields.join("\t")];
  },
};

/** https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html */
const jsonLog: PlatformLog = {
  initStart: () =>
    toJson("platform.initStart", {
      initializationType: "on-demand",
      phase: "init",
      runtimeVersion: RUNTIME,
      runtimeVersionArn: RUNTIME_ARN,
    }),
  initReport: ({ phase, durationMs, status, errorType }) =>
    toJson("platform.initReport", {
      initializationType: "on-demand",
      phase,
      metrics: { durationMs: round(durationMs) },
      status,
      errorType,
    }),
  start: (requestId, at) => toJson("platform.start", { requestId, version: "$LATEST" }, at),
  report(report) {
    const { requestId, durationMs, initDurationMs, memorySizeMb, maxMemoryUsedMb, status, errorType } =
      report;
    const metrics = {
      durationMs: round(durationMs),
      billedDurationMs: billedDurationMs(report),
      memorySizeMB: memorySizeMb,
      maxMemoryUsedMB: maxMemoryUsedMb,
      initDurationMs: initDurationMs && round(initDurationMs),
    };
    return [toJson("platform.report", { requestId, metrics, status, errorType })];
  },
};

export const platformLogs: Readonly<Record<LogFormat, PlatformLog>> = { json: jsonLog, text: textLog };

function toJson(type: string, record: object, at = new Date()): string {
  return JSON.stringify({ time: at.toISOString(), type, record });
}

/** To the microsecond. */
export function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
